package io.github.camelonedrive.simulator.internal.graph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.drive.SimulatedAccount;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Handler;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.identity.Identity;

/** Finds out which Graph call a request is. */
public final class GraphApi {
    private static final Pattern DRIVE =
            Pattern.compile("/(?:me|(users|groups|sites)/([^/]+))/drive(?=[/]|$)|/(drives)/([^/:]+)");

    private final SimulatedAccount account;
    private final Identity identity;
    private final Locator locator;
    private final ItemApi items;
    private final DeltaApi delta;
    private final UploadApi uploads;
    private final DownloadApi downloads;
    private final CopyApi copies;
    private final LinkApi links;
    private final SearchApi search;
    private final VersionApi versions;

    public GraphApi(SimulatedAccount account, Identity identity, Locator locator, ItemApi items, DeltaApi delta,
            UploadApi uploads, DownloadApi downloads, CopyApi copies, LinkApi links, SearchApi search, VersionApi versions) {
        this.account = account;
        this.identity = identity;
        this.locator = locator;
        this.items = items;
        this.delta = delta;
        this.uploads = uploads;
        this.downloads = downloads;
        this.copies = copies;
        this.links = links;
        this.search = search;
        this.versions = versions;
    }

    public static boolean isGraphPath(String rawPath) {
        return rawPath.startsWith(Call.GRAPH_PREFIX + "/");
    }

    /** Classifies the request and returns its handler, which refuses a token that is not good for it with 401 or 403. */
    public Handler route(Call call) {
        Handler handler = classify(call);
        return c -> {
            Permissions.check(c, identity.authorize(c));
            return handler.handle(c);
        };
    }

    private Handler classify(Call call) {
        try {
            String raw = call.rawPath().substring(Call.GRAPH_PREFIX.length());
            if (raw.equals("/me")) {
                call.isAbout(Step.USER, "");
                return items::user;
            }
            Address address = Address.parse(belowDrive(raw));
            Step step = step(call.method(), address);
            call.isAbout(step, locator.path(address));
            if (Address.hidesSlashes(raw)) {
                call.violation("percent-encoded slashes between the names of a path");
            }
            return handler(step, address);
        } catch (GraphErrorResponse e) {
            return c -> {
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
        if (kind != null && !account.knows(kind, PercentCoding.decodeSegment(id))) {
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
            case DRIVE -> items::drive;
            case ITEM_LOOKUP -> call -> items.lookup(call, address);
            case CHILDREN -> call -> items.children(call, address);
            case DELTA -> call -> delta.delta(call, address);
            case CREATE_FOLDER -> call -> items.createFolder(call, address);
            case SIMPLE_UPLOAD -> call -> uploads.simpleUpload(call, address);
            case CREATE_SESSION -> call -> uploads.createSession(call, address);
            case DOWNLOAD -> address.argument() == null
                    ? call -> downloads.redirect(call, address)
                    : call -> versions.content(call, address);
            case VERSIONS -> call -> versions.list(call, address);
            case RESTORE_VERSION -> call -> versions.restore(call, address);
            case SEARCH -> call -> search.search(call, address);
            case COPY -> call -> copies.copy(call, address);
            case CREATE_LINK -> call -> links.create(call, address);
            case DELETE -> call -> items.delete(call, address);
            case PERMANENT_DELETE -> call -> items.permanentDelete(call, address);
            case PATCH -> call -> items.update(call, address);
            default -> call -> {
                throw GraphErrorResponse.invalidRequest("The simulator does not know this call.");
            };
        };
    }
}
