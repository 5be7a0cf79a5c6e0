package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form of a line: a JSON object. Members may be added; none is renamed or removed. */
final class CatalogueLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CatalogueLine() {
    }

    /** Returns the line with its line feed. */
    static byte[] write(CatalogueEntry entry) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put("event", entry.event().label());
        line.put("time", entry.time().toString());
        line.put("watch", entry.watch());
        line.put("file", entry.file());
        line.put("size", entry.size());
        line.put("modified", entry.modified().toString());
        putText(line, "quickXorHash", entry.quickXorHash());
        putText(line, "destination", entry.destination());
        putText(line, "drive", entry.drive());
        putText(line, "path", entry.path());
        putText(line, "itemId", entry.itemId());
        putText(line, "eTag", entry.eTag());
        if (entry.sentSize() != entry.size()) {
            line.put("sentSize", entry.sentSize());
        }
        entry.done().ifPresent(done -> line.put("done", done));
        byte[] json = JSON.writeValueAsBytes(line);
        byte[] whole = new byte[json.length + 1];
        System.arraycopy(json, 0, whole, 0, json.length);
        whole[json.length] = '\n';
        return whole;
    }

    private static void putText(ObjectNode line, String member, String text) {
        if (text != null && !text.isEmpty()) {
            line.put(member, text);
        }
    }

    /** Returns what the line reports; empty when it is damaged, or of an event that this version does not know. */
    static Optional<CatalogueEntry> read(byte[] buffer, int start, int length) {
        try {
            JsonNode line = JSON.readTree(buffer, start, length);
            Optional<Event> event = Event.ofLabel(line.path("event").asText());
            if (event.isEmpty() || !line.path("size").isIntegralNumber()) {
                return Optional.empty();
            }
            long size = line.path("size").asLong();
            return Optional.of(new CatalogueEntry(event.get(), Instant.parse(line.path("time").asText()),
                    line.path("watch").asText(), line.path("file").asText(), size,
                    Instant.parse(line.path("modified").asText()), line.path("quickXorHash").asText(),
                    line.path("destination").asText(), line.path("drive").asText(), line.path("path").asText(),
                    line.path("itemId").asText(), line.path("eTag").asText(), line.path("sentSize").asLong(size),
                    Optional.of(line.path("done").asText()).filter(done -> !done.isEmpty())));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
