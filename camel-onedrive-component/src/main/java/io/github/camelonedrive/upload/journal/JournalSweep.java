package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.transport.TimeSource;

/** Keeps a journal small: removes what can be of no use to anybody. Never what is held, and never what is not an entry. */
final class JournalSweep {

    /** Upload sessions live for seven days at most ({@code graph-contract.md} §4). */
    static final Duration MAX_AGE = Duration.ofDays(8);

    /** Making a file takes milliseconds; what is that old has lost its maker. */
    static final Duration MAX_AGE_OF_TEMPORARY = Duration.ofHours(1);

    static final Duration INTERVAL = Duration.ofHours(1);

    static final int MAX_ENTRIES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(JournalSweep.class);

    private final TimeSource time;
    private final AtomicReference<Long> last = new AtomicReference<>();

    JournalSweep(TimeSource time) {
        this.time = time;
    }

    private record Found(Path file, Instant lastModified) {
    }

    /** Sweeps at its first use, and then at most once an hour. A failure costs this sweep only. */
    void runIfDue(Path directory) {
        Long before = last.get();
        long now = time.nanoTime();
        boolean due = before == null || now - before >= INTERVAL.toNanos();
        if (!due || !last.compareAndSet(before, now)) {
            return;
        }
        try {
            removeOld(EntryNames.list(directory, EntryNames::isTemporary), MAX_AGE_OF_TEMPORARY);
            removeSurplus(directory, removeOld(EntryNames.list(directory, EntryNames::isEntry), MAX_AGE));
        } catch (IOException e) {
            LOG.debug("The upload journal {} was not swept: {}", directory, OwnerOnlyFiles.describe(e));
        }
    }

    /** @return what is left */
    private List<Found> removeOld(List<Path> files, Duration maxAge) throws IOException {
        Instant limit = time.now().minus(maxAge);
        List<Found> left = new ArrayList<>();
        for (Path file : files) {
            Optional<Found> found = found(file);
            if (found.isPresent() && !(found.get().lastModified.isBefore(limit) && remove(file))) {
                left.add(found.get());
            }
        }
        return left;
    }

    private void removeSurplus(Path directory, List<Found> entries) {
        int surplus = entries.size() - MAX_ENTRIES;
        if (surplus <= 0) {
            return;
        }
        List<Found> oldestFirst = new ArrayList<>(entries);
        oldestFirst.sort(Comparator.comparing(Found::lastModified));
        int removed = 0;
        for (int i = 0; i < oldestFirst.size() && removed < surplus; i++) {
            if (remove(oldestFirst.get(i).file)) {
                removed++;
            }
        }
        LOG.warn("The upload journal {} had more than {} entries of broken-off uploads; the {} oldest were removed. What they"
                + " left open on OneDrive stays open until it expires by itself.", directory, MAX_ENTRIES, removed);
    }

    /** @return whether it was removed; it was not when it is held, or can't be opened */
    private boolean remove(Path file) {
        try {
            Optional<HeldFile> held = HeldFile.tryHold(file, () -> { });
            if (held.isPresent()) {
                held.get().delete();
            }
            return held.isPresent();
        } catch (IOException e) {
            LOG.debug("{}", e.getMessage());
            return false;
        }
    }

    private static Optional<Found> found(Path file) throws IOException {
        try {
            return Optional.of(new Found(file, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
