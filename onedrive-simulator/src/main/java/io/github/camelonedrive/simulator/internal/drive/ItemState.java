package io.github.camelonedrive.simulator.internal.drive;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Items as a {@link StateLog} keeps them. What fault rules say about hashes is not kept. Callers hold the drive's lock. */
final class ItemState {
    private ItemState() {
    }

    static ObjectNode toJson(Item item) {
        ObjectNode json = WireJson.object().put("guid", item.guid).put("folder", item.folder).put("name", item.name)
                .put("parent", item.parent == null ? null : item.parent.id)
                .put("created", item.created.toString())
                .put("modified", item.modified.toString())
                .put("fileSystemCreated", item.fileSystemCreated.toString())
                .put("fileSystemModified", item.fileSystemModified.toString())
                .put("description", item.description)
                .put("eTag", item.eTagNumber)
                .put("cTag", item.cTagNumber);
        ArrayNode versions = json.putArray("versions");
        item.versions.forEach(version ->
                versions.add(toJson(version.content()).put("modified", version.modified().toString())));
        ObjectNode links = json.putObject("links");
        item.links.forEach(links::put);
        return json;
    }

    private static ObjectNode toJson(Content content) {
        return WireJson.object()
                .put("file", content.file() == null ? null : content.file().getFileName().toString())
                .put("size", content.size())
                .put("quickXorHash", content.quickXorHash())
                .put("sha1", content.sha1())
                .put("sha256", content.streamedSha256());
    }

    /** Without its parent and children. */
    static Item fromJson(String id, JsonNode json, ContentStore contents) {
        Item item = new Item(id, json.path("guid").asText(), json.path("folder").asBoolean(), json.path("name").asText(),
                Instant.parse(json.path("created").asText()));
        item.modified = Instant.parse(json.path("modified").asText());
        item.fileSystemCreated = Instant.parse(json.path("fileSystemCreated").asText());
        item.fileSystemModified = Instant.parse(json.path("fileSystemModified").asText());
        item.description = json.path("description").textValue();
        item.eTagNumber = json.path("eTag").asInt();
        item.cTagNumber = json.path("cTag").asInt();
        json.path("versions").forEach(version -> item.versions.add(new Item.Version(content(version, contents),
                version.has("modified") ? Instant.parse(version.path("modified").asText()) : item.modified)));
        json.path("links").fields().forEachRemaining(link -> item.links.put(link.getKey(), link.getValue().asText()));
        return item;
    }

    private static Content content(JsonNode json, ContentStore contents) {
        return new Content(json.hasNonNull("file") ? contents.file(json.get("file").asText()) : null,
                json.path("size").asLong(), json.path("quickXorHash").asText(),
                json.path("sha1").textValue(), json.path("sha256").textValue());
    }
}
