package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.files.OwnerOnly;
import io.github.camelonedrive.files.OwnerOnlyFiles;

/**
 * The held dumps of a watch, one small file each, so that they are held over restarts and anyone can release one by deleting
 * its file. Beside them it notes the dumps whose hash differed once after an upload. Safe for many threads.
 */
public final class HeldDumps {

    private static final String HELD = ".json";
    private static final String MISMATCH = ".mismatch";
    private static final int MOST_BYTES = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path directory;
    private final InstantSource clock;
    private long[] known = new long[0];
    private FileTime listed;

    private HeldDumps(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Makes the directory of the watch if need be; the home must be there.
     *
     * @param  held of all watches
     * @throws BackupException when it cannot be read and written
     */
    public static HeldDumps open(Path held, String watch, InstantSource clock) throws BackupException {
        Path directory = held.resolve(watch);
        try {
            createDirectory(held);
            createDirectory(directory);
            HeldDumps dumps = new HeldDumps(directory, clock);
            dumps.deleteTemporaryFiles();
            dumps.list();
            return dumps;
        } catch (IOException e) {
            throw new BackupException(FailureKind.VAULT, "Cannot read the held dumps of the watch " + watch + " in " + directory
                    + ": " + OwnerOnlyFiles.describe(e) + ".", "Check the directory, which belongs to the home.", e);
        }
    }

    /** Holds a dump; durable when this returns. */
    public synchronized void hold(HeldDump dump) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("file", dump.file());
        json.put("size", dump.size());
        json.put("modified", dump.modified().toString());
        json.put("reason", dump.reason().name());
        json.put("problem", dump.problem());
        json.put("remedy", dump.remedy());
        json.put("since", dump.since().toString());
        json.put("attempts", dump.attempts());
        write(fileOf(dump.file(), HELD), json);
        list();
    }

    /**
     * Returns the dump if it is held. Reads a file only for a dump that is.
     *
     * @throws UncheckedIOException when the files cannot be read
     */
    public synchronized Optional<HeldDump> find(String file) {
        try {
            FileTime changed = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS);
            if (!changed.equals(listed)) {
                list();
            }
            if (known.length == 0 || Arrays.binarySearch(known, key(digest(file))) < 0) {
                return Optional.empty();
            }
            return read(fileOf(file, HELD)).filter(dump -> dump.file().equals(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Releases a dump, and forgets what was noted about it; nothing happens when it is not held. Returns whether it was. */
    public synchronized boolean release(String file) throws IOException {
        Files.deleteIfExists(fileOf(file, MISMATCH));
        boolean released = Files.deleteIfExists(fileOf(file, HELD));
        if (released) {
            list();
        }
        return released;
    }

    /**
     * Notes durably that what OneDrive stored differs from the dump.
     *
     * @return how often that was noted of this content: 1 for the first time
     */
    public synchronized int noteMismatch(String file, long size, Instant modified) throws IOException {
        Path note = fileOf(file, MISMATCH);
        int before = json(note).filter(json -> json.path("file").asText().equals(file) && json.path("size").asLong() == size
                && json.path("modified").asText().equals(modified.toString()))
                .map(json -> json.path("count").asInt()).orElse(0);
        ObjectNode json = JSON.createObjectNode();
        json.put("file", file);
        json.put("size", size);
        json.put("modified", modified.toString());
        json.put("count", before + 1);
        json.put("time", clock.instant().toString());
        write(note, json);
        return before + 1;
    }

    /** Returns how many dumps are held. */
    public synchronized long count() {
        try {
            list();
            return known.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands over all held dumps. */
    public void forEach(Consumer<HeldDump> reader) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + HELD)) {
            for (Path file : files) {
                read(file).ifPresent(reader);
            }
        }
    }

    // What is no such file is no held dump: one that somebody else put here, or that a crash of the system left empty.
    private static Optional<HeldDump> read(Path file) throws IOException {
        try {
            return json(file).map(json -> new HeldDump(json.path("file").asText(), json.path("size").asLong(),
                    Instant.parse(json.path("modified").asText()), HeldReason.valueOf(json.path("reason").asText()),
                    json.path("problem").asText(), json.path("remedy").asText(), Instant.parse(json.path("since").asText()),
                    json.path("attempts").asInt()));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> json(Path file) throws IOException {
        try {
            return Optional.ofNullable(JSON.readTree(OwnerOnlyFiles.read(file, MOST_BYTES)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        OwnerOnlyFiles.replace(file, JSON.writeValueAsBytes(json));
    }

    private void list() throws IOException {
        FileTime changed = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS);
        long[] found = new long[16];
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + HELD)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.matches("[0-9a-f]{32}\\.json")) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, count * 2);
                    }
                    found[count++] = HexFormat.fromHexDigitsToLong(name, 0, 16);
                }
            }
        }
        known = Arrays.copyOf(found, count);
        Arrays.sort(known);
        listed = changed;
    }

    // A crash may have left some. Another process may be about to rename a fresh one.
    private void deleteTemporaryFiles() throws IOException {
        Instant old = Instant.now().minus(Duration.ofHours(1));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + OwnerOnlyFiles.TEMPORARY)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, OwnerOnly.directory(directory));
        } catch (FileAlreadyExistsException e) {
            // the usual case
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(directory.toString(), null, "it is a link or a file, not a directory");
        }
    }

    private Path fileOf(String file, String suffix) {
        return directory.resolve(HexFormat.of().formatHex(digest(file), 0, 16) + suffix);
    }

    private static long key(byte[] digest) {
        return ByteBuffer.wrap(digest).getLong();
    }

    private static byte[] digest(String file) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
