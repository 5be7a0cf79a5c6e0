package io.github.camelonedrive.feed;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemChange;

/**
 * What tells one content of a file from another. The eTag changes with anything, also with a new name; the cTag with the
 * content only, but business drives leave it out of their changes; the hash may come late ({@code graph-contract.md} §2,
 * §6.11, §6.12). So whatever both sides have is compared, the surest first.
 *
 * @param size in bytes; negative when unknown
 */
record ContentVersion(Optional<String> eTag, Optional<String> cTag, Optional<String> hash, long size, Optional<String> time) {

    static ContentVersion of(ItemChange file) {
        DriveItem item = file.item();
        return new ContentVersion(item.eTag(), file.cTag(), item.quickXorHash(), item.size(),
                item.lastModified().map(Object::toString));
    }

    /** Whether it is the same content as far as anybody can tell; the same bytes written once more are. */
    boolean isSameContent(ContentVersion other) {
        if (eTag.isPresent() && eTag.equals(other.eTag)) {
            return true;
        }
        if (size >= 0 && other.size >= 0 && size != other.size) {
            return false;
        }
        if (hash.isPresent() && other.hash.isPresent()) {
            return hash.equals(other.hash);
        }
        if (cTag.isPresent() && other.cTag.isPresent()) {
            return cTag.equals(other.cTag);
        }
        return time.isPresent() && time.equals(other.time);
    }

    /** One text for it, the same wherever it is read, as far as that can be. */
    String text() {
        return hash.map(text -> text + "-" + size).or(() -> cTag).or(() -> eTag)
                .orElseGet(() -> time.orElse("") + "-" + size);
    }

    void writeTo(ObjectNode node) {
        eTag.ifPresent(text -> node.put("e", text));
        cTag.ifPresent(text -> node.put("c", text));
        hash.ifPresent(text -> node.put("h", text));
        time.ifPresent(text -> node.put("t", text));
        node.put("z", size);
    }

    static ContentVersion read(JsonNode node) {
        return new ContentVersion(text(node, "e"), text(node, "c"), text(node, "h"), node.path("z").asLong(-1),
                text(node, "t"));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }
}
