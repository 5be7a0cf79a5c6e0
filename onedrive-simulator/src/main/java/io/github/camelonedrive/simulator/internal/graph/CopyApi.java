package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.drive.SimulatedAccount;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.http.PreAuthenticated;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Copies: accepted by Graph, done later, watched at a pre-authenticated monitor URL. */
public final class CopyApi {
    static final String PREFIX = "/monitor-host/";
    private static final int MAX_ITEMS = 30_000;
    private static final double PERCENT = 100.0;

    /** Left by a fault rule: the error code with which the copy fails in the end. */
    public record Failure(String errorCode) {
    }

    /** Left by a fault rule: how often the monitor reports that the copy is not finished. */
    public record Polls(int count) {
    }

    private final SimulatorSettings settings;
    private final SimulatedAccount account;
    private final Ids ids;
    private final DriveTree drive;
    private final Locator locator;
    private final Copies copies;
    private final Preconditions preconditions;
    private final IssuedSecrets secrets;
    private final PreAuthenticated preAuthenticated;

    public CopyApi(SimulatorSettings settings, SimulatedAccount account, Ids ids, DriveTree drive, Locator locator,
            Copies copies, Preconditions preconditions, IssuedSecrets secrets, PreAuthenticated preAuthenticated) {
        this.settings = settings;
        this.account = account;
        this.ids = ids;
        this.drive = drive;
        this.locator = locator;
        this.copies = copies;
        this.preconditions = preconditions;
        this.secrets = secrets;
        this.preAuthenticated = preAuthenticated;
    }

    /** 202 with the monitor's address. */
    Response copy(Call call, Address address) throws IOException {
        JsonNode request = WireJson.parse(call.readSmallBody());
        // Personal drives know no conflict behavior here.
        ConflictRule asked =
                ConflictRule.parse(call.query().get(ConflictRule.PROPERTY), ConflictRule.FAIL);
        ConflictRule conflict = settings.accountType.isPersonal() ? ConflictRule.FAIL : asked;
        synchronized (drive) {
            Item source = locator.find(address);
            preconditions.check(call, source);
            Item parent = parent(source, request.path("parentReference"));
            String name = request.path("name").asText(source.name);
            check(source, parent, name);
            String id = copies.add(new Copies.Job(source, parent, name, conflict, 
                    call.attached(Failure.class).map(Failure::errorCode).orElse(null),
                    call.attached(Polls.class).map(Polls::count).orElse(1)));
            String target = target(id);
            secrets.add("monitor URL", target);
            return Response.empty(202).header("Location", call.contentUrl() + target);
        }
    }

    private void check(Item source, Item parent, String name) {
        if (source.isRoot() || parent.isInside(source)) {
            throw GraphErrorResponse.invalidRequest("An item cannot be copied into itself.");
        }
        Names.check(name, parent.isRoot(), settings.accountType);
        if (source.count() > MAX_ITEMS) {
            throw new GraphErrorResponse(400, "invalidRequest", "The folder holds more items than can be copied.",
                    "totalAffectedItemCountExceeded");
        }
    }

    private Item parent(Item source, JsonNode reference) {
        if (reference.hasNonNull("driveId") && !account.knows("drives", reference.get("driveId").asText())) {
            throw GraphErrorResponse.itemNotFound();
        }
        return reference.hasNonNull("id") ? locator.folder(reference.get("id").asText()) : source.parent;
    }

    // --- the monitor ---

    public static boolean isMonitorPath(String rawPath) {
        return rawPath.startsWith(PREFIX);
    }

    public void classify(Call call) {
        synchronized (drive) {
            Copies.Job job = copies.find(id(call));
            call.isAbout(Step.COPY_MONITOR, job == null ? "" : job.source.path());
        }
    }

    public Response monitor(Call call) {
        preAuthenticated.check(call, "a monitor URL");
        String id = id(call);
        synchronized (drive) {
            Copies.Job job = copies.find(id);
            if (job == null) {
                throw GraphErrorResponse.itemNotFound();
            }
            if (!call.rawTarget().equals(target(id))) {
                call.violation("the monitor URL was changed; it must be used byte for byte");
                throw new GraphErrorResponse(403, "accessDenied", "Access denied");
            }
            copies.poll(job);
            return job.isFinished() ? finished(call, job) : Response.json(202, running(job));
        }
    }

    private Response finished(Call call, Copies.Job job) {
        if (job.errorCode != null) {
            ObjectNode failed = WireJson.object().put("operation", "ItemCopy").put("errorCode", job.errorCode)
                    .put("percentageComplete", 0.0).put("status", "failed");
            return Response.json(settings.finishedCopyStatus == 303 ? 200 : settings.finishedCopyStatus, failed);
        }
        ObjectNode done = WireJson.object().put("percentageComplete", PERCENT).put("resourceId", ids.shown(job.copy.id))
                .put("status", "completed");
        Response response = Response.json(settings.finishedCopyStatus, done);
        return settings.finishedCopyStatus == 303
                ? response.header("Location", call.publicUrl() + Call.GRAPH_PREFIX + "/drives/" + ids.driveId() + "/items/"
                        + PercentCoding.encodeSegment(job.copy.id))
                : response;
    }

    private static ObjectNode running(Copies.Job job) {
        return WireJson.object().put("operation", "ItemCopy").put("percentageComplete", PERCENT / (job.pollsLeft + 2))
                .put("status", "inProgress");
    }

    private static String id(Call call) {
        return call.rawPath().substring(PREFIX.length()).split("/")[0];
    }

    private static String target(String id) {
        return PREFIX + id + "/_api/v2.0/monitor?jobid='" + id.hashCode() + "'&tempauth=v1." + id + "%2B%3D&ApiVersion=2.0";
    }
}
