package io.github.camelonedrive.feed;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.credentials.OwnerOnlyFiles;

/**
 * One feed's file: a line a write, each a JSON object from name to text or null, in the order written. The first line names
 * the feed. A last line that a crash has cut short was never promised to anybody and is cut off. When most lines are outdated
 * the file is written anew beside itself and takes its own place.
 *
 * <p>Written through streams, not channels: a thread that is interrupted, since its route is stopped, still finishes.
 */
final class FileFeedMemory implements FeedMemory {

    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FEED = "feed";
    private static final int ENTRIES_A_LINE = 1_000;
    private static final int NEEDLESS_ALWAYS_FINE = 10_000;

    private final Path file;
    private final String feed;
    private final FileChannel lock;
    private final Map<String, String> entries = new HashMap<>();
    private FileOutputStream out;
    private long outdated;
    private boolean unforced;

    private FileFeedMemory(Path file, String feed, FileChannel lock) {
        this.file = file;
        this.feed = feed;
        this.lock = lock;
    }

    static FileFeedMemory open(Path file, String feed) throws IOException {
        FileFeedMemory memory = new FileFeedMemory(file, feed, lock(file));
        try {
            memory.load();
            memory.rewrite();
            return memory;
        } catch (IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    /**
     * The system drops it when the process dies, whatever kills it. The lock file stays: removing it would race. Within the
     * process {@link #OPEN} comes first, because closing any channel on a locked file drops the lock.
     */
    private static FileChannel lock(Path file) throws IOException {
        if (!OPEN.add(file)) {
            throw new FeedRepository.FeedInUseException(file.toString());
        }
        try {
            return lockAmongProcesses(file);
        } catch (IOException | RuntimeException e) {
            OPEN.remove(file);
            throw e;
        }
    }

    private static FileChannel lockAmongProcesses(Path file) throws IOException {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        if (Files.notExists(lockFile)) {
            createOwnerOnly(lockFile);
        }
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new FeedRepository.FeedInUseException(file.toString());
        }
        return channel;
    }

    private static void createOwnerOnly(Path path) throws IOException {
        try {
            OwnerOnlyFiles.createNew(path);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // As wanted.
        }
    }

    private void load() throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new FileInputStream(file.toFile()), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            int number = 0;
            while (line != null) {
                String next = reader.readLine();
                number++;
                load(line, number, next == null);
                line = next;
            }
        }
    }

    private void load(String line, int number, boolean last) throws IOException {
        JsonNode node = parse(line);
        if (node == null || !node.isObject()) {
            if (last) {
                return;
            }
            throw damaged(number);
        }
        if (number == 1) {
            if (!feed.equals(node.path(FEED).asText())) {
                throw damaged(number);
            }
            return;
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getValue().isNull()) {
                entries.remove(field.getKey());
            } else {
                entries.put(field.getKey(), field.getValue().asText());
            }
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException cutShort) {
            return null;
        }
    }

    private IOException damaged(int line) {
        return new IOException("The consumer's state in " + file + " is damaged in line " + line + ". Move it away: then every "
                + "file that is in the folder is emitted again.");
    }

    @Override
    public synchronized Map<String, String> read() {
        return new HashMap<>(entries);
    }

    @Override
    public synchronized void write(Map<String, Optional<String>> changes) throws IOException {
        if (out == null) {
            throw new IOException("The consumer's state in " + file + " is closed, because the consumer has been stopped.");
        }
        if (changes.isEmpty()) {
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        changes.forEach((name, text) -> line.put(name, text.orElse(null)));
        append(line);
        unforced = true;
        for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
            String before = change.getValue().isPresent()
                    ? entries.put(change.getKey(), change.getValue().get()) : entries.remove(change.getKey());
            outdated += before != null ? 1 : 0;
        }
        if (outdated > NEEDLESS_ALWAYS_FINE && outdated > 2L * entries.size()) {
            rewrite();
        }
    }

    @Override
    public synchronized void force() throws IOException {
        if (unforced && out != null) {
            out.getFD().sync();
            unforced = false;
        }
    }

    /** A write that failed half way leaves a torn line that only the last one may be; so nothing more is written after it. */
    private void append(ObjectNode line) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JSON.writeValueAsBytes(line));
        bytes.write('\n');
        try {
            bytes.writeTo(out);
        } catch (IOException e) {
            IOException torn = new IOException("The consumer's state in " + file + " can't be written: "
                    + OwnerOnlyFiles.describe(e) + ". Nothing new is emitted until it can.", e);
            recover(torn);
            throw torn;
        }
    }

    private void recover(IOException torn) {
        try {
            rewrite();
        } catch (IOException again) {
            torn.addSuppressed(again);
        }
    }

    /** The file with what holds now only; it is the old one or the new one at every moment. */
    private void rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        OwnerOnlyFiles.createNew(fresh);
        FileOutputStream replaced = out;
        FileOutputStream next = new FileOutputStream(fresh.toFile(), true);
        try {
            writeAll(next);
            next.getFD().sync();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            next.close();
            throw e;
        }
        out = next;
        outdated = 0;
        unforced = false;
        if (replaced != null) {
            replaced.close();
        }
        OwnerOnlyFiles.forceDirectory(file.getParent());
    }

    private void writeAll(FileOutputStream target) throws IOException {
        writeLine(target, Map.of(FEED, feed));
        Map<String, String> some = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            some.put(entry.getKey(), entry.getValue());
            if (some.size() == ENTRIES_A_LINE) {
                writeLine(target, some);
                some.clear();
            }
        }
        writeLine(target, some);
    }

    private static void writeLine(FileOutputStream target, Map<String, String> entries) throws IOException {
        if (!entries.isEmpty()) {
            target.write(JSON.writeValueAsBytes(entries));
            target.write('\n');
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            if (out != null) {
                force();
                out.close();
                out = null;
            }
        } finally {
            if (lock.isOpen()) {
                lock.close();
                OPEN.remove(file);
            }
        }
    }
}
