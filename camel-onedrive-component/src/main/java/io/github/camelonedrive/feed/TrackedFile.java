package io.github.camelonedrive.feed;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemPath;

/** What a feed remembers of one file of its folder. */
sealed interface TrackedFile {

    ObjectMapper JSON = new ObjectMapper();

    ContentVersion version();

    /** For the memory; {@link #read} reads it. */
    String toJson();

    /**
     * A version that is still to be processed.
     *
     * @param claimed where it was when it was put aside for us, below the folder; empty while nobody has put it aside
     */
    record Waiting(ItemChange file, Instant seen, Optional<ItemPath> claimed) implements TrackedFile {

        @Override
        public ContentVersion version() {
            return ContentVersion.of(file);
        }

        @Override
        public String toJson() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("waiting", file.toJson());
            node.put("seen", seen.toEpochMilli());
            claimed.ifPresent(path -> node.put("claimed", path.toString()));
            return node.toString();
        }
    }

    /** A version that is done with. */
    record Done(ContentVersion version) implements TrackedFile {

        @Override
        public String toJson() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            version.writeTo(node.putObject("done"));
            return node.toString();
        }
    }

    /**
     * A version that is done with, but for what is to become of the file in OneDrive.
     *
     * @param file as it was processed
     * @param task what is to become of it
     */
    record Owing(FeedFile file, String task) implements TrackedFile {

        @Override
        public ContentVersion version() {
            return ContentVersion.of(file.change());
        }

        @Override
        public String toJson() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("owing", file.change().toJson());
            node.put("path", file.path().toString());
            node.put("seen", file.seen().toEpochMilli());
            node.put("task", task);
            return node.toString();
        }
    }

    /** @throws IllegalArgumentException when the record is none of ours */
    static TrackedFile read(String json) {
        JsonNode node = parse(json);
        Instant seen = Instant.ofEpochMilli(node.path("seen").asLong());
        if (node.has("waiting")) {
            return new Waiting(ItemChange.fromJson(node.path("waiting").asText()), seen,
                    Optional.ofNullable(node.path("claimed").textValue()).map(ItemPath::parse));
        }
        if (node.has("owing")) {
            ItemChange file = ItemChange.fromJson(node.path("owing").asText());
            return new Owing(new FeedFile(file, ItemPath.parse(node.path("path").asText()), seen, 0),
                    node.path("task").asText());
        }
        if (node.has("done")) {
            return new Done(ContentVersion.read(node.path("done")));
        }
        throw new IllegalArgumentException("The consumer's state holds what this version does not know.");
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The consumer's state is damaged.", e);
        }
    }
}
