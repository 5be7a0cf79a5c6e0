package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.Simulation;
import io.github.camelonedrive.simulator.internal.drive.SimulatedAccount;
import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.fault.FaultEffect;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;
import io.github.camelonedrive.simulator.internal.http.Journal;
import io.github.camelonedrive.simulator.internal.http.WireJson;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.http.PreAuthenticated;
import io.github.camelonedrive.simulator.internal.http.PublicUrl;

/** Copies: accepted by Graph, done later, watched at a pre-authenticated monitor URL (`graph-contract.md` §6.6, J20). */
public final class CopyApi {
    static final String PREFIX = "/monitor-host/";
    private static final int MAX_ITEMS = 30_000;
    private static final double PERCENT = 100.0;

    private final SimulatorSettings settings;
    private final SimulatedAccount account;
    private final Ids ids;
    private final DriveTree drive;
    private final Locator locator;
    private final PublicUrl publicUrl;
    private final Copies copies;
    private final Preconditions preconditions;
    private final IssuedSecrets secrets;
    private final Journal journal;
    private final PreAuthenticated preAuthenticated;

    public CopyApi(Simulation simulation) {
        this.settings = simulation.settings();
        this.account = simulation.account();
        this.ids = simulation.ids();
        this.drive = simulation.drive();
        this.locator = simulation.locator();
        this.publicUrl = simulation.publicUrl();
        this.copies = simulation.copies();
        this.preconditions = simulation.preconditions();
        this.secrets = simulation.secrets();
        this.journal = simulation.journal();
        this.preAuthenticated = simulation.preAuthenticated();
    }

    /** 202 with the monitor's address. */
    Response copy(Call call, Address address, FaultEffect fault) throws IOException {
        JsonNode request = WireJson.parse(call.readSmallBody());
        // Personal drives know no conflict behavior here (§6.4).
        ConflictRule asked =
                ConflictRule.parse(call.query().get(ConflictRule.PROPERTY), ConflictRule.FAIL);
        ConflictRule conflict = settings.accountType.isPersonal() ? ConflictRule.FAIL : asked;
        synchronized (drive) {
            Item source = locator.find(address);
            preconditions.check(call, source);
            Item parent = parent(source, request.path("parentReference"));
            String name = request.path("name").asText(source.name);
            check(source, parent, name);
            String id = copies.add(new CopyJob(source, parent, name, conflict, fault.copyFailure, fault.copyPolls));
            String target = target(id);
            secrets.add("monitor URL", target);
            return Response.empty(202).header("Location", publicUrl.content(call) + target);
        }
    }

    private void check(Item source, Item parent, String name) {
        if (source.isRoot() || parent.isInside(source)) {
            throw GraphErrorResponse.invalidRequest("An item can't be copied into itself.");
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
            CopyJob job = copies.find(id(call));
            call.isAbout(Step.COPY_MONITOR, job == null ? "" : job.source.path());
        }
    }

    public Response monitor(Call call) {
        preAuthenticated.check(call, "a monitor URL");
        String id = id(call);
        synchronized (drive) {
            CopyJob job = copies.find(id);
            if (job == null) {
                throw GraphErrorResponse.itemNotFound();
            }
            if (!call.rawTarget().equals(target(id))) {
                journal.violation(call, "the monitor URL was changed; it must be used byte for byte");
                throw new GraphErrorResponse(403, "accessDenied", "Access denied");
            }
            copies.poll(job);
            return job.isFinished() ? finished(call, job) : Response.json(202, running(job));
        }
    }

    private Response finished(Call call, CopyJob job) {
        if (job.errorCode != null) {
            ObjectNode failed = WireJson.object().put("operation", "ItemCopy").put("errorCode", job.errorCode)
                    .put("percentageComplete", 0.0).put("status", "failed");
            return Response.json(settings.finishedCopyStatus == 303 ? 200 : settings.finishedCopyStatus, failed);
        }
        ObjectNode done = WireJson.object().put("percentageComplete", PERCENT).put("resourceId", ids.shown(job.copy.id))
                .put("status", "completed");
        Response answer = Response.json(settings.finishedCopyStatus, done);
        return settings.finishedCopyStatus == 303
                ? answer.header("Location", publicUrl.of(call) + GraphApi.PREFIX + "/drives/" + ids.driveId() + "/items/"
                        + PercentCoding.encodeSegment(job.copy.id))
                : answer;
    }

    private static ObjectNode running(CopyJob job) {
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
