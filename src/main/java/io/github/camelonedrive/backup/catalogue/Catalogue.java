package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

import io.github.camelonedrive.graph.NameFolding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only record of what happened to dumps, {@code YYYY-MM.jsonl} in a directory of the home: one JSON object a line,
 * each durable before the program relies on it. Several processes may append and read at a time; a line that a crash left
 * unfinished is skipped. The newest line is the one that was appended last, whatever the clock said.
 *
 * <p>Entries are not held in memory. An index of about 16 bytes a key finds the newest line about a file and about a path in
 * OneDrive; the line itself is read from disk. Beyond {@value #MOST_KEYS} keys of a kind the oldest are no longer found.
 * Safe for many threads.
 */
public final class Catalogue implements AutoCloseable {

    /** How many files in {@code .done/}, and how many paths in OneDrive, are found. */
    public static final int MOST_KEYS = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    private static final int OFFSET_BITS = 36;
    private static final int MOST_MONTHS = 1 << 48 - OFFSET_BITS;
    private static final int MOST_WATCHES = 10_000;

    private final MonthFiles files;
    private final InstantSource clock;
    private final int mostKeys;
    private final LineIndex inDone;
    private final LineIndex stored;
    private final Map<String, Instant> lastProven = new HashMap<>();
    /** By destination and drive; empty where no line says it. */
    private final Map<String, String> driveIds = new HashMap<>();
    private final List<YearMonth> months = new ArrayList<>();
    private final MessageDigest digest = sha256();
    private final byte[] salt = new byte[16];
    private FileTime directoryChanged;
    private long indexedTo;
    private boolean warnedOfUnreadable;
    private boolean warnedOfDropped;
    private boolean isComplete = true;

    private Catalogue(MonthFiles files, InstantSource clock, int mostKeys) {
        this.files = files;
        this.clock = clock;
        this.mostKeys = mostKeys;
        this.inDone = new LineIndex(mostKeys);
        this.stored = new LineIndex(mostKeys);
        new SecureRandom().nextBytes(salt);
    }

    /**
     * Opens the record and reads all of it once. Makes the directory if need be; the home must be there.
     *
     * @throws RecordUnreadableException when the directory or a file in it is unreadable, is a link, belongs to another user or
     *                                   can be written by others
     */
    public static Catalogue open(Path directory, InstantSource clock) throws RecordUnreadableException {
        return open(directory, clock, MOST_KEYS);
    }

    static Catalogue open(Path directory, InstantSource clock, int mostKeys) throws RecordUnreadableException {
        try {
            Catalogue catalogue = new Catalogue(MonthFiles.open(directory), clock, mostKeys);
            catalogue.catchUp();
            return catalogue;
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            throw new RecordUnreadableException(directory, cause);
        }
    }

    /**
     * Appends a line; it is durable when this returns.
     *
     * @throws IOException when it cannot be written; nothing is known of it then
     */
    public void append(CatalogueEntry entry) throws IOException {
        files.append(YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)), CatalogueLine.write(entry));
        synchronized (this) {
            catchUp();
        }
    }

    /**
     * Returns the newest entry about a file in {@code .done/}; empty when nothing is known of it, or it left.
     *
     * @param  donePath relative to {@code .done/}, with {@code /} between names
     * @throws UncheckedIOException when the record cannot be read
     */
    public synchronized Optional<CatalogueEntry> inDone(String watch, String donePath) {
        tryToCatchUp();
        return find(inDone, doneKey(watch, donePath), Catalogue::doneKey).map(Found::entry);
    }

    /**
     * Returns the newest entry about what this program stored at a path in OneDrive, in whatever spelling OneDrive takes for
     * the same.
     *
     * @param  driveId if not empty, what other destinations stored in that drive counts too
     * @throws RecordUnreadableException when the record cannot be read
     */
    public synchronized Optional<CatalogueEntry> stored(String destination, String drive, String driveId, String path)
            throws RecordUnreadableException {
        try {
            return newest(destination, drive, driveId, path);
        } catch (UncheckedIOException e) {
            throw new RecordUnreadableException(files.directory(), e.getCause());
        }
    }

    private Optional<CatalogueEntry> newest(String destination, String drive, String driveId, String path) {
        tryToCatchUp();
        Set<String> drives = new LinkedHashSet<>(Set.of(DriveIds.key(destination, drive)));
        if (!driveId.isEmpty()) {
            String id = DriveIds.spelling(driveId);
            driveIds.forEach((key, known) -> {
                if (known.equals(id)) {
                    drives.add(key);
                }
            });
        }
        return drives.stream()
                .flatMap(key -> find(stored, storedKey(key, path), Catalogue::storedKey).stream())
                .max(Comparator.comparingLong(Found::position)).map(Found::entry);
    }

    /** Returns the id of the drive that a destination leads to, as the newest proven upload or {@link #learnDriveId} named it. */
    synchronized Optional<String> driveId(String destination, String drive) {
        return Optional.ofNullable(driveIds.get(DriveIds.key(destination, drive))).filter(id -> !id.isEmpty());
    }

    /** Remembers the id of a drive until the next upload to it is recorded. */
    synchronized void learnDriveId(String destination, String drive, String id) {
        String key = DriveIds.key(destination, drive);
        if (driveIds.size() < MOST_WATCHES || driveIds.containsKey(key)) {
            driveIds.put(key, DriveIds.spelling(id));
        }
    }

    /** Returns whether something was stored at another destination. */
    synchronized boolean hasOtherThan(Set<String> destinations) {
        return driveIds.keySet().stream().anyMatch(key -> !destinations.contains(key.substring(0, key.indexOf('\0'))));
    }

    /** Returns whether each file in {@code .done/} is found. False for good once there were more than {@value #MOST_KEYS}. */
    public synchronized boolean isComplete() {
        return isComplete;
    }

    /** Returns the time of the watch's newest proven dump, as far as is known while the record cannot be read. */
    public synchronized Optional<Instant> lastProven(String watch) {
        try {
            catchUp();
        } catch (IOException e) {
            LOG.debug("The record of proven dumps cannot be read now: {}", e.toString());
        }
        return Optional.ofNullable(lastProven.get(watch));
    }

    /** Hands over all entries, oldest first. Damaged lines and unknown events are skipped, with one WARN. */
    public void read(Consumer<CatalogueEntry> reader) throws IOException {
        for (YearMonth month : files.months()) {
            files.read(month, 0, (position, buffer, start, length) ->
                    entry(buffer, start, length, month, position).ifPresent(reader));
        }
    }

    /** Returns the heap that the index uses, in bytes. */
    long indexBytes() {
        return inDone.bytes() + stored.bytes();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private interface KeyOfEntry {

        String of(CatalogueEntry entry);
    }

    private record Found(long position, CatalogueEntry entry) {
    }

    private Optional<Found> find(LineIndex index, String key, KeyOfEntry keyOf) {
        try {
            OptionalLong position = index.find(hash(key));
            return position.isEmpty() ? Optional.empty()
                    : entryAt(position.getAsLong()).filter(entry -> keyOf.of(entry).equals(key))
                            .map(entry -> new Found(position.getAsLong(), entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<CatalogueEntry> entryAt(long position) throws IOException {
        YearMonth month = months.get((int) (position >>> OFFSET_BITS));
        return files.line(month, position & (1L << OFFSET_BITS) - 1)
                .flatMap(line -> CatalogueLine.read(line, 0, line.length));
    }

    private void tryToCatchUp() {
        try {
            catchUp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds to the index what was appended since, by this process or another one. */
    private synchronized void catchUp() throws IOException {
        readNewLines();
        FileTime changed = files.changed();
        if (changed.equals(directoryChanged)) {
            return;
        }
        for (YearMonth month : files.months()) {
            if (months.isEmpty() || month.isAfter(months.get(months.size() - 1))) {
                // What came between the last look and the new file.
                readNewLines();
                if (months.size() == MOST_MONTHS) {
                    throw new IOException("The catalogue has more than " + MOST_MONTHS + " files");
                }
                months.add(month);
                indexedTo = 0;
                readNewLines();
            }
        }
        directoryChanged = changed;
    }

    private void readNewLines() throws IOException {
        if (months.isEmpty()) {
            return;
        }
        int number = months.size() - 1;
        YearMonth month = months.get(number);
        if (files.size(month) > indexedTo) {
            indexedTo = files.read(month, indexedTo, (position, buffer, start, length) ->
                    entry(buffer, start, length, month, position)
                            .ifPresent(entry -> index(entry, (long) number << OFFSET_BITS | position)));
        }
    }

    private void index(CatalogueEntry entry, long position) {
        if (entry.done().isPresent()) {
            long hash = hash(doneKey(entry));
            if (entry.event().inDone()) {
                isComplete &= !put(inDone, hash, position);
            } else {
                inDone.remove(hash);
            }
        }
        if (entry.event() == Event.PROVEN) {
            put(stored, hash(storedKey(entry)), position);
            if (!entry.driveId().isEmpty() || driveId(entry.destination(), entry.drive()).isEmpty()) {
                learnDriveId(entry.destination(), entry.drive(), entry.driveId());
            }
            if (lastProven.size() < MOST_WATCHES || lastProven.containsKey(entry.watch())) {
                lastProven.put(entry.watch(), entry.time());
            }
        }
    }

    /** Returns whether old keys had to be dropped. */
    private boolean put(LineIndex index, long hash, long position) {
        boolean dropped = index.put(hash, position);
        if (dropped && !warnedOfDropped) {
            warnedOfDropped = true;
            LOG.warn("The record of proven dumps in {} has more than {} entries: the oldest are no longer looked up. "
                    + "Set delete-after, so that .done does not grow without end.", files.directory(), mostKeys);
        }
        return dropped;
    }

    private Optional<CatalogueEntry> entry(byte[] buffer, int start, int length, YearMonth month, long position) {
        Optional<CatalogueEntry> entry = length < 0 ? Optional.empty() : CatalogueLine.read(buffer, start, length);
        if (entry.isEmpty() && length != 0) {
            warnOfUnreadable(month, position);
        }
        return entry;
    }

    private synchronized void warnOfUnreadable(YearMonth month, long position) {
        if (!warnedOfUnreadable) {
            warnedOfUnreadable = true;
            LOG.warn("A line of the record of proven dumps is skipped ({}/{}.jsonl, at byte {}): it is damaged, as after a "
                    + "crash or with a full disk, or was written by a newer version. Further ones are skipped silently.",
                    files.directory(), month, position);
        }
    }

    private static String doneKey(CatalogueEntry entry) {
        return doneKey(entry.watch(), entry.done().orElse(""));
    }

    private static String doneKey(String watch, String donePath) {
        return watch + '\0' + donePath;
    }

    private static String storedKey(CatalogueEntry entry) {
        return storedKey(DriveIds.key(entry.destination(), entry.drive()), entry.path());
    }

    private static String storedKey(String drive, String path) {
        return drive + '\0' + NameFolding.fold(path);
    }

    // Salted, so that nobody can choose names that make all lookups slow.
    private long hash(String key) {
        digest.update(salt);
        return ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
