package io.github.camelonedrive.simulator.internal.graph;

import java.util.Iterator;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Trace;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/**
 * Search below a folder: {@code search(q='…')}, a quote in the text doubled. Finds names that hold every word of the text, in
 * any case; content is not searched. Results lack what the service leaves out: the path in {@code parentReference}.
 */
public final class SearchApi {
    private final DriveTree drive;
    private final Locator locator;
    private final ItemJson itemJson;

    public SearchApi(DriveTree drive, Locator locator, ItemJson itemJson) {
        this.drive = drive;
        this.locator = locator;
        this.itemJson = itemJson;
    }

    Response search(Call call, Address address) {
        String[] words = words(address.argument());
        int pageSize = PageLinks.pageSize(call);
        synchronized (drive) {
            Item scope = locator.findFolder(address);
            long position = PageLinks.key(call, PageLinks.SKIP_TOKEN).map(SearchApi::position).orElse(0L);
            Iterator<Trace> rest = drive.changes().after(position).iterator();
            ObjectNode page = WireJson.object();
            ArrayNode value = page.putArray("value");
            while (rest.hasNext()) {
                Trace trace = rest.next();
                if (isFound(trace.item, scope, words)) {
                    if (value.size() == pageSize) {
                        page.put("@odata.nextLink",
                                PageLinks.link(call, call.rawPath(), PageLinks.SKIP_TOKEN, Long.toString(position)));
                        break;
                    }
                    value.add(ItemJson.select(itemJson.withoutPath(call, trace.item), call));
                }
                position = trace.number();
            }
            return Response.json(200, page);
        }
    }

    private static boolean isFound(Item item, Item scope, String[] words) {
        if (item == null || item == scope || !item.isInside(scope)) {
            return false;
        }
        String name = item.name.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (!name.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static String[] words(String text) {
        if (text == null || text.isBlank()) {
            throw new GraphErrorResponse(400, "invalidRequest", "The search text is empty.", "invalidQueryOption");
        }
        return text.toLowerCase(Locale.ROOT).trim().split("\\s+");
    }

    private static long position(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw PageLinks.badToken();
        }
    }
}
