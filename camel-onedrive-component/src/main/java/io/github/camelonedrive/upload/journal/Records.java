package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadIdentity;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UrlSealer;
import io.github.camelonedrive.upload.journal.EntryFormat.Unusable;

/** The records of an entry as JSON, and the trace that they add up to, one after the other. */
final class Records {

    private static final String FORMAT = "onedrive-upload-journal";
    private static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // Keeps a record on one line, whatever is in a name, and lone surrogates as they are.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String name;
    private final UrlSealer sealer;
    private final UploadKey key;
    private JournalTrace trace;

    /** @param name of the entry's file */
    Records(ObjectNode begin, String name, UrlSealer sealer) throws Unusable {
        this.name = name;
        this.sealer = sealer;
        requireKnownFormat(begin);
        try {
            key = key(begin);
            trace = JournalTrace.begun(identity(begin));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Unusable.damaged("its first record does not tell what it should");
        }
        if (!name.startsWith(key.fingerprint())) {
            throw Unusable.damaged("its name belongs to another upload");
        }
    }

    static ObjectNode begin(UploadKey key, UploadIdentity identity) {
        ObjectNode node = record("begin");
        node.put("format", FORMAT);
        node.put("version", VERSION);
        node.put("destination", key.destination());
        node.put("drive", key.drive());
        putAll(node.putArray("target"), key.target().segments());
        identity.file().ifPresent(file -> node.put("file", file));
        node.put("size", identity.size());
        identity.lastModified().ifPresent(time -> node.put("lastModified", time.toString()));
        node.put("conflict", identity.conflict().name());
        identity.keptTime().ifPresent(time -> node.put("keptTime", time.toString()));
        return node;
    }

    static ObjectNode opening(String folder, Set<String> thereBefore, Instant at) {
        ObjectNode node = record("opening");
        node.put("at", at.toString());
        node.put("folder", folder);
        putAll(node.putArray("thereBefore"), new TreeSet<>(thereBefore));
        return node;
    }

    /** @param expires may be null */
    static ObjectNode opened(String sealedUrl, Instant expires, Instant at) {
        ObjectNode node = record("opened");
        node.put("at", at.toString());
        node.put("url", sealedUrl);
        if (expires != null) {
            node.put("expires", expires.toString());
        }
        return node;
    }

    static ObjectNode ended() {
        return record("ended");
    }

    static ObjectNode committed(String item) {
        return record("committed").put("item", item);
    }

    static byte[] write(ObjectNode record) {
        try {
            return MAPPER.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when it is not JSON. */
    static Optional<ObjectNode> parse(byte[] json) {
        try {
            return MAPPER.readTree(json) instanceof ObjectNode record ? Optional.of(record) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    UploadKey key() {
        return key;
    }

    JournalTrace trace() {
        return trace;
    }

    /** Takes the next record. @throws IOException when the sealer can't work */
    void add(ObjectNode record) throws Unusable, IOException {
        try {
            trace = switch (text(record, "record")) {
                case "opening" -> trace.opening(text(record, "folder"), Set.copyOf(texts(record, "thereBefore")),
                        Instant.parse(text(record, "at")));
                case "opened" -> opened(record);
                case "ended" -> trace.ended();
                case "committed" -> trace.committed(text(record, "item"));
                default -> throw new Unusable(Unusable.Kind.UNKNOWN_VERSION, "it holds a record of an unknown kind");
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Unusable.damaged("a record does not tell what it should");
        }
    }

    private JournalTrace opened(ObjectNode record) throws IOException {
        Optional<Secret> url = sealer.open(text(record, "url"), name);
        if (url.isPresent()) {
            return trace.opened(url.get(), time(record, "expires"));
        }
        // A session may be open that we have no way to, as when its opening was never answered.
        return new JournalTrace(trace.identity(), trace.folderId(), trace.thereBefore(),
                Optional.of(Instant.parse(text(record, "at"))), Optional.empty(), Optional.empty(), trace.read(),
                Optional.empty());
    }

    private static void requireKnownFormat(ObjectNode begin) throws Unusable {
        if (!begin.path("record").asText().equals("begin") || !begin.path("format").asText().equals(FORMAT)) {
            throw Unusable.damaged("its first record is not that of an upload");
        }
        if (!begin.path("version").isInt() || begin.path("version").intValue() != VERSION) {
            throw new Unusable(Unusable.Kind.UNKNOWN_VERSION,
                    "its format version is " + begin.path("version") + ", this program knows " + VERSION);
        }
    }

    private static UploadKey key(ObjectNode begin) {
        return new UploadKey(text(begin, "destination"), text(begin, "drive"), new ItemPath(texts(begin, "target")));
    }

    private static UploadIdentity identity(ObjectNode begin) {
        Optional<String> file = begin.has("file") ? Optional.of(text(begin, "file")) : Optional.empty();
        if (!begin.path("size").isIntegralNumber()) {
            throw new IllegalArgumentException("size");
        }
        return new UploadIdentity(file, begin.path("size").longValue(), time(begin, "lastModified"),
                ConflictBehavior.valueOf(text(begin, "conflict")), time(begin, "keptTime"));
    }

    private static ObjectNode record(String kind) {
        return JsonNodeFactory.instance.objectNode().put("record", kind);
    }

    private static void putAll(ArrayNode array, Iterable<String> texts) {
        texts.forEach(array::add);
    }

    private static String text(ObjectNode node, String member) {
        return requireText(node.path(member), member);
    }

    private static Optional<Instant> time(ObjectNode node, String member) {
        return node.has(member) ? Optional.of(Instant.parse(text(node, member))) : Optional.empty();
    }

    private static List<String> texts(ObjectNode node, String member) {
        if (!node.path(member).isArray()) {
            throw new IllegalArgumentException(member);
        }
        List<String> texts = new ArrayList<>();
        node.path(member).forEach(element -> texts.add(requireText(element, member)));
        return texts;
    }

    private static String requireText(JsonNode node, String member) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException(member);
        }
        return node.textValue();
    }
}
