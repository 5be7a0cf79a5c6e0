package io.github.camelonedrive.simulator.internal.drive;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/**
 * What a simulator has to know to be the same OneDrive after a restart: JSON values by kind and key, in a file to which each
 * change appends one line, so that a change costs the same however much there is. The file is rewritten at each start.
 *
 * <p>A line that was written is safe from the end of this process, at any instant; it is not forced to the disk. Without a
 * directory nothing is kept. Thread-safe, and takes no other lock.
 */
public final class StateLog implements Closeable {
    /** The kinds of value. */
    public enum Kind { ACCOUNT, IDENTITY, COUNTER, ITEM, CHANGE, SESSION }

    private static final String FILE = "state.jsonl";
    private static final String UNFINISHED = ".new";
    private static final String LOCK = "lock";

    private final Map<Kind, Map<String, JsonNode>> restored = new LinkedHashMap<>();
    private final FileChannel lock;
    private final FileChannel log;

    private StateLog() {
        this.lock = null;
        this.log = null;
    }

    private StateLog(Path directory) throws IOException {
        this.lock = lock(directory);
        Path file = directory.resolve(FILE);
        try {
            deleteUnfinished(directory);
            if (Files.exists(file)) {
                read(file);
            }
            rewrite(file);
            this.log = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * @param directory an existing directory, or null to keep nothing
     * @throws IOException if another simulator uses the directory, or if its content cannot be read
     */
    public static StateLog open(Path directory) throws IOException {
        return directory == null ? new StateLog() : new StateLog(directory);
    }

    /** What was there at the start, oldest first. */
    public Map<String, JsonNode> restored(Kind kind) {
        return restored.getOrDefault(kind, Map.of());
    }

    /** Keeps a value in place of the one under the same key. */
    public synchronized void put(Kind kind, String key, JsonNode value) {
        if (log == null) {
            return;
        }
        try {
            write(log, kind, key, value);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator's state cannot be written.", e);
        }
    }

    public void remove(Kind kind, String key) {
        put(kind, key, null);
    }

    @Override
    public synchronized void close() throws IOException {
        if (log != null) {
            log.close();
            lock.close();
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Falls through: a simulator in this process is as much in the way as one in another.
        }
        channel.close();
        throw new IOException("Another simulator uses " + directory + ". Close it, or choose another state directory.");
    }

    private static void deleteUnfinished(Path directory) throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, FILE + "?*" + UNFINISHED)) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    private void read(Path file) throws IOException {
        List<String> lines = List.of(Files.readString(file).split("\n"));
        for (int i = 0; i < lines.size(); i++) {
            boolean torn = i == lines.size() - 1;
            try {
                apply(WireJson.parse(lines.get(i).getBytes(StandardCharsets.UTF_8)));
            } catch (GraphErrorResponse | IllegalArgumentException e) {
                // A process that was killed may have left half a line at the end: a change that was never confirmed.
                if (!torn) {
                    throw new IOException("Line " + (i + 1) + " of " + file + " is damaged.", e);
                }
            }
        }
    }

    private void apply(JsonNode line) {
        Map<String, JsonNode> values =
                restored.computeIfAbsent(Kind.valueOf(line.path("kind").asText()), kind -> new LinkedHashMap<>());
        if (line.hasNonNull("value")) {
            values.put(line.path("key").asText(), line.get("value"));
        } else {
            values.remove(line.path("key").asText());
        }
    }

    private void rewrite(Path file) throws IOException {
        // Readable by its owner only, because the identity in it holds tokens.
        Path fresh = Files.createTempFile(file.getParent(), FILE, UNFINISHED);
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            for (Map.Entry<Kind, Map<String, JsonNode>> kind : restored.entrySet()) {
                for (Map.Entry<String, JsonNode> entry : kind.getValue().entrySet()) {
                    write(out, kind.getKey(), entry.getKey(), entry.getValue());
                }
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(FileChannel out, Kind kind, String key, JsonNode value) throws IOException {
        ObjectNode line = WireJson.object().put("kind", kind.name()).put("key", key);
        line.set("value", value);
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
