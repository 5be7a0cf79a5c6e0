package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.catalogue.CatalogueEntry;
import io.github.camelonedrive.backup.catalogue.Event;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.files.DirectoryHandle;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the pushed dumps in {@code .done/} again and again: one that was still being written when it was taken goes back, one
 * that was damaged later is neither uploaded nor deleted, and those that were kept long enough are deleted.
 */
final class DoneDumps {

    /** A file that changes so soon after its proof was not complete; later it is damage, which must not replace a backup. */
    static final Duration MAY_STILL_BE_WRITTEN = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(DoneDumps.class);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(500);
    private static final int PAUSE_PER_ROUND = 20;
    private static final int MOST_CHANGED = 1_000;

    private record Changed(FileState state, Instant since) {
    }

    private record Report(TroubleKind kind, String about) {
    }

    private final WatchSettings settings;
    private final Subject subject;
    private final DropDirectory drop;
    private final Catalogue catalogue;
    private final Troubles troubles;
    private final DumpListener listener;
    private final WatchClock clock;
    private final OpenFiles openFiles;
    private final Map<Path, Changed> changed = new HashMap<>();
    private Set<Report> reported = new HashSet<>();
    private Instant nextRound;

    DoneDumps(WatchSettings settings, DropDirectory drop, WatchEnvironment environment) {
        this.settings = settings;
        this.subject = new Subject.Watch(settings.name());
        this.drop = drop;
        this.catalogue = environment.catalogue();
        this.troubles = environment.troubles();
        this.listener = environment.listener();
        this.clock = environment.clock();
        this.openFiles = environment.openFiles();
        this.nextRound = clock.steady().instant();
    }

    /** Returns how often a round is worth it. */
    Duration interval() {
        Duration keep = settings.deleteAfter().map(this::keep).orElse(LONGEST_INTERVAL);
        Duration quiet = settings.quietPeriod();
        Duration shorter = keep.compareTo(quiet) < 0 ? keep : quiet;
        if (shorter.compareTo(SHORTEST_INTERVAL) < 0) {
            return SHORTEST_INTERVAL;
        }
        return shorter.compareTo(LONGEST_INTERVAL) < 0 ? shorter : LONGEST_INTERVAL;
    }

    /** A round over all of them, unless the last one was so long that it is too soon. Trouble does not end the rounds. */
    void look() {
        Instant start = clock.steady().instant();
        if (nextRound.isAfter(start)) {
            return;
        }
        Round round = new Round();
        try (DirectoryHandle top = drop.handle(); DirectoryHandle done = top.open(DropDirectory.DONE)) {
            round.directory(done, Path.of(""));
            changed.keySet().retainAll(round.seen);
        } catch (NoSuchFileException | DropDirectory.DirectoryReplacedException e) {
            LOG.debug("{}: {} is not there to be looked at: {}", settings.name(), DropDirectory.DONE, e.toString());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            round.unusable(Path.of(""), e);
        }
        round.end();
        Instant end = clock.steady().instant();
        nextRound = end.plus(Duration.between(start, end).multipliedBy(PAUSE_PER_ROUND));
    }

    private final class Round {

        private final Set<Path> seen = new HashSet<>();
        private final Set<Report> reports = new HashSet<>();

        /** Ends the reports of earlier rounds that this one did not repeat. */
        void end() {
            reported.removeAll(reports);
            reported.forEach(over -> troubles.end(over.kind(), subject, over.about()));
            reported = reports;
        }

        void report(TroubleKind kind, Path file, String problem, String remedy) {
            if (reports.size() < MOST_CHANGED) {
                reports.add(new Report(kind, about(file)));
                troubles.begin(kind, subject, about(file), problem, remedy);
            }
        }

        void unusable(Path file, Throwable reason) {
            report(TroubleKind.DONE_UNREADABLE, file, about(file) + " cannot be looked at: " + Failures.message(reason),
                    "Check its permissions and its file system.");
        }

        void directory(DirectoryHandle handle, Path relative) throws IOException {
            for (Path name : handle.names()) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                if (DumpNames.isHidden(name)) {
                    deleteLeftover(handle, name);
                    continue;
                }
                Path file = relative.resolve(name);
                try {
                    entry(handle, name, file);
                } catch (NoSuchFileException e) {
                    // It was moved or deleted since the names were read.
                } catch (IOException | DirectoryIteratorException e) {
                    unusable(file, e);
                }
            }
        }

        private void entry(DirectoryHandle handle, Path name, Path file) throws IOException {
            BasicFileAttributes attributes = handle.attributes(name);
            if (!DumpNames.isReadable(name)) {
                return;
            }
            if (attributes.isDirectory() && file.getNameCount() <= DirectoryScan.DEEPEST) {
                try (DirectoryHandle below = handle.open(name)) {
                    directory(below, file);
                }
            } else if (attributes.isRegularFile()) {
                file(file, FileState.of(attributes, attributes.lastModifiedTime()));
            }
        }

        private void file(Path file, FileState state) throws IOException {
            CatalogueEntry entry = catalogue.inDone(settings.name(), DumpPath.remote(file)).orElse(null);
            if (entry == null && !catalogue.isComplete()) {
                // Its line is no longer found; another one would push out the next.
                return;
            }
            if (entry == null) {
                catalogue.append(CatalogueEntry.found(clock.wall().instant(), settings.name(), DumpPath.remote(file),
                        state.size(), state.modified().toInstant()));
            } else if (state.size() != entry.size() || !state.modified().toInstant().equals(entry.modified())) {
                seen.add(file);
                differs(this, file, state, entry);
            } else if (entry.event() == Event.CHANGED_LATER) {
                reportDamage(this, file, entry);
            } else {
                deleteIfKeptLongEnough(file, state, entry);
            }
        }
    }

    private static String about(Path file) {
        return DropDirectory.DONE.resolve(file).toString();
    }

    // Of a copy from another file system that a killed process did not finish; one in progress has a new time.
    private void deleteLeftover(DirectoryHandle handle, Path name) throws IOException {
        if (name.toString().startsWith(DirectoryHandle.PART_PREFIX) && handle.attributes(name).lastModifiedTime().toInstant()
                .plus(MAY_STILL_BE_WRITTEN).isBefore(clock.wall().instant())) {
            handle.delete(name);
        }
    }

    private void differs(Round round, Path file, FileState state, CatalogueEntry entry) throws IOException {
        Instant now = clock.steady().instant();
        Changed before = changed.get(file);
        if (before == null || !before.state().standsStill(state)) {
            if (before != null || changed.size() < MOST_CHANGED) {
                changed.put(file, new Changed(state, now));
            }
            return;
        }
        if (before.since().plus(settings.quietPeriod()).isAfter(now) || isOpen(file, state)) {
            return;
        }
        changed.remove(file);
        if (entry.event() == Event.FOUND) {
            catalogue.append(CatalogueEntry.found(entry.time(), settings.name(), DumpPath.remote(file), state.size(),
                    state.modified().toInstant()));
        } else if (hash(file).equals(entry.quickXorHash())) {
            catalogue.append(looking(entry, Event.SEEN, state));
        } else if (state.size() >= settings.minSize() && isRecent(entry) && isLatest(entry)) {
            putBack(file, entry);
        } else {
            CatalogueEntry damaged = looking(entry, Event.CHANGED_LATER, state);
            catalogue.append(damaged);
            reportDamage(round, file, damaged);
        }
    }

    // The time stays that of the proof, from which ages are counted.
    private static CatalogueEntry looking(CatalogueEntry entry, Event event, FileState state) {
        return new CatalogueEntry(event, entry.time(), entry.watch(), entry.file(), state.size(), state.modified().toInstant(),
                entry.quickXorHash(), entry.destination(), entry.drive(), entry.driveId(), entry.path(), entry.itemId(),
                entry.eTag(), entry.sentSize(), entry.done());
    }

    private boolean isRecent(CatalogueEntry entry) {
        return entry.event() != Event.CHANGED_LATER
                && !entry.time().plus(MAY_STILL_BE_WRITTEN).isBefore(clock.wall().instant());
    }

    // An older dump that changed must not replace a newer one of its name.
    private boolean isLatest(CatalogueEntry entry) throws IOException {
        return catalogue.stored(entry.destination(), entry.drive(), entry.driveId(), entry.path())
                .map(latest -> latest.time().equals(entry.time())).orElse(true);
    }

    private boolean isOpen(Path file, FileState state) {
        return !state.key().isEmpty() && !openFiles.writers(Map.of(state.key(), file.getFileName())).isEmpty();
    }

    private String hash(Path file) throws IOException {
        try (FileChannel content = drop.read(DropDirectory.DONE.resolve(file))) {
            return LocalHash.of(content);
        }
    }

    private void putBack(Path file, CatalogueEntry entry) throws IOException {
        Path target = drop.moveBack(DropDirectory.DONE, file, Path.of(entry.file()));
        catalogue.append(entry.with(Event.RETURNED, clock.wall().instant()));
        listener.on(new DumpEvent.Returned(settings.name(), target));
    }

    private void reportDamage(Round round, Path file, CatalogueEntry entry) {
        round.report(TroubleKind.DUMP_CHANGED_LATER, file, about(file) + " is no longer what was proven at " + entry.time() + ". OneDrive has the proven content as " + entry.path()
                + "; this file is neither uploaded nor deleted.",
                "If the file is right, move it to " + drop.root() + "; else delete it.");
    }

    private void deleteIfKeptLongEnough(Path file, FileState state, CatalogueEntry entry) throws IOException {
        if (settings.deleteAfter().isEmpty()) {
            return;
        }
        Duration keep = keep(settings.deleteAfter().get());
        if (!entry.time().plus(keep).isAfter(clock.wall().instant()) && !isOpen(file, state)) {
            drop.delete(DropDirectory.DONE.resolve(file));
            catalogue.append(entry.with(Event.DELETED, clock.wall().instant()));
            LOG.info("{}: {} was deleted from {} after {}.", settings.name(), file, DropDirectory.DONE, keep);
        }
    }

    // What was taken while it was still open somewhere must have the time to show that it changes.
    private Duration keep(Duration deleteAfter) {
        return deleteAfter.compareTo(settings.quietPeriod()) < 0 ? settings.quietPeriod() : deleteAfter;
    }
}
