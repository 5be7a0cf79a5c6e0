package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Drives, items and folders: look up, list, create, change, delete. */
public final class ItemApi {

    private final SimulatorSettings settings;
    private final DriveTree drive;
    private final Locator locator;
    private final ItemJson itemJson;
    private final Preconditions preconditions;

    public ItemApi(SimulatorSettings settings, DriveTree drive, Locator locator, ItemJson itemJson,
            Preconditions preconditions) {
        this.settings = settings;
        this.drive = drive;
        this.locator = locator;
        this.itemJson = itemJson;
        this.preconditions = preconditions;
    }

    Response user(Call call) {
        return Response.json(200, ItemJson.select(itemJson.signedInUser(), call));
    }

    Response drive(Call call) {
        return Response.json(200, ItemJson.select(itemJson.drive(drive), call));
    }

    Response lookup(Call call, Address address) {
        synchronized (drive) {
            Item item = locator.find(address);
            if (preconditions.isUnchanged(call, item)) {
                return Response.empty(304);
            }
            ObjectNode json = itemJson.item(call, item);
            item.hashReport.lookedUp();
            return Response.json(200, ItemJson.select(json, call));
        }
    }

    Response children(Call call, Address address) {
        int pageSize = PageLinks.pageSize(call);
        synchronized (drive) {
            Item folder = locator.findFolder(address);
            String orderBy = call.option("orderby");
            Optional<String> key = PageLinks.key(call, PageLinks.SKIP_TOKEN);
            return Response.json(200, orderBy == null
                    ? page(call, byName(folder, key), pageSize, (last, count) -> Names.key(last.name))
                    : page(call, ordered(folder, orderBy, skipped(key)), pageSize,
                            (last, count) -> Integer.toString(skipped(key) + count)));
        }
    }

    private ObjectNode page(Call call, Iterator<Item> rest, int pageSize, BiFunction<Item, Integer, String> nextKey) {
        ObjectNode page = WireJson.object();
        ArrayNode value = page.putArray("value");
        Item last = null;
        while (rest.hasNext() && value.size() < pageSize) {
            last = rest.next();
            value.add(ItemJson.select(itemJson.item(call, last), call));
        }
        if (rest.hasNext()) {
            page.put("@odata.nextLink",
                    PageLinks.link(call, call.rawPath(), PageLinks.SKIP_TOKEN, nextKey.apply(last, value.size())));
        }
        return page;
    }

    /** What comes behind the name with which the last page ended. */
    private static Iterator<Item> byName(Item folder, Optional<String> last) {
        return last.map(name -> folder.children.tailMap(name, false)).orElse(folder.children).values().iterator();
    }

    private static Iterator<Item> ordered(Item folder, String orderBy, int skipped) {
        return folder.children.values().stream().sorted(ChildOrder.parse(orderBy)).skip(skipped).iterator();
    }

    private static int skipped(Optional<String> key) {
        try {
            return key.map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException e) {
            throw PageLinks.badToken();
        }
    }

    Response createFolder(Call call, Address address) throws IOException {
        JsonNode request = WireJson.parse(call.readSmallBody());
        String name = request.path("name").asText("");
        if (name.isEmpty() || !request.path("folder").isObject()) {
            throw GraphErrorResponse.invalidRequest("A folder needs a 'name' and the property 'folder'.");
        }
        ConflictRule conflict =
                ConflictRule.parse(request.path(ConflictRule.PROPERTY).textValue(), ConflictRule.FAIL);
        synchronized (drive) {
            Item parent = locator.findFolder(address);
            Names.checkLength(parent.path() + "/" + name);
            return Response.json(201, itemJson.item(call, drive.createFolder(parent, name, conflict)));
        }
    }

    Response delete(Call call, Address address) {
        synchronized (drive) {
            Item item = locator.find(address);
            preconditions.check(call, item);
            drive.remove(item);
            return Response.empty(204);
        }
    }

    /** Past the recycle bin; personal drives refuse (statement 75). */
    Response permanentDelete(Call call, Address address) {
        if (call.contentLength() < 0) {
            throw new GraphErrorResponse(411, "invalidRequest", "Content-Length is required.");
        }
        if (settings.accountType.isPersonal()) {
            throw GraphErrorResponse.invalidRequest("permanentDelete is not supported on this drive.");
        }
        return delete(call, address);
    }

    Response update(Call call, Address address) throws IOException {
        JsonNode request = WireJson.parse(call.readSmallBody());
        synchronized (drive) {
            Item item = locator.find(address);
            preconditions.check(call, item);
            if (request.has("name") || request.has("parentReference")) {
                drive.rename(item, newParent(item, request.path("parentReference")),
                        request.path("name").asText(item.name),
                        ConflictRule.parse(request.path(ConflictRule.PROPERTY).textValue(), ConflictRule.FAIL));
            }
            JsonNode times = request.path("fileSystemInfo");
            if (times.isObject()) {
                drive.changeTimes(item, new DriveTree.FileTimes(UploadApi.time(times, "createdDateTime"),
                        UploadApi.time(times, "lastModifiedDateTime")));
            }
            if (request.hasNonNull("description") && settings.accountType.isPersonal()) {
                drive.describe(item, request.get("description").asText());
            }
            return Response.json(200, itemJson.item(call, item));
        }
    }

    private Item newParent(Item item, JsonNode reference) {
        if (!reference.hasNonNull("id")) {
            return item.parent == null ? item : item.parent;
        }
        return locator.folder(reference.get("id").asText());
    }
}
