package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form of a line: a JSON object. Members may be added; none is renamed or removed. */
final class CatalogueLine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory PARSERS = JSON.getFactory();

    private Event event;
    private String time = "";
    private String watch = "";
    private String file = "";
    private long size = -1;
    private String modified = "";
    private String quickXorHash = "";
    private String destination = "";
    private String drive = "";
    private String driveId = "";
    private String path = "";
    private String itemId = "";
    private String eTag = "";
    private long sentSize = -1;
    private String done = "";

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
        putText(line, "driveId", entry.driveId());
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
        CatalogueLine line = new CatalogueLine();
        try (JsonParser parser = PARSERS.createParser(buffer, start, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                parser.nextToken();
                line.member(member, parser);
                parser.skipChildren();
            }
            boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
            return whole && line.event != null && line.size >= 0 ? Optional.of(line.entry()) : Optional.empty();
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "event" -> event = Event.ofLabel(parser.getValueAsString("")).orElse(null);
            case "time" -> time = parser.getValueAsString("");
            case "watch" -> watch = parser.getValueAsString("");
            case "file" -> file = parser.getValueAsString("");
            case "size" -> size = number(parser);
            case "modified" -> modified = parser.getValueAsString("");
            case "quickXorHash" -> quickXorHash = parser.getValueAsString("");
            case "destination" -> destination = parser.getValueAsString("");
            case "drive" -> drive = parser.getValueAsString("");
            case "driveId" -> driveId = parser.getValueAsString("");
            case "path" -> path = parser.getValueAsString("");
            case "itemId" -> itemId = parser.getValueAsString("");
            case "eTag" -> eTag = parser.getValueAsString("");
            case "sentSize" -> sentSize = number(parser);
            case "done" -> done = parser.getValueAsString("");
            default -> {
                // of a later version
            }
        }
    }

    private static long number(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
    }

    private CatalogueEntry entry() {
        return new CatalogueEntry(event, Instant.parse(time), watch, file, size, Instant.parse(modified), quickXorHash,
                destination, drive, driveId, path, itemId, eTag, sentSize < 0 ? size : sentSize,
                Optional.of(done).filter(text -> !text.isEmpty()));
    }
}
