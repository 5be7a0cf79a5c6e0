package io.github.camelonedrive.backup.watch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.camelonedrive.backup.catalogue.HeldDump;
import io.github.camelonedrive.backup.catalogue.HeldDumps;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import org.apache.camel.component.file.GenericFileProcessStrategy;

/**
 * A watched directory: finds the dumps in it that are complete, hands over a bounded number at a time, and decides what becomes
 * of each. Polled by {@link WatchFileComponent}.
 */
public final class Watch {

    /** So many dumps of one watch are handed over at a time; the others are taken at later polls. */
    static final int MOST_IN_HAND = 100;

    // A pass over 100,000 files takes a second; this keeps it to a tenth of the time.
    private static final int PAUSE_PER_PASS = 10;
    private static final int MOST_LOOKED_AT = 10 * MOST_IN_HAND;
    private static final Duration OPEN_CHECK = Duration.ofSeconds(5);
    private static final Duration SHORTEST_OPEN_CHECK = Duration.ofSeconds(1);

    private final WatchSettings settings;
    private final Subject subject;
    private final DropDirectory drop;
    private final Backlog backlog;
    private final DirectoryScan scan;
    private final SlowFiles slow;
    private final OpenFiles openFiles;
    private final HeldDumps held;
    private final Troubles troubles;
    private final DumpListener listener;
    private final DumpCompletion completion;
    private final Function<DumpFile, DumpGuard> guards;
    private final DumpProcessStrategy processStrategy;
    private final DoneDumps done;
    private final WatchClock clock;
    private final WatchEnvironment environment;
    private final Instant started;
    private Instant nextPass;
    private volatile Instant lastPoll;
    private volatile long waiting;
    private volatile long heldCount;

    private Watch(WatchSettings settings, DropDirectory drop, HeldDumps held, WatchEnvironment environment) {
        this.settings = settings;
        this.subject = new Subject.Watch(settings.name());
        this.drop = drop;
        this.held = held;
        this.environment = environment;
        this.clock = environment.clock();
        this.troubles = environment.troubles();
        this.listener = environment.listener();
        this.openFiles = environment.openFiles();
        this.backlog = new Backlog(settings.quietPeriod());
        this.scan = new DirectoryScan(settings, drop, new DumpNames(settings));
        this.slow = new SlowFiles(settings, troubles);
        this.completion = new DumpCompletion(settings, drop, backlog, held, environment);
        this.guards = dump -> new DumpGuard(settings, environment, dump);
        this.processStrategy = new DumpProcessStrategy(this, completion);
        this.done = new DoneDumps(settings, drop, environment);
        this.started = clock.wall().instant();
        this.lastPoll = clock.steady().instant();
        this.nextPass = clock.steady().instant();
    }

    /**
     * @param  user who runs this
     * @throws BackupException if the directory is missing or unsafe
     */
    public static Watch open(WatchSettings settings, UserPrincipal user, WatchEnvironment environment) throws BackupException {
        DropDirectory drop = DropDirectory.open(settings.name(), settings.directory(), user, environment.clock().wall());
        HeldDumps held = HeldDumps.open(environment.heldDirectory(), settings.name(), environment.clock().wall());
        return new Watch(settings, drop, held, environment);
    }

    public WatchSettings settings() {
        return settings;
    }

    /** Returns the watched directory, absolute, links resolved. */
    public Path directory() {
        return drop.root();
    }

    /** Returns what decides about a dump after its upload or failure: the {@code processStrategy} of its route. */
    public GenericFileProcessStrategy<File> processStrategy() {
        return processStrategy;
    }

    /** @param uploads how many uploads the route makes of every dump; if it fails before the last one, the dump is not done */
    public void setUploads(int uploads) {
        processStrategy.setUploads(uploads);
    }

    /** @param throttled for how long OneDrive asks for no requests to the destination; no dump is tried again before */
    public void setThrottled(Supplier<Optional<Duration>> throttled) {
        completion.setThrottled(throttled);
    }

    /** Has failures from now on count as those of a program that stops: nothing is reported, the next start goes on. */
    public void stop() {
        completion.stop();
    }

    /** Returns how the watch is doing. Does no work. */
    public WatchStatus status() {
        Optional<Instant> oldest = backlog.all().stream().map(Backlog.Candidate::firstSeen).min(Instant::compareTo);
        return new WatchStatus(lastPoll, waiting, oldest, heldCount, environment.catalogue().lastProven(settings.name()));
    }

    /** Returns dumps that are complete and due, which are in hand from now on. Reports what is wrong with the directory. */
    List<DumpFile> poll() {
        Instant now = clock.steady().instant();
        List<DumpFile> dumps = List.of();
        try {
            if (!nextPass.isAfter(now)) {
                pass(now);
                Instant end = clock.steady().instant();
                nextPass = end.plus(Duration.between(now, end).multipliedBy(PAUSE_PER_PASS));
            }
            dumps = take(now);
            directoryWorks();
        } catch (IOException | UncheckedIOException e) {
            directoryFails(e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e);
        }
        lastPoll = clock.steady().instant();
        return dumps;
    }

    /** Reports a poll that failed in a way that nobody foresaw; the next one is tried all the same. */
    void pollFailed(Throwable failure) {
        troubles.begin(TroubleKind.POLL_FAILED, subject, "", "A poll of " + drop.root() + " failed: " + Failures.message(failure),
                "It is tried again. If it lasts, report it with the log at -v.");
    }

    private void directoryWorks() throws IOException {
        boolean sameDirectory = drop.isWhereTheSettingsSay();
        drop.handle().close();
        troubles.end(TroubleKind.POLL_FAILED, subject, "");
        troubles.end(TroubleKind.DIRECTORY_GONE, subject, "");
        troubles.end(TroubleKind.DIRECTORY_UNREADABLE, subject, "");
        if (sameDirectory) {
            troubles.end(TroubleKind.DIRECTORY_REPLACED, subject, "");
        } else {
            troubles.begin(TroubleKind.DIRECTORY_REPLACED, subject, "", settings.directory() + " leads to another directory now;"
                    + " dumps there are not taken. Watched is " + drop.root() + ".",
                    "Restart to watch the new one, or point the link back.");
        }
    }

    private void directoryFails(IOException e) {
        if (e instanceof DropDirectory.DirectoryReplacedException) {
            troubles.begin(TroubleKind.DIRECTORY_REPLACED, subject, "", e.getMessage() + ". Nothing is taken from it.",
                    "If a file system was mounted there, mount it again; else restart to begin with this directory.");
        } else if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            troubles.begin(TroubleKind.DIRECTORY_GONE, subject, "", "The directory " + settings.directory() + " is gone.",
                    "Put it back, or mount its file system.");
        } else {
            troubles.begin(TroubleKind.DIRECTORY_UNREADABLE, subject, "", "The directory " + settings.directory()
                    + " cannot be read: " + (e instanceof AccessDeniedException ? "no permission." : Failures.message(e)),
                    "Check its permissions and its file system.");
        }
    }

    private void pass(Instant now) throws IOException {
        Census census = new Census(now);
        backlog.beginPass();
        scan.run(census);
        backlog.endPass(now);
        slow.endPass(backlog, now);
        waiting = census.waiting;
        heldCount = census.held;
    }

    /** Sorts what a pass finds. */
    private final class Census implements DirectoryScan.Visitor {

        private final Instant now;
        private long waiting;
        private long held;

        Census(Instant now) {
            this.now = now;
        }

        @Override
        public void file(DumpPath path, FileState state) throws IOException {
            if (state.size() < settings.minSize()) {
                slow.tooSmall(path, state.size(), now);
                return;
            }
            waiting++;
            if (isHeld(path, state)) {
                held++;
            } else {
                backlog.seen(path, state, now);
            }
        }

        private boolean isHeld(DumpPath path, FileState state) throws IOException {
            Optional<HeldDump> dump = Watch.this.held.find(path.remote());
            if (dump.isEmpty()) {
                return false;
            }
            if (dump.get().isSameContent(state.size(), state.modified().toInstant())) {
                if (dump.get().since().isBefore(started)) {
                    slow.report(TroubleKind.DUMP_HELD, path, dump.get().problem(), dump.get().remedy());
                } else {
                    slow.note(TroubleKind.DUMP_HELD, path, dump.get().problem(), dump.get().remedy());
                }
                return true;
            }
            Watch.this.held.release(path.remote());
            return false;
        }

        @Override
        public void unusable(Path shown, IOException reason, boolean directory) {
            slow.report(directory ? TroubleKind.SUBDIRECTORY_UNREADABLE : TroubleKind.DUMP_UNREADABLE, DumpPath.of(shown),
                    shown + " cannot be looked at: " + (reason instanceof AccessDeniedException ? "no permission."
                            : Failures.message(reason)), "Check its permissions.");
        }

        @Override
        public void unreadableName(Path shown) {
            slow.report(TroubleKind.DUMP_UNREADABLE, DumpPath.of(shown), shown + " is left alone: its name is not valid UTF-8.",
                    "Rename it.");
        }
    }

    private List<DumpFile> take(Instant now) throws IOException {
        int room = MOST_IN_HAND - backlog.inHand();
        List<Backlog.Candidate> still = room > 0 ? standingStill(now) : List.of();
        Map<String, Path> keys = new HashMap<>();
        still.forEach(candidate -> keys.put(candidate.state().key(), candidate.path().content().getFileName()));
        keys.remove("");
        Map<String, OpenFiles.Writer> writers = openFiles.writers(keys);
        List<DumpFile> dumps = new ArrayList<>();
        try {
            for (Backlog.Candidate candidate : still) {
                OpenFiles.Writer writer = writers.get(candidate.state().key());
                if (writer != null) {
                    slow.open(candidate.path(), writer, now);
                    backlog.delay(candidate, now.plus(openCheck()));
                } else if (dumps.size() < room) {
                    slow.notOpen(candidate.path());
                    take(candidate).ifPresent(dumps::add);
                }
            }
            return dumps;
        } catch (RuntimeException e) {
            dumps.forEach(this::release);
            throw e;
        }
    }

    // A dump may have been held since the pass saw it.
    private List<Backlog.Candidate> standingStill(Instant now) throws IOException {
        List<Backlog.Candidate> still = new ArrayList<>();
        for (Backlog.Candidate candidate : backlog.ripe(MOST_LOOKED_AT, now)) {
            Optional<FileState> state = look(candidate);
            if (state.isPresent() && backlog.look(candidate, state.get(), now)
                    && held.find(candidate.path().remote()).isEmpty()) {
                still.add(candidate);
            }
        }
        return still;
    }

    private Duration openCheck() {
        Duration check = settings.quietPeriod().compareTo(OPEN_CHECK) < 0 ? settings.quietPeriod() : OPEN_CHECK;
        return check.compareTo(SHORTEST_OPEN_CHECK) < 0 ? SHORTEST_OPEN_CHECK : check;
    }

    // A file that is gone is dropped by the next pass, which also reports one that cannot be looked at.
    private Optional<FileState> look(Backlog.Candidate candidate) throws IOException {
        try {
            return Optional.of(drop.state(candidate.path().content()));
        } catch (DropDirectory.DirectoryReplacedException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<DumpFile> take(Backlog.Candidate candidate) {
        backlog.take(candidate);
        if (candidate.proof().isEmpty()) {
            return Optional.of(new DumpFile(drop, candidate, guards));
        }
        // Its bytes may have to be read again, for which a poll must not wait.
        environment.putAway().execute(() -> putAway(candidate, candidate.proof().get()));
        return Optional.empty();
    }

    private void putAway(Backlog.Candidate candidate, Proof proof) {
        try {
            if (candidate.state().standsStill(proof.taken())) {
                completion.finish(candidate, proof);
            } else {
                completion.finishIfSameBytes(candidate, proof);
            }
        } finally {
            backlog.release(candidate);
        }
    }

    /** Reports that a dump is handed over. */
    void taken(DumpFile dump) {
        dump.begin();
        listener.on(new DumpEvent.Taken(settings.name(), dump.path().shown(), dump.taken().size()));
    }

    /** Gives back a dump that was not handed over after all. */
    void release(DumpFile dump) {
        backlog.release(dump.candidate());
    }

    /** Gives back a dump whose exchange never began. */
    void releaseUnlessBegun(DumpFile dump) {
        if (!dump.hasBegun()) {
            release(dump);
        }
    }

    /** Returns how often {@link #sweep()} is worth calling. */
    public Duration sweepInterval() {
        return done.interval();
    }

    /** Looks at pushed dumps again, and deletes those that were kept long enough. */
    public void sweep() {
        done.look();
    }
}
