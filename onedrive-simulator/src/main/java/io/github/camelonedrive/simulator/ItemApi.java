package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Drives, items and folders: look up, list, create, change, delete (`graph-contract.md` §6). */
final class ItemApi {
    private static final int MAX_PAGE_SIZE = 1000;
    private static final Pattern SKIP_TOKEN = Pattern.compile("Paged=TRUE&p_Name='([^']*)'\\+");

    private final Settings settings;
    private final PublicUrl publicUrl;
    private final Drive drive;
    private final Locator locator;
    private final ItemJson itemJson;
    private final Preconditions preconditions;
    private final Journal journal;

    ItemApi(Simulation simulation) {
        this.settings = simulation.settings();
        this.publicUrl = simulation.publicUrl();
        this.drive = simulation.drive();
        this.locator = simulation.locator();
        this.itemJson = simulation.itemJson();
        this.preconditions = simulation.preconditions();
        this.journal = simulation.journal();
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
        int pageSize = pageSize(call.option("top"));
        synchronized (drive) {
            Item folder = locator.findFolder(address);
            List<Item> rest = new ArrayList<>(after(call, folder).values());
            ObjectNode page = Json.object();
            ArrayNode value = page.putArray("value");
            rest.stream().limit(pageSize).forEach(item -> value.add(ItemJson.select(itemJson.item(call, item), call)));
            if (rest.size() > pageSize) {
                page.put("@odata.nextLink", nextLink(call, rest.get(pageSize - 1)));
            }
            return Answer.json(200, page);
        }
    }

    private static int pageSize(String top) {
        if (top == null) {
            return Settings.DEFAULT_PAGE_SIZE;
        }
        if (!top.matches("[1-9][0-9]{0,8}")) {
            throw new GraphException(400, "invalidRequest", "$top must be a positive number.", "invalidQueryOption");
        }
        return Math.min(Integer.parseInt(top), MAX_PAGE_SIZE);
    }

    private Map<String, Item> after(Call call, Item folder) {
        String token = call.option("skiptoken");
        if (token == null) {
            return folder.children;
        }
        Matcher matcher = SKIP_TOKEN.matcher(token);
        if (!matcher.matches() || !call.rawTarget().contains(encodedSkipToken(matcher.group(1)))) {
            journal.violation(call, "the next link was changed; it must be used byte for byte");
            throw new GraphException(400, "invalidRequest", "The skip token is not valid.", "invalidQueryOption");
        }
        String last = new String(Base64.getUrlDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8);
        return folder.children.tailMap(last + "\0");
    }

    /** Absolute, with the caller's options, and with characters that break when a client re-encodes them (§9.8). */
    private String nextLink(Call call, Item last) {
        StringBuilder link = new StringBuilder(publicUrl.of(call)).append(call.rawPath()).append('?');
        call.query().forEach((name, value) -> {
            if (!name.equals("$skiptoken") && !name.equals("skiptoken")) {
                link.append(name).append('=').append(PercentCoding.encodeSegment(value)).append('&');
            }
        });
        String key = Base64.getUrlEncoder().withoutPadding()
                .encodeToString(Names.key(last.name).getBytes(StandardCharsets.UTF_8));
        return link.append("$skiptoken=").append(encodedSkipToken(key)).toString();
    }

    private static String encodedSkipToken(String key) {
        return "Paged%3DTRUE%26p_Name%3D'" + key + "'%2B";
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
        String id = reference.get("id").asText();
        Item parent = drive.byId(id);
        if (id.equals("root")) {
            throw GraphException.invalidRequest("'root' is not an id. Use the real id of the root folder.");
        }
        if (parent == null) {
            throw GraphException.itemNotFound();
        }
        if (!parent.folder) {
            throw GraphException.invalidRequest("The new parent is not a folder.");
        }
        return parent;
    }
}
