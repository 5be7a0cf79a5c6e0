package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
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
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.files.OwnerOnly;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.files.UnsafeFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The held dumps of a watch, one small file each, so that they are held over restarts and anyone can release one by deleting
 * its file. Beside them it notes the dumps whose hash differed once after an upload. Safe for many threads.
 */
public final class HeldDumps {

    private static final Logger LOG = LoggerFactory.getLogger(HeldDumps.class);
    private static final String HELD = ".json";
    private static final String MISMATCH = ".mismatch";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}\\.json");
    private static final Duration COARSEST_TIME = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path directory;
    private final InstantSource clock;
    private final Path held;

    // The first 8 bytes of the names of the files, sorted.
    private long[] known = new long[0];
    private int count;
    private FileTime listed;
    private Instant listedAt = Instant.MIN;
    private boolean isCertain;
    private boolean isOwnChange;
    private boolean warned;

    private HeldDumps(Path held, String watch, InstantSource clock) {
        this.held = held;
        this.directory = held.resolve(watch);
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
            HeldDumps dumps = new HeldDumps(held, watch, clock);
            dumps.createDirectories();
            dumps.deleteTemporaryFiles();
            dumps.list(dumps.changed());
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
        int index = index(dump.file());
        if (index < 0) {
            insert(-1 - index, key(digest(dump.file())));
        }
    }

    /**
     * Returns the dump if it is held; also if the file that says so cannot be read, with a problem that names it. Reads a file
     * only for a dump that is held.
     */
    public synchronized Optional<HeldDump> find(String file) {
        refresh();
        if (count == 0 || index(file) < 0) {
            return Optional.empty();
        }
        Path record = fileOf(file, HELD);
        try {
            HeldDump dump = read(record);
            return Optional.of(dump.file().equals(file) ? dump : unreadable(file, record, "it is about " + dump.file()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(unreadable(file, record, OwnerOnlyFiles.describe(e)));
        }
    }

    private HeldDump unreadable(String file, Path record, String reason) {
        return new HeldDump(file, 0, Instant.EPOCH, HeldReason.UNREADABLE_RECORD, "It is held, but why is unknown: its record "
                + record + " cannot be read: " + reason + ".", "Delete that file to have the dump tried again. If only its owner"
                + " or its mode is wrong, correct that: mode 600.", clock.instant(), 0);
    }

    /** Releases a dump, and forgets what was noted about it; nothing happens when it is not held. Returns whether it was. */
    public synchronized boolean release(String file) throws IOException {
        boolean isCurrent = isCurrent();
        boolean forgotten = Files.deleteIfExists(fileOf(file, MISMATCH));
        boolean released = Files.deleteIfExists(fileOf(file, HELD));
        int index = released ? index(file) : -1;
        if (index >= 0) {
            count--;
            System.arraycopy(known, index + 1, known, index, count - index);
        }
        if (isCurrent && (forgotten || released)) {
            noteOwnChange();
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
        int before = noted(note).filter(json -> json.path("file").asText().equals(file) && json.path("size").asLong() == size
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
        refresh();
        return count;
    }

    /** Hands over all held dumps whose files can be read. */
    public void forEach(Consumer<HeldDump> reader) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + HELD)) {
            for (Path file : files) {
                readIfUsable(file).ifPresent(reader);
            }
        } catch (NoSuchFileException e) {
            // The directory is gone, so nothing is held.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static Optional<HeldDump> readIfUsable(Path file) {
        try {
            return Optional.of(read(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** @throws IOException if the file is missing, belongs to another user, is open to others or is not such a record */
    private static HeldDump read(Path file) throws IOException {
        JsonNode json = json(file);
        try {
            return new HeldDump(json.path("file").asText(), json.path("size").asLong(),
                    Instant.parse(json.path("modified").asText()), HeldReason.valueOf(json.path("reason").asText()),
                    json.path("problem").asText(), json.path("remedy").asText(), Instant.parse(json.path("since").asText()),
                    json.path("attempts").asInt());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw damaged(file, e);
        }
    }

    // An unusable note counts as none; the next one replaces it.
    private static Optional<JsonNode> noted(Path note) throws IOException {
        try {
            return Optional.of(json(note));
        } catch (NoSuchFileException | UnsafeFileException | DamagedFileException e) {
            return Optional.empty();
        }
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return JSON.readTree(OwnerOnlyFiles.read(file, MOST_BYTES));
        } catch (JsonProcessingException e) {
            throw damaged(file, e);
        }
    }

    private static DamagedFileException damaged(Path file, Exception cause) {
        DamagedFileException damaged = new DamagedFileException(file);
        damaged.initCause(cause);
        return damaged;
    }

    private static final class DamagedFileException extends FileSystemException {

        private static final long serialVersionUID = 1L;

        DamagedFileException(Path file) {
            super(file.toString(), null, "it is damaged, or was written by a newer version");
        }
    }

    private void write(Path file, ObjectNode json) throws IOException {
        createDirectories();
        boolean isCurrent = isCurrent();
        OwnerOnlyFiles.replace(file, JSON.writeValueAsBytes(json));
        if (isCurrent) {
            noteOwnChange();
        }
    }

    private int index(String file) {
        return Arrays.binarySearch(known, 0, count, key(digest(file)));
    }

    private void insert(int index, long key) {
        if (count == known.length) {
            known = Arrays.copyOf(known, Math.max(16, count + count / 2));
        }
        System.arraycopy(known, index, known, index + 1, count - index);
        known[index] = key;
        count++;
    }

    /**
     * Lists the directory again if somebody else changed it. Its time alone does not show that: it is as coarse as some seconds
     * in some file systems, and own changes set it too. So it only counts once it has been the same for that long.
     */
    private void refresh() {
        try {
            FileTime changed = changed();
            if (!changed.equals(listed)) {
                list(changed);
            } else if (!isCertain && Duration.between(listedAt, clock.instant()).abs().compareTo(COARSEST_TIME) >= 0) {
                boolean isSettled = !isOwnChange;
                list(changed);
                isCertain = isSettled;
            }
            warned = false;
        } catch (NoSuchFileException e) {
            count = 0;
            listed = null;
        } catch (IOException e) {
            warnOnce(e);
        }
    }

    private void warnOnce(IOException e) {
        if (!warned) {
            warned = true;
            LOG.warn("Cannot look which dumps are held in {}: {}. Those that were held before still are.", directory,
                    OwnerOnlyFiles.describe(e));
        }
    }

    private void list(FileTime changed) throws IOException {
        LongStream.Builder found = LongStream.builder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + HELD)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (NAME.matcher(name).matches()) {
                    found.add(HexFormat.fromHexDigitsToLong(name, 0, 16));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        known = found.build().sorted().toArray();
        count = known.length;
        listed = changed;
        listedAt = clock.instant();
        isCertain = false;
        isOwnChange = false;
    }

    private FileTime changed() throws IOException {
        return Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isCurrent() {
        try {
            return changed().equals(listed);
        } catch (IOException e) {
            return false;
        }
    }

    /** Spares listing the directory again, if nobody else had changed it before. */
    private void noteOwnChange() throws IOException {
        listed = changed();
        isCertain = false;
        isOwnChange = true;
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

    private void createDirectories() throws IOException {
        createDirectory(held);
        createDirectory(directory);
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
