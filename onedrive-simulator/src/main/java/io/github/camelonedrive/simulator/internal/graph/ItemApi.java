package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.Settings;
import io.github.camelonedrive.simulator.internal.Simulation;
import io.github.camelonedrive.simulator.internal.drive.ConflictBehavior;
import io.github.camelonedrive.simulator.internal.drive.Drive;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.http.Answer;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphException;
import io.github.camelonedrive.simulator.internal.http.Json;

/** Drives, items and folders: look up, list, create, change, delete (`graph-contract.md` §6). */
final class ItemApi {

    private final Settings settings;
    private final Drive drive;
    private final Locator locator;
    private final ItemJson itemJson;
    private final Preconditions preconditions;
    private final PageLinks links;

    ItemApi(Simulation simulation) {
        this.settings = simulation.settings();
        this.drive = simulation.drive();
        this.locator = simulation.locator();
        this.itemJson = simulation.itemJson();
        this.preconditions = simulation.preconditions();
        this.links = new PageLinks(simulation.publicUrl(), simulation.journal());
    }

    Answer user(Call call) {
        return Answer.json(200, ItemJson.select(itemJson.signedInUser(), call));
    }

    Answer drive(Call call) {
        return Answer.json(200, ItemJson.select(itemJson.drive(drive), call));
    }

    Answer lookup(Call call, Address address) {
        synchronized (drive) {
            Item item = locator.find(address);
            if (preconditions.isUnchanged(call, item)) {
                return Answer.empty(304);
            }
            ObjectNode json = itemJson.item(call, item);
            item.hashReport.lookedUp();
            return Answer.json(200, ItemJson.select(json, call));
        }
    }

    Answer children(Call call, Address address) {
        int pageSize = PageLinks.pageSize(call);
        synchronized (drive) {
            Item folder = locator.findFolder(address);
            String orderBy = call.option("orderby");
            Optional<String> key = links.key(call, PageLinks.SKIP_TOKEN);
            return Answer.json(200, orderBy == null
                    ? page(call, byName(folder, key), pageSize, (last, count) -> Names.key(last.name))
                    : page(call, ordered(folder, orderBy, skipped(key)), pageSize,
                            (last, count) -> Integer.toString(skipped(key) + count)));
        }
    }

    private ObjectNode page(Call call, Iterator<Item> rest, int pageSize, BiFunction<Item, Integer, String> nextKey) {
        ObjectNode page = Json.object();
        ArrayNode value = page.putArray("value");
        Item last = null;
        while (rest.hasNext() && value.size() < pageSize) {
            last = rest.next();
            value.add(ItemJson.select(itemJson.item(call, last), call));
        }
        if (rest.hasNext()) {
            page.put("@odata.nextLink",
                    links.link(call, call.rawPath(), PageLinks.SKIP_TOKEN, nextKey.apply(last, value.size())));
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

    Answer createFolder(Call call, Address address) throws IOException {
        JsonNode request = Json.parse(call.readSmallBody());
        String name = request.path("name").asText("");
        if (name.isEmpty() || !request.path("folder").isObject()) {
            throw GraphException.invalidRequest("A folder needs a 'name' and the property 'folder'.");
        }
        ConflictBehavior conflict =
                ConflictBehavior.parse(request.path(ConflictBehavior.PROPERTY).textValue(), ConflictBehavior.FAIL);
        synchronized (drive) {
            Item parent = locator.findFolder(address);
            Names.checkLength(parent.path() + "/" + name);
            return Answer.json(201, itemJson.item(call, drive.createFolder(parent, name, conflict)));
        }
    }

    Answer delete(Call call, Address address) {
        synchronized (drive) {
            Item item = locator.find(address);
            preconditions.check(call, item);
            drive.remove(item);
            return Answer.empty(204);
        }
    }

    /** Past the recycle bin; personal drives refuse (statement 75). */
    Answer permanentDelete(Call call, Address address) {
        if (call.contentLength() < 0) {
            throw new GraphException(411, "invalidRequest", "Content-Length is required.");
        }
        if (settings.accountType.isPersonal()) {
            throw GraphException.invalidRequest("permanentDelete is not supported on this drive.");
        }
        return delete(call, address);
    }

    Answer update(Call call, Address address) throws IOException {
        JsonNode request = Json.parse(call.readSmallBody());
        synchronized (drive) {
            Item item = locator.find(address);
            preconditions.check(call, item);
            if (request.has("name") || request.has("parentReference")) {
                drive.rename(item, newParent(item, request.path("parentReference")),
                        request.path("name").asText(item.name),
                        ConflictBehavior.parse(request.path(ConflictBehavior.PROPERTY).textValue(), ConflictBehavior.FAIL));
            }
            JsonNode times = request.path("fileSystemInfo");
            if (times.isObject()) {
                drive.changeTimes(item, new Drive.FileTimes(UploadApi.time(times, "createdDateTime"),
                        UploadApi.time(times, "lastModifiedDateTime")));
            }
            if (request.hasNonNull("description") && settings.accountType.isPersonal()) {
                drive.describe(item, request.get("description").asText());
            }
            return Answer.json(200, itemJson.item(call, item));
        }
    }

    private Item newParent(Item item, JsonNode reference) {
        if (!reference.hasNonNull("id")) {
            return item.parent == null ? item : item.parent;
        }
        return locator.folder(reference.get("id").asText());
    }
}
