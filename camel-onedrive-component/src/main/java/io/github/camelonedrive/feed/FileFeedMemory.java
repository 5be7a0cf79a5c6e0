package io.github.camelonedrive.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.files.LockFile;
import io.github.camelonedrive.files.OpenFile;
import io.github.camelonedrive.files.OwnerOnlyFiles;

/**
 * One feed's file: a line a write, each a JSON object from name to text or null, in the order written. The first line names
 * the feed. A last line that a crash has cut short was never promised to anybody and is cut off. When most lines are outdated
 * the file is written anew beside itself and takes its own place.
 */
final class FileFeedMemory implements FeedMemory {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FEED = "feed";
    private static final int ENTRIES_A_LINE = 1_000;
    private static final int NEEDLESS_ALWAYS_FINE = 10_000;

    private final Path file;
    private final String feed;
    private final LockFile lock;
    private final ReentrantLock writing = new ReentrantLock();
    private final Map<String, String> entries = new HashMap<>();
    private OpenFile out;
    private long outdated;
    private boolean unforced;

    private FileFeedMemory(Path file, String feed, LockFile lock) {
        this.file = file;
        this.feed = feed;
        this.lock = lock;
    }

    static FileFeedMemory open(Path file, String feed) throws IOException {
        LockFile lock = LockFile.tryAcquire(file.resolveSibling(file.getFileName() + ".lock"))
                .orElseThrow(() -> new FeedRepository.FeedInUseException(file.toString()));
        FileFeedMemory memory = new FileFeedMemory(file, feed, lock);
        try {
            memory.load();
            memory.rewrite();
            return memory;
        } catch (IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private void load() throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        try (OpenFile content = OpenFile.openToRead(file); BufferedReader reader = new BufferedReader(
                new InputStreamReader(content.inputStream(), StandardCharsets.UTF_8))) {
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
    public Map<String, String> read() {
        writing.lock();
        try {
            return new HashMap<>(entries);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void write(Map<String, Optional<String>> changes) throws IOException {
        writing.lock();
        try {
            add(changes);
        } finally {
            writing.unlock();
        }
    }

    private void add(Map<String, Optional<String>> changes) throws IOException {
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
    public void force() throws IOException {
        writing.lock();
        try {
            if (unforced && out != null) {
                out.sync();
                unforced = false;
            }
        } finally {
            writing.unlock();
        }
    }

    /** A write that failed half way leaves a torn line that only the last one may be; so nothing more is written after it. */
    private void append(ObjectNode line) throws IOException {
        try {
            out.append(bytes(line));
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
        OpenFile replaced = out;
        OpenFile next = OpenFile.create(fresh);
        try {
            writeAll(next);
            next.sync();
            next.rename(file);
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

    private void writeAll(OpenFile target) throws IOException {
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

    private static void writeLine(OpenFile target, Map<String, String> entries) throws IOException {
        if (!entries.isEmpty()) {
            target.append(bytes(entries));
        }
    }

    private static byte[] bytes(Object line) throws IOException {
        byte[] json = JSON.writeValueAsBytes(line);
        byte[] bytes = Arrays.copyOf(json, json.length + 1);
        bytes[json.length] = '\n';
        return bytes;
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (out != null) {
                force();
                out.close();
                out = null;
            }
        } finally {
            writing.unlock();
            lock.close();
        }
    }
}
