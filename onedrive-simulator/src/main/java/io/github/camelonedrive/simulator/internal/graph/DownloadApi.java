package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.Content;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.PreAuthenticated;
import io.github.camelonedrive.simulator.internal.http.Response;

/** Downloads: a redirect from Graph, then bytes from a pre-authenticated URL. */
public final class DownloadApi {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final int BUFFER = 64 * 1024;

    /** Left by a fault rule. */
    public enum RangeFault { IGNORED }

    private final SimulatorSettings settings;
    private final DriveTree drive;
    private final Locator locator;
    private final DownloadUrls urls;
    private final Preconditions preconditions;
    private final PreAuthenticated preAuthenticated;

    public DownloadApi(SimulatorSettings settings, DriveTree drive, Locator locator, DownloadUrls urls,
            Preconditions preconditions, PreAuthenticated preAuthenticated) {
        this.settings = settings;
        this.drive = drive;
        this.locator = locator;
        this.urls = urls;
        this.preconditions = preconditions;
        this.preAuthenticated = preAuthenticated;
    }

    Response redirect(Call call, Address address) {
        synchronized (drive) {
            Item item = locator.find(address);
            if (item.folder) {
                throw GraphErrorResponse.invalidRequest("A folder has no content.");
            }
            if (preconditions.isUnchanged(call, item)) {
                return Response.empty(304);
            }
            return Response.empty(302).header("Location", call.contentUrl() + urls.targetFor(item));
        }
    }

    public void classify(Call call) {
        String path = urls.ticket(call.rawPath()).map(ticket -> drive.byId(ticket.itemId())).map(this::pathOf).orElse("");
        call.isAbout(Step.CONTENT, path);
    }

    public Response content(Call call) {
        preAuthenticated.check(call, "a download URL");
        DownloadUrls.Ticket ticket = urls.ticket(call.rawPath()).orElseThrow(GraphErrorResponse::itemNotFound);
        if (!urls.isUnchanged(call.rawTarget(), call.rawPath())) {
            call.violation("the download URL was changed; it must be used byte for byte");
            throw new GraphErrorResponse(403, "accessDenied", "Access denied");
        }
        if (!settings.clock.instant().isBefore(ticket.expires())) {
            throw new GraphErrorResponse(401, "unauthenticated", "The access token has expired.", "expiredToken");
        }
        synchronized (drive) {
            Item item = drive.byId(ticket.itemId());
            if (item == null) {
                throw GraphErrorResponse.itemNotFound();
            }
            int version = settings.downloadUrlsFollowChanges ? item.versions.size() - 1 : ticket.version();
            String eTag = "\"{" + item.guid + "}," + (version + 1) + "\"";
            String ifRange = call.header("If-Range");
            boolean rangeCounts = call.attached(RangeFault.class).isEmpty()
                    && (ifRange == null || ifRange.equals(eTag));
            return bytes(item.versions.get(version).content(), rangeCounts ? call.header("Range") : null)
                    .header("ETag", eTag);
        }
    }

    private static Response bytes(Content content, String rangeHeader) {
        Matcher range = rangeHeader == null ? null : RANGE.matcher(rangeHeader);
        boolean whole = range == null || !range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty();
        if (whole) {
            return body(200, content, 0, content.size());
        }
        boolean suffix = range.group(1).isEmpty();
        long last = suffix || range.group(2).isEmpty() ? content.size() - 1
                : Math.min(Long.parseLong(range.group(2)), content.size() - 1);
        long first = suffix ? Math.max(0, content.size() - Long.parseLong(range.group(2))) : Long.parseLong(range.group(1));
        if (first > last) {
            throw new GraphErrorResponse(416, "invalidRange", "The range is not satisfiable.")
                    .header("Content-Range", "bytes */" + content.size());
        }
        return body(206, content, first, last - first + 1)
                .header("Content-Range", "bytes " + first + "-" + last + "/" + content.size());
    }

    private static Response body(int status, Content content, long first, long length) {
        return new Response(status, length, out -> copy(content, first, length, out))
                .header("Content-Type", "application/octet-stream")
                .header("Accept-Ranges", "bytes");
    }

    private static void copy(Content content, long first, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content.open()) {
            in.skipNBytes(first);
            for (long left = length; left > 0;) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("The stored content is shorter than its size.");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private String pathOf(Item item) {
        synchronized (drive) {
            return item.path();
        }
    }
}
