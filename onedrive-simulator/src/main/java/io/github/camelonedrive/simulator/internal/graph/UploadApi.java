package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.ContentStore;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.IncomingContent;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** The two Graph calls that begin an upload: {@code PUT …/content} and {@code POST …/createUploadSession}. */
public final class UploadApi {
    static final long MAX_SIMPLE_UPLOAD = 250L * 1024 * 1024;
    private static final long MAX_FILE = 250L * 1024 * 1024 * 1024;
    private static final int BUFFER = 128 * 1024;

    private final SimulatorSettings settings;
    private final DriveTree drive;
    private final Locator locator;
    private final ContentStore contents;
    private final SimulatedSessions sessions;
    private final Commits commits;
    private final Preconditions preconditions;
    private final Fragments fragments;
    private final Object creation = new Object();
    private final Set<Busy> puts = ConcurrentHashMap.newKeySet();

    /** A name that a PUT is in progress to. Folders are compared by identity. */
    private record Busy(Item folder, String key) {
    }

    public UploadApi(SimulatorSettings settings, DriveTree drive, Locator locator, ContentStore contents,
            SimulatedSessions sessions, Commits commits, Preconditions preconditions, Fragments fragments) {
        this.settings = settings;
        this.drive = drive;
        this.locator = locator;
        this.contents = contents;
        this.sessions = sessions;
        this.commits = commits;
        this.preconditions = preconditions;
        this.fragments = fragments;
    }

    Response simpleUpload(Call call, Address address) throws IOException {
        if (call.contentLength() < 0) {
            throw new GraphErrorResponse(411, "invalidRequest", "Content-Length is required.");
        }
        if (call.contentLength() > MAX_SIMPLE_UPLOAD) {
            call.violation("single PUT of more than 250 MB");
            throw new GraphErrorResponse(413, "invalidRequest", "The request message is too big.", "maxStreamSizeExceeded");
        }
        ConflictRule conflict =
                ConflictRule.parse(call.query().get(ConflictRule.PROPERTY), ConflictRule.REPLACE);
        DriveTree.Target target = locator.target(address, true);
        checkTarget(call, target, conflict);
        Busy name = new Busy(target.parent(), Names.key(target.name()));
        if (settings.busyNamesRefused && (sessions.openFor(target, settings.clock.instant()) != null || !puts.add(name))) {
            throw GraphErrorResponse.nameAlreadyExists();
        }
        IncomingContent incoming = contents.receive();
        try {
            receive(call, incoming);
            Commits.Destination destination = new Commits.Destination(target, conflict, DriveTree.FileTimes.NONE, null);
            return commits.commit(call, incoming, destination);
        } catch (IOException | RuntimeException e) {
            incoming.discard();
            throw e;
        } finally {
            puts.remove(name);
        }
    }

    private static void receive(Call call, IncomingContent incoming) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = call.body().read(buffer); count >= 0; count = call.body().read(buffer)) {
            incoming.append(buffer, 0, count);
        }
        if (incoming.length() != call.contentLength()) {
            throw new IOException("The client closed the connection within the body.");
        }
    }

    Response createSession(Call call, Address address) throws IOException {
        byte[] body = call.readSmallBody();
        JsonNode request = body.length == 0 ? WireJson.object() : WireJson.parse(body);
        JsonNode item = request.path("item");
        noteBadHabits(call, request, item);
        if (!address.hasNames() && (settings.accountType.isPersonal() || address.base() == Address.Base.ROOT)) {
            throw GraphErrorResponse.invalidRequest("File name not provided in url");
        }
        ConflictRule conflict = ConflictRule.parse(item.path(ConflictRule.PROPERTY).textValue(),
                ConflictRule.parse(settings.sessionConflictDefault, ConflictRule.REPLACE));
        DriveTree.Target target = locator.target(address, settings.sessionsCreateMissingParents);
        checkTarget(call, target, conflict);
        checkProperties(item, target);
        synchronized (creation) {
            checkNoOtherSession(target);
            SimulatedSession session = newSession(target, conflict, item);
            sessions.add(session);
            return Response.json(200, describe(call, session));
        }
    }

    private void noteBadHabits(Call call, JsonNode request, JsonNode item) {
        if (request.has(ConflictRule.PROPERTY)) {
            call.violation("conflict behavior outside of 'item'; it is ignored there");
        }
        if (!item.has(ConflictRule.PROPERTY)) {
            call.violation("upload session without a conflict behavior");
        }
        if (request.has("@odata.type") || item.has("@odata.type")) {
            call.violation("upload session with @odata.type");
        }
        if (request.path("deferCommit").asBoolean() || item.path("deferCommit").asBoolean()) {
            call.violation("upload session with deferCommit");
            throw new GraphErrorResponse(400, "notSupported", "The simulator does not support deferCommit.");
        }
    }

    private void checkTarget(Call call, DriveTree.Target target, ConflictRule conflict) {
        Names.check(target.name(), target.parent().isRoot(), settings.accountType);
        preconditions.check(call, target.existing());
        if (target.existing() == null) {
            return;
        }
        boolean mayFailLater = call.step() == Step.CREATE_SESSION && settings.conflictsAtCommit;
        if (target.existing().folder || conflict == ConflictRule.FAIL && !mayFailLater) {
            throw GraphErrorResponse.nameAlreadyExists();
        }
    }

    private void checkProperties(JsonNode item, DriveTree.Target target) {
        String name = item.path("name").asText(target.name());
        if (!name.equals(target.name())) {
            throw GraphErrorResponse.invalidRequest("The name in the body differs from the name in the URL.");
        }
        long size = item.path("fileSize").asLong(0);
        if (size > MAX_FILE) {
            throw new GraphErrorResponse(400, "invalidRequest", "The file is too large.", "maxFileSizeExceeded");
        }
        if (size > drive.remaining()) {
            throw GraphErrorResponse.quotaLimitReached();
        }
    }

    /** Business drives allow one open session per name; personal ones any number. */
    private void checkNoOtherSession(DriveTree.Target target) throws IOException {
        if (!settings.accountType.isPersonal() && sessions.openFor(target, settings.clock.instant()) != null) {
            throw new GraphErrorResponse(409, "nameAlreadyExists", "An upload session already exists for this file");
        }
    }

    private SimulatedSession newSession(DriveTree.Target target, ConflictRule conflict, JsonNode item) throws IOException {
        String guid = UUID.randomUUID().toString();
        JsonNode times = item.path("fileSystemInfo");
        return new SimulatedSession(guid, sessions.urls().create(guid, target, conflict), target, conflict,
                new DriveTree.FileTimes(time(times, "createdDateTime"), time(times, "lastModifiedDateTime")),
                item.path("description").textValue(), settings.clock.instant(),
                        SimulatedSession.Lifetime.of(settings.accountType),
                contents.receive());
    }

    private ObjectNode describe(Call call, SimulatedSession session) {
        ObjectNode json = WireJson.object()
                .put("@odata.context", call.publicUrl() + "/v1.0/$metadata#microsoft.graph.uploadSession");
        json.setAll(fragments.progress(call, session));
        return json.put("uploadUrl", call.contentUrl() + session.rawTarget);
    }

    static Instant time(JsonNode times, String field) {
        if (!times.hasNonNull(field)) {
            return null;
        }
        try {
            return Instant.parse(times.get(field).asText());
        } catch (DateTimeParseException e) {
            throw GraphErrorResponse.invalidRequest("'" + field + "' is not a time in ISO 8601, UTC.");
        }
    }
}
