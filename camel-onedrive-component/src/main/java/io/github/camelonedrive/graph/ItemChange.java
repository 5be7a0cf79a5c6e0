package io.github.camelonedrive.graph;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An item as a page of changes, or of a folder's children, has it. Of a deleted one only the id is certain.
 *
 * @param cTag     changes with the content only; business drives leave it out of their changes ({@code graph-contract.md}
 *                 §6.11)
 * @param mimeType as the server takes it to be
 */
public record ItemChange(Kind kind, DriveItem item, Optional<String> cTag, Optional<String> mimeType) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it is. */
    public enum Kind {
        FILE, FOLDER, DELETED,

        /** A notebook, or an item of another drive: nothing that can be read as a file. */
        OTHER
    }

    static ItemChange of(JsonNode node, String purpose) throws UnexpectedAnswerException {
        return new ItemChange(kind(node), ItemReader.item(node, purpose), text(node.path("cTag")),
                text(node.path("file").path("mimeType")));
    }

    private static Kind kind(JsonNode node) {
        if (node.has("deleted")) {
            return Kind.DELETED;
        }
        if (node.has("remoteItem") || node.has("package")) {
            return Kind.OTHER;
        }
        return node.has("folder") || node.has("root") ? Kind.FOLDER : node.has("file") ? Kind.FILE : Kind.OTHER;
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isEmpty());
    }

    /** What {@link #fromJson} reads: a file in Graph's own shape, without what nobody needs later. */
    public String toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", item.id()).put("name", item.name());
        if (item.size() != DriveItem.UNKNOWN_SIZE) {
            node.put("size", item.size());
        }
        item.eTag().ifPresent(eTag -> node.put("eTag", eTag));
        cTag.ifPresent(tag -> node.put("cTag", tag));
        item.webUrl().ifPresent(url -> node.put("webUrl", url));
        ObjectNode file = node.putObject("file");
        mimeType.ifPresent(type -> file.put("mimeType", type));
        item.quickXorHash().ifPresent(hash -> file.putObject("hashes").put("quickXorHash", hash));
        item.lastModified().ifPresent(
                time -> node.putObject("fileSystemInfo").put("lastModifiedDateTime", time.toString()));
        ObjectNode parent = node.putObject("parentReference");
        item.parentId().ifPresent(id -> parent.put("id", id));
        item.driveId().ifPresent(id -> parent.put("driveId", id));
        item.driveType().ifPresent(type -> parent.put("driveType", type));
        return node.toString();
    }

    /** @throws IllegalArgumentException when it is none */
    public static ItemChange fromJson(String json) {
        try {
            return of(JSON.readTree(json), "Reading what was remembered");
        } catch (JsonProcessingException | UnexpectedAnswerException e) {
            throw new IllegalArgumentException("Not an item: its record is damaged", e);
        }
    }
}
