package io.github.camelonedrive.simulator.internal.graph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.Simulation;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Handler;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;

/** Finds out which Graph call a request is (`graph-contract.md` §1). */
public final class GraphApi {
    public static final String PREFIX = "/v1.0";
    private static final Pattern DRIVE =
            Pattern.compile("/(?:me|(users|groups|sites)/([^/]+))/drive(?=[/]|$)|/(drives)/([^/:]+)");

    private final Simulation simulation;
    private final ItemApi items;
    private final DeltaApi delta;
    private final UploadApi uploads;
    private final DownloadApi downloads;
    private final CopyApi copies;
    private final LinkApi links;
    private final SearchApi search;
    private final VersionApi versions;

    public GraphApi(Simulation simulation, DownloadApi downloads, CopyApi copies) {
        this.simulation = simulation;
        this.items = new ItemApi(simulation);
        this.delta = new DeltaApi(simulation);
        this.uploads = new UploadApi(simulation);
        this.downloads = downloads;
        this.copies = copies;
        this.links = new LinkApi(simulation);
        this.search = new SearchApi(simulation);
        this.versions = new VersionApi(simulation);
    }

    public static boolean isGraphPath(String rawPath) {
        return rawPath.startsWith(PREFIX + "/");
    }

    /** Classifies the request and returns what answers it: first of all with 401 or 403 when the token is not good for it. */
    public Handler route(Call call) {
        Handler handler = classify(call);
        return (c, fault) -> {
            Permissions.check(c, simulation.identity().authorize(c));
            return handler.answer(c, fault);
        };
    }

    private Handler classify(Call call) {
        try {
            String raw = call.rawPath().substring(PREFIX.length());
            if (raw.equals("/me")) {
                call.isAbout(Step.USER, "");
                return (c, fault) -> items.user(c);
            }
            Address address = Address.parse(belowDrive(raw));
            Step step = step(call.method(), address);
            call.isAbout(step, simulation.locator().path(address));
            if (Address.hidesSlashes(raw)) {
                simulation.journal().violation(call, "percent-encoded slashes between the names of a path");
            }
            return handler(step, address);
        } catch (GraphErrorResponse e) {
            return (c, fault) -> {
                throw e;
            };
        }
    }

    private String belowDrive(String raw) {
        Matcher matcher = DRIVE.matcher(raw);
        if (!matcher.lookingAt()) {
            throw GraphErrorResponse.invalidRequest("Resource not found for the segment in '" + raw + "'.");
        }
        String kind = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
        String id = matcher.group(1) == null ? matcher.group(4) : matcher.group(2);
        if (kind != null && !simulation.account().knows(kind, PercentCoding.decodeSegment(id))) {
            throw GraphErrorResponse.itemNotFound();
        }
        return raw.substring(matcher.end());
    }

    private static Step step(String method, Address address) {
        return switch (method + " " + address.action()) {
            case "GET " -> address.base() == Address.Base.DRIVE ? Step.DRIVE : Step.ITEM_LOOKUP;
            case "GET children" -> Step.CHILDREN;
            case "GET delta" -> Step.DELTA;
            case "POST children" -> Step.CREATE_FOLDER;
            case "PUT content" -> Step.SIMPLE_UPLOAD;
            case "POST createUploadSession" -> Step.CREATE_SESSION;
            case "GET content", "GET versions/content" -> Step.DOWNLOAD;
            case "GET versions" -> Step.VERSIONS;
            case "POST versions/restoreVersion" -> Step.RESTORE_VERSION;
            case "GET search" -> Step.SEARCH;
            case "POST copy" -> Step.COPY;
            case "POST createLink" -> Step.CREATE_LINK;
            case "DELETE " -> Step.DELETE;
            case "POST permanentDelete" -> Step.PERMANENT_DELETE;
            case "PATCH " -> Step.PATCH;
            default -> Step.OTHER;
        };
    }

    private Handler handler(Step step, Address address) {
        return switch (step) {
            case DRIVE -> (call, fault) -> items.drive(call);
            case ITEM_LOOKUP -> (call, fault) -> items.lookup(call, address);
            case CHILDREN -> (call, fault) -> items.children(call, address);
            case DELTA -> (call, fault) -> delta.delta(call, address);
            case CREATE_FOLDER -> (call, fault) -> items.createFolder(call, address);
            case SIMPLE_UPLOAD -> (call, fault) -> uploads.simpleUpload(call, address, fault);
            case CREATE_SESSION -> (call, fault) -> uploads.createSession(call, address, fault);
            case DOWNLOAD -> address.argument() == null
                    ? (call, fault) -> downloads.redirect(call, address)
                    : (call, fault) -> versions.content(call, address);
            case VERSIONS -> (call, fault) -> versions.list(call, address);
            case RESTORE_VERSION -> (call, fault) -> versions.restore(call, address);
            case SEARCH -> (call, fault) -> search.search(call, address);
            case COPY -> (call, fault) -> copies.copy(call, address, fault);
            case CREATE_LINK -> (call, fault) -> links.create(call, address);
            case DELETE -> (call, fault) -> items.delete(call, address);
            case PERMANENT_DELETE -> (call, fault) -> items.permanentDelete(call, address);
            case PATCH -> (call, fault) -> items.update(call, address);
            default -> (call, fault) -> {
                throw GraphErrorResponse.invalidRequest("The simulator does not know this call.");
            };
        };
    }
}
