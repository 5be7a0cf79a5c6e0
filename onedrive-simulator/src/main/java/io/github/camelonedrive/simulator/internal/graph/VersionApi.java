package io.github.camelonedrive.simulator.internal.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** The versions of a file: list them, read one, put one back. */
public final class VersionApi {
    private final DriveTree drive;
    private final Locator locator;
    private final ItemJson itemJson;
    private final DownloadUrls urls;
    private final Preconditions preconditions;

    public VersionApi(DriveTree drive, Locator locator, ItemJson itemJson, DownloadUrls urls, Preconditions preconditions) {
        this.drive = drive;
        this.locator = locator;
        this.itemJson = itemJson;
        this.urls = urls;
        this.preconditions = preconditions;
    }

    /** Newest first. */
    Response list(Call call, Address address) {
        int pageSize = PageLinks.pageSize(call);
        synchronized (drive) {
            Item file = locator.findFile(address);
            int next = PageLinks.key(call, PageLinks.SKIP_TOKEN)
                    .map(id -> ItemJson.versionIndex(id).orElseThrow(PageLinks::badToken)).orElse(file.versions.size() - 1);
            ObjectNode page = WireJson.object();
            ArrayNode value = page.putArray("value");
            for (; next >= 0 && value.size() < pageSize; next--) {
                value.add(ItemJson.select(itemJson.version(file, next), call));
            }
            if (next >= 0) {
                page.put("@odata.nextLink", PageLinks.link(call, call.rawPath(), PageLinks.SKIP_TOKEN,
                        ItemJson.versionId(next)));
            }
            return Response.json(200, page);
        }
    }

    public Response content(Call call, Address address) {
        synchronized (drive) {
            Item file = locator.findFile(address);
            return Response.empty(302).header("Location", call.contentUrl() + urls.targetFor(file, index(file, address)));
        }
    }

    /** The old content comes back as the newest version; nothing is lost. */
    Response restore(Call call, Address address) {
        synchronized (drive) {
            Item file = locator.findFile(address);
            preconditions.check(call, file);
            drive.restore(file, index(file, address));
            return Response.empty(204);
        }
    }

    private static int index(Item file, Address address) {
        int index = ItemJson.versionIndex(address.argument()).orElse(-1);
        if (index < 0 || index >= file.versions.size()) {
            throw GraphErrorResponse.itemNotFound();
        }
        return index;
    }
}
