package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.ContentStore;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.StateLog;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Open upload sessions as a {@link StateLog} keeps them. Callers hold the session's lock. */
final class StoredSession {
    private StoredSession() {
    }

    static ObjectNode toJson(SimulatedSession session) {
        Path file = session.content.file();
        ObjectNode json = WireJson.object().put("rawTarget", session.rawTarget)
                .put("parent", session.target.parent().id)
                .put("name", session.target.name())
                .put("existing", session.target.existing() == null ? null : session.target.existing().id)
                .put("conflict", session.conflict.name())
                .put("description", session.description)
                .put("created", session.created.toString())
                .put("expires", session.expires.toString())
                .put("file", file == null ? null : file.getFileName().toString())
                .put("received", session.accepted.length())
                .put("total", session.total)
                .put("fragments", session.acceptedFragments)
                .put("misaligned", session.misaligned);
        putTime(json, "fileCreated", session.times.created());
        putTime(json, "fileModified", session.times.modified());
        return json;
    }

    /** Null if the session cannot be resumed: its folder or its bytes are gone, or its bytes are a file by now. */
    static SimulatedSession fromJson(String guid, JsonNode json, DriveTree drive, ContentStore contents,
            SimulatedSession.Lifetime lifetime)
            throws IOException {
        Item parent = drive.byId(json.path("parent").asText());
        Path file = json.hasNonNull("file") ? contents.file(json.get("file").asText()) : null;
        long received = json.path("received").asLong();
        boolean bytesThere = file != null && Files.exists(file) && Files.size(file) >= received;
        if (parent == null || !bytesThere || drive.contentFiles().contains(file)) {
            return null;
        }
        Item existing = json.hasNonNull("existing") ? drive.byId(json.get("existing").asText()) : null;
        DriveTree.FileTimes times = new DriveTree.FileTimes(time(json, "fileCreated"), time(json, "fileModified"));
        SimulatedSession session = new SimulatedSession(guid, json.path("rawTarget").asText(),
                new DriveTree.Target(parent, json.path("name").asText(), existing),
                ConflictRule.valueOf(json.path("conflict").asText()), times, json.path("description").textValue(),
                Instant.parse(json.path("created").asText()), lifetime, contents.reopen(file, received));
        session.expires = Instant.parse(json.path("expires").asText());
        session.total = json.path("total").asLong();
        session.acceptedFragments = json.path("fragments").asInt();
        session.misaligned = json.path("misaligned").asBoolean();
        return session;
    }

    private static void putTime(ObjectNode json, String field, Instant time) {
        json.put(field, time == null ? null : time.toString());
    }

    private static Instant time(JsonNode json, String field) {
        return json.hasNonNull(field) ? Instant.parse(json.get(field).asText()) : null;
    }
}
