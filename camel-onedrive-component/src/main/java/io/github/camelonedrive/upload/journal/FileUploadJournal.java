package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.transport.TimeSource;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadIdentity;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UrlSealer;
import io.github.camelonedrive.upload.journal.EntryFormat.Unusable;

/**
 * A journal in a directory: one file of mode 600 per upload, locked by the operating system as long as its upload lives
 * ({@code docs/security.md} has the format). Any number of journals, of any number of processes of one machine, may share a
 * directory, by whatever path they call it; applications of one process that each bring this class along may not.
 *
 * <p>Cleans itself: about once an hour it removes entries that were not written for 8 days, which is longer than OneDrive
 * keeps a session, and the oldest beyond 10,000.
 */
public final class FileUploadJournal implements UploadJournal {

    /** {@link #claimAbandoned} gives at most so many at once: each is an open file. */
    static final int MAX_ABANDONED = 100;

    /** Far above any real entry; keeps a damaged directory from filling the memory. */
    private static final int MAX_LENGTH = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(FileUploadJournal.class);

    /**
     * Held while an entry is held only to look at it, so that whoever comes to claim it does not take it for a living one. For
     * lookers in other processes there is a lock on the file.
     */
    private static final ReentrantLock LOOKING = new ReentrantLock();

    /** How long to wait for another process that looks at an entry: microseconds, but for a disk that stalls. */
    private static final Duration PATIENCE = Duration.ofMillis(10);
    private static final int ATTEMPTS = 1_000;

    private final Path directory;
    private final UrlSealer sealer;
    private final TimeSource time;
    private final JournalSweep sweep;
    private final SecureRandom random = new SecureRandom();
    private final Set<Path> warnedOf = ConcurrentHashMap.newKeySet();

    /** @param directory made with mode 700 when it is missing, as soon as there is something to write */
    public FileUploadJournal(Path directory, UrlSealer sealer) {
        this(directory, sealer, TimeSource.SYSTEM);
    }

    FileUploadJournal(Path directory, UrlSealer sealer, TimeSource time) {
        this.directory = directory.toAbsolutePath().normalize();
        this.sealer = Objects.requireNonNull(sealer);
        this.time = Objects.requireNonNull(time);
        this.sweep = new JournalSweep(time);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A damaged entry is removed with a warning; one of another program version is left where it is.
     */
    @Override
    public List<JournalEntry> claim(UploadKey key) throws IOException {
        String prefix = key.fingerprint();
        List<JournalEntry> claimed = new ArrayList<>();
        List<Path> undecided = take(list(name -> name.startsWith(prefix)), claimed);
        for (int attempt = 1; !undecided.isEmpty() && attempt < ATTEMPTS && pause(); attempt++) {
            undecided = take(undecided, claimed);
        }
        return claimed;
    }

    /**
     * {@inheritDoc}
     *
     * <p>An upload whose source is no file counts as abandoned when nothing was written to its entry for 24 hours. Gives at
     * most 100 entries; when those are forgotten, there may be more.
     */
    @Override
    public List<JournalEntry> claimAbandoned(String destination, String drive) throws IOException {
        List<JournalEntry> claimed = new ArrayList<>();
        try {
            for (Path file : list(name -> true)) {
                if (claimed.size() < MAX_ABANDONED) {
                    hold(file, () -> { }, loaded -> loaded.goesTo(destination, drive) && loaded.isAbandoned(time))
                            .ifPresent(claimed::add);
                }
            }
            return claimed;
        } catch (IOException | RuntimeException e) {
            letGo(claimed, e);
            throw e;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Nothing is forced to disk yet: an entry that a power cut takes before {@link JournalEntry#opening} announces nothing.
     */
    @Override
    public JournalEntry begin(UploadKey key, UploadIdentity identity) throws IOException {
        Path file = makeDirectory().resolve(EntryNames.next(key, random));
        byte[] content = EntryFormat.begin(key, identity);
        HeldFile held = HeldFile.create(file, content);
        return new FileJournalEntry(held,
                new EntryFormat.Content(key, JournalTrace.begun(identity), content.length, 0, false), sealer,
                time);
    }

    /** {@inheritDoc} */
    @Override
    public int underWay(UploadKey key) throws IOException {
        String prefix = key.fingerprint();
        int held = 0;
        for (Path file : list(name -> name.startsWith(prefix))) {
            LOOKING.lock();
            try {
                Optional<HeldFile> free = tryHold(file, () -> { });
                if (free.isPresent()) {
                    free.get().close();
                } else if (Files.exists(file)) {
                    held++;
                }
            } finally {
                LOOKING.unlock();
            }
        }
        return held;
    }

    private Path makeDirectory() throws IOException {
        try {
            OwnerOnlyFiles.createDirectories(directory);
            Path real = directory.toRealPath();
            sweep.runIfDue(real);
            return real;
        } catch (IOException e) {
            throw new IOException("The upload journal's directory " + directory + " can't be made ("
                    + OwnerOnlyFiles.describe(e) + ").", e);
        }
    }

    /** Entries by their real path, by which they are held; none when there is no directory. */
    private List<Path> list(Predicate<String> wanted) throws IOException {
        try {
            Path real = directory.toRealPath();
            sweep.runIfDue(real);
            return EntryNames.list(real, name -> wanted.test(name) && EntryNames.isEntry(name));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new IOException("The upload journal " + directory + " can't be read (" + OwnerOnlyFiles.describe(e) + ").",
                    e);
        }
    }

    /** @return what another process is looking at */
    private List<Path> take(List<Path> files, List<JournalEntry> claimed) throws IOException {
        List<Path> undecided = new ArrayList<>();
        try {
            for (Path file : files) {
                hold(file, () -> undecided.add(file), loaded -> true).ifPresent(claimed::add);
            }
            return undecided;
        } catch (IOException | RuntimeException e) {
            letGo(claimed, e);
            throw e;
        }
    }

    /** @return false when the thread is interrupted, which shall not wait any more */
    private boolean pause() {
        try {
            time.sleep(PATIENCE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The entry, if nobody has it, it can be used, and it is as wanted; else it is left as it was. */
    private Optional<JournalEntry> hold(Path file, Runnable undecided, Predicate<Loaded> wanted) throws IOException {
        LOOKING.lock();
        try {
            Optional<HeldFile> held = tryHold(file, undecided);
            if (held.isEmpty()) {
                return Optional.empty();
            }
            boolean kept = false;
            try {
                Optional<Loaded> loaded = load(held.get()).filter(wanted);
                if (loaded.isPresent()) {
                    held.get().keep();
                    kept = true;
                }
                return loaded.map(entry -> new FileJournalEntry(entry.file, entry.content, sealer, time));
            } finally {
                if (!kept) {
                    held.get().close();
                }
            }
        } finally {
            LOOKING.unlock();
        }
    }

    private Optional<HeldFile> tryHold(Path file, Runnable undecided) {
        try {
            return HeldFile.tryHold(file, undecided);
        } catch (IOException e) {
            warnOnce(file, e.getMessage() + " It is left alone. Check the file's owner and permissions.");
            return Optional.empty();
        }
    }

    private Optional<Loaded> load(HeldFile held) throws IOException {
        byte[] bytes;
        try {
            bytes = held.read(MAX_LENGTH);
        } catch (IOException e) {
            warnOnce(held.path(), e.getMessage() + " It is left alone.");
            return Optional.empty();
        }
        try {
            EntryFormat.Content content = EntryFormat.read(bytes, held.path().getFileName().toString(), sealer);
            if (content.lastLost()) {
                warnOnce(held.path(), "The last record of the upload journal's entry " + held.path() + " is damaged and is not"
                        + " used. What it said is lost: an upload session may stay open until OneDrive ends it.");
            }
            return Optional.of(new Loaded(held, content));
        } catch (Unusable e) {
            dispose(held, e);
            return Optional.empty();
        }
    }

    private void dispose(HeldFile held, Unusable why) throws IOException {
        switch (why.kind()) {
            case NOTHING -> held.delete();
            case DAMAGED -> {
                held.delete();
                LOG.warn("The upload journal's entry {} is damaged ({}) and was removed. If its upload had begun, a session may"
                        + " stay open on OneDrive until it expires by itself, after some days.", held.path(), why.getMessage());
            }
            case UNKNOWN_VERSION -> warnOnce(held.path(), "The upload journal's entry " + held.path() + " can't be used: "
                    + why.getMessage() + ". It is left alone; the version of the program that wrote it can go on with it.");
        }
    }

    private void warnOnce(Path file, String message) {
        if (warnedOf.add(file)) {
            LOG.warn("{}", message);
        }
    }

    private static void letGo(List<JournalEntry> claimed, Exception why) {
        for (JournalEntry entry : claimed) {
            try {
                entry.close();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    @Override
    public String toString() {
        return "FileUploadJournal(" + directory + ")";
    }

    /** An entry that is held, and what it holds. */
    private record Loaded(HeldFile file, EntryFormat.Content content) {

        boolean goesTo(String destination, String drive) {
            return content.key().destination().equals(destination) && content.key().drive().equals(drive);
        }

        boolean isAbandoned(TimeSource time) {
            Instant now = time.now();
            return Abandonment.isAbandoned(content.trace().identity(), file.lastModified(now), now);
        }
    }
}
