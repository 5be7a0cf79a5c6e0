package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.catalogue.CatalogueEntry;
import io.github.camelonedrive.backup.catalogue.Event;
import io.github.camelonedrive.backup.catalogue.HeldDump;
import io.github.camelonedrive.backup.catalogue.HeldDumps;
import io.github.camelonedrive.backup.catalogue.HeldReason;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.settings.WatchSettings.Content;
import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.upload.Landing;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadReceipts.Attempt;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.Verdict;
import io.github.camelonedrive.upload.VerificationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a dump whose exchange has ended: put away, held, set aside, or tried again. A dump leaves its
 * directory only if every place that the exchange reached has it, proven, and it is still what was proven.
 */
final class DumpCompletion {

    private static final Logger LOG = LoggerFactory.getLogger(DumpCompletion.class);
    private static final int MISMATCHES_UNTIL_HELD = 2;

    private final WatchSettings settings;
    private final Subject subject;
    private final DropDirectory drop;
    private final Backlog backlog;
    private final Catalogue catalogue;
    private final HeldDumps held;
    private final FailedDumps failed;
    private final Troubles troubles;
    private final DumpListener listener;
    private final WatchClock clock;
    private volatile boolean stopping;
    private volatile Supplier<Optional<Duration>> throttled = Optional::empty;

    DumpCompletion(WatchSettings settings, DropDirectory drop, Backlog backlog, HeldDumps held,
                   WatchEnvironment environment) {
        this.settings = settings;
        this.subject = new Subject.Watch(settings.name());
        this.drop = drop;
        this.backlog = backlog;
        this.held = held;
        this.catalogue = environment.catalogue();
        this.troubles = environment.troubles();
        this.listener = environment.listener();
        this.clock = environment.clock();
        this.failed = new FailedDumps(settings, drop, clock.wall());
    }

    void stop() {
        stopping = true;
    }

    void setThrottled(Supplier<Optional<Duration>> throttled) {
        this.throttled = throttled;
    }

    /**
     * @param failure     what the exchange ended with
     * @param moreToReach whether the failure kept the exchange from another upload of the route
     */
    void completed(DumpFile dump, Optional<Throwable> failure, boolean moreToReach) {
        Backlog.Candidate candidate = dump.candidate();
        UploadReceipts receipts = dump.receipts();
        try {
            List<Attempt> attempts = receipts.attempts();
            boolean proven = !attempts.isEmpty() && attempts.stream().allMatch(DumpCompletion::isProven);
            if (!proven || failure.isPresent() && moreToReach) {
                failed(dump, receipts, cause(attempts, failure));
            } else if (settings.content() == Content.CHANGED && isTouched(dump)) {
                // Nothing tells what the route has read.
                changed(candidate, drop.state(dump.path().content()), receipts);
            } else {
                proven(dump, new Proof(dump.taken(), localHash(dump, attempts), attempts, receipts), failure);
            }
        } catch (IOException e) {
            postpone(candidate, e, Optional.empty(), false);
        } finally {
            backlog.release(candidate);
        }
    }

    private static boolean isProven(Attempt attempt) {
        return attempt.result().map(UploadResult::verdict)
                .filter(verdict -> verdict != Verdict.NONE && verdict != Verdict.SIZE).isPresent();
    }

    // A failure that the route caught still is one: the place does not have the dump. One that must not be repeated goes first.
    private static Throwable cause(List<Attempt> attempts, Optional<Throwable> failure) {
        List<Throwable> failures = attempts.stream().map(Attempt::failure).flatMap(Optional::stream).toList();
        return failures.stream().filter(DumpCompletion::mustNotBeRepeated).findFirst()
                .or(() -> failures.stream().findFirst()).or(() -> failure).orElseGet(DumpCompletion::notProven);
    }

    private static boolean mustNotBeRepeated(Throwable failure) {
        return has(failure, DumpHeldException.class).isPresent() || isMismatch(failure);
    }

    private static boolean isMismatch(Throwable failure) {
        return has(failure, VerificationFailedException.class).filter(VerificationFailedException::isMismatch).isPresent();
    }

    private boolean isTouched(DumpFile dump) throws IOException {
        FileState now = drop.state(dump.path().content());
        return !now.standsStill(dump.taken()) || !now.changed().equals(dump.taken().changed());
    }

    private static BackupException notProven() {
        return new BackupException(FailureKind.CONFIGURATION,
                "The route ended without a proof that OneDrive has the dump.",
                "The route must send it to onedrive: with verify=hash or verify=readback.");
    }

    private String localHash(DumpFile dump, List<Attempt> attempts) throws IOException {
        if (settings.content() == Content.SAME) {
            return attempts.get(0).result().orElseThrow().quickXorHash();
        }
        return hash(dump.path());
    }

    private String hash(DumpPath path) throws IOException {
        try (FileChannel file = drop.read(path.content())) {
            return LocalHash.of(file);
        }
    }

    private void proven(DumpFile dump, Proof proof, Optional<Throwable> failure) {
        Optional<Landing.OtherSpelling> replaced = proof.uploads().stream().map(Attempt::result).flatMap(Optional::stream)
                .map(UploadResult::landing).filter(Landing.OtherSpelling.class::isInstance)
                .map(Landing.OtherSpelling.class::cast).findFirst();
        if (replaced.isPresent()) {
            hold(dump.candidate(), HeldReason.TWIN, replaced.get().explanation(),
                    "Restore that version and rename the dump; or, if the item was not another dump's, rename it in OneDrive and"
                            + " run: onedrive-backup retry " + settings.name(), proof.receipts());
            return;
        }
        failure.ifPresent(step -> stepFailed(dump, step));
        if (failure.isEmpty()) {
            troubles.endAll(TroubleKind.STEP_FAILED, subject);
        }
        finish(dump.candidate(), proof);
    }

    private void stepFailed(DumpFile dump, Throwable failure) {
        troubles.begin(TroubleKind.STEP_FAILED, subject, "", dump.path() + " is in OneDrive, proven, but a later step of the route"
                + " failed: " + Failures.message(failure), "Look at the step; the dump itself is done.");
    }

    /** Puts a proven dump away, if it still is what was proven. Also called for one whose move failed before. */
    void finish(Backlog.Candidate candidate, Proof proof) {
        DumpPath path = candidate.path();
        try {
            FileState now = drop.state(path.content());
            if (now.standsStill(proof.taken()) && isUntouched(path, now, proof)) {
                putAway(candidate, proof);
            } else if (now.size() == proof.taken().size() && !now.standsStill(proof.taken())) {
                // Perhaps only its time changed. When it stands still again, its bytes are compared.
                backlog.changed(candidate, now, Optional.of(proof), clock.steady().instant());
            } else {
                changed(candidate, now, proof.receipts());
            }
        } catch (NoSuchFileException | DropDirectory.NotRegularFileException e) {
            forget(candidate, proof.receipts());
            tell(new DumpEvent.Vanished(settings.name(), path.shown()));
        } catch (IOException e) {
            cannotPutAway(candidate, proof, e);
        }
    }

    /** Puts away a dump that stands still again after its proof, if its bytes are the proven ones. Returns whether they are. */
    boolean finishIfSameBytes(Backlog.Candidate candidate, Proof proof) {
        try {
            FileState now = candidate.state();
            if (now.size() == proof.taken().size() && hash(candidate.path()).equals(proof.localHash())) {
                finish(candidate, new Proof(now, proof.localHash(), proof.uploads(), proof.receipts()));
                return true;
            }
            changed(candidate, now, proof.receipts());
        } catch (IOException e) {
            cannotPutAway(candidate, proof, e);
        }
        return false;
    }

    // Permissions, owner, links and, on some file systems, the file's number may change without its content.
    private boolean isUntouched(DumpPath path, FileState now, Proof proof) throws IOException {
        boolean same = now.key().equals(proof.taken().key()) && now.changed().equals(proof.taken().changed());
        return same || hash(path).equals(proof.localHash());
    }

    private void changed(Backlog.Candidate candidate, FileState now, UploadReceipts receipts) {
        backlog.changed(candidate, now, Optional.empty(), clock.steady().instant());
        settle(candidate.path(), receipts);
        tell(new DumpEvent.Changed(settings.name(), candidate.path().shown()));
    }

    private void putAway(Backlog.Candidate candidate, Proof proof) throws IOException {
        DumpPath path = candidate.path();
        Path done = recorded(candidate, proof);
        drop.move(path, DropDirectory.DONE, done);
        if (!isProven(path, done, proof)) {
            drop.moveBack(DropDirectory.DONE, done, path.place());
            changed(candidate, candidate.state(), proof.receipts());
            return;
        }
        troubles.end(TroubleKind.CANNOT_PUT_AWAY, subject, "");
        forget(candidate, proof.receipts());
        tell(new DumpEvent.Done(settings.name(), path.shown(), proof.uploads().get(0).result().orElseThrow(),
                drop.root().resolve(DropDirectory.DONE).resolve(done)));
    }

    // On record once, also where the move has to be tried again and again.
    private Path recorded(Backlog.Candidate candidate, Proof proof) throws IOException {
        Optional<Path> before = candidate.recorded();
        if (before.isPresent() && drop.freeName(DropDirectory.DONE, before.get()).equals(before.get())) {
            return before.get();
        }
        Path done = drop.freeName(DropDirectory.DONE, candidate.path().shown());
        Instant time = clock.wall().instant();
        for (Attempt upload : proof.uploads()) {
            catalogue.append(entry(candidate.path(), proof, upload, time, DumpPath.remote(done)));
        }
        backlog.recorded(candidate, done);
        return done;
    }

    // Between the last look at the dump and its move another file may have taken its name.
    private boolean isProven(DumpPath path, Path done, Proof proof) throws IOException {
        if (path.isLink()) {
            return true;
        }
        Path moved = DropDirectory.DONE.resolve(done);
        FileState now = drop.state(moved);
        return now.looksLike(proof.taken())
                && (now.key().equals(proof.taken().key()) || hash(DumpPath.of(moved)).equals(proof.localHash()));
    }

    private CatalogueEntry entry(DumpPath path, Proof proof, Attempt upload, Instant time, String done) {
        UploadResult result = upload.result().orElseThrow();
        return new CatalogueEntry(Event.PROVEN, time, settings.name(), path.remote(), proof.taken().size(),
                proof.taken().modified().toInstant(), proof.localHash(), upload.place().destination(), upload.place().drive(),
                result.item().driveId().orElse(""), reported(upload, result), result.item().id(), result.item().eTag().orElse(""), result.size(),
                Optional.of(done));
    }

    private static String reported(Attempt upload, UploadResult result) {
        String name = result.item().name();
        return name.isEmpty() ? upload.place().target().toString() : upload.place().target().parent().resolve(name).toString();
    }

    private void cannotPutAway(Backlog.Candidate candidate, Proof proof, IOException e) {
        troubles.begin(TroubleKind.CANNOT_PUT_AWAY, subject, "", "Proven dumps stay in " + drop.root()
                + ", because they cannot be recorded and moved to " + DropDirectory.DONE + ": " + Failures.message(e),
                "Check the permissions and the room there; nothing is uploaded twice.");
        postpone(candidate, e, Optional.of(proof), true);
    }

    private void failed(DumpFile dump, UploadReceipts receipts, Throwable failure) {
        Backlog.Candidate candidate = dump.candidate();
        FileState now;
        try {
            now = drop.state(dump.path().content());
        } catch (NoSuchFileException | DropDirectory.NotRegularFileException e) {
            forget(candidate, receipts);
            tell(new DumpEvent.Vanished(settings.name(), dump.path().shown()));
            return;
        } catch (IOException e) {
            failure.addSuppressed(e);
            postpone(candidate, failure, Optional.empty(), false);
            return;
        }
        if (!now.standsStill(dump.taken())) {
            backlog.changed(candidate, now, Optional.empty(), clock.steady().instant());
            tell(new DumpEvent.Changed(settings.name(), dump.path().shown()));
        } else if (stopping) {
            LOG.debug("{}: {} was stopped.", settings.name(), dump.path(), failure);
        } else if (has(failure, TargetInUseException.class).isPresent()) {
            LOG.debug("{}: {}", settings.name(), failure.getMessage());
            backlog.delay(candidate, clock.steady().instant().plus(Backlog.FIRST_DELAY));
        } else if (has(failure, DumpHeldException.class).isPresent()) {
            DumpHeldException reason = has(failure, DumpHeldException.class).get();
            hold(candidate, reason.reason(), reason.problem(), reason.remedy(), receipts);
        } else if (isMismatch(failure)) {
            mismatch(candidate, failure, receipts);
        } else if (Failures.kind(failure) == FailureKind.SOURCE) {
            setAside(candidate, failure, receipts);
        } else {
            postpone(candidate, failure, Optional.empty(), false);
        }
    }

    private static <T extends Throwable> Optional<T> has(Throwable failure, Class<T> type) {
        return Failures.typed(failure).filter(type::isInstance).map(type::cast);
    }

    private void mismatch(Backlog.Candidate candidate, Throwable failure, UploadReceipts receipts) {
        FileState state = candidate.state();
        int seen;
        try {
            seen = held.noteMismatch(candidate.path().remote(), state.size(), state.modified().toInstant());
        } catch (IOException e) {
            failure.addSuppressed(e);
            seen = MISMATCHES_UNTIL_HELD;
        }
        if (seen < MISMATCHES_UNTIL_HELD) {
            postpone(candidate, failure, Optional.empty(), false);
        } else {
            hold(candidate, HeldReason.MISMATCH, Failures.typed(failure).orElseThrow().problem(),
                    "OneDrive stored something else twice, so it is not uploaded again. Look at the item, restore the version"
                            + " before if need be, then run: onedrive-backup retry " + settings.name(), receipts);
        }
    }

    private void hold(Backlog.Candidate candidate, HeldReason reason, String problem, String remedy, UploadReceipts receipts) {
        FileState state = candidate.state();
        HeldDump dump = new HeldDump(candidate.path().remote(), state.size(), state.modified().toInstant(), reason, problem,
                remedy, clock.wall().instant(), 1);
        try {
            held.hold(dump);
        } catch (IOException | UncheckedIOException e) {
            // Held in memory then, until it changes or the program starts again.
            LOG.warn("{}: that {} is held cannot be recorded: {}", settings.name(), candidate.path(), Failures.message(e));
            backlog.delay(candidate, Instant.MAX);
            settle(candidate.path(), receipts);
            tell(new DumpEvent.Held(settings.name(), candidate.path().shown(), problem, remedy));
            return;
        }
        backlog.forget(candidate);
        settle(candidate.path(), receipts);
        tell(new DumpEvent.Held(settings.name(), candidate.path().shown(), problem, remedy));
    }

    private void setAside(Backlog.Candidate candidate, Throwable failure, UploadReceipts receipts) {
        try {
            Path moved = failed.setAside(candidate.path(), candidate.state(), failure);
            forget(candidate, receipts);
            tell(new DumpEvent.SetAside(settings.name(), candidate.path().shown(), failure, moved));
        } catch (IOException e) {
            postpone(candidate, notSetAside(failure, e), Optional.empty(), false);
        }
    }

    private static BackupException notSetAside(Throwable failure, IOException trouble) {
        failure.addSuppressed(trouble);
        return new BackupException(Failures.kind(failure), Failures.message(failure) + " It cannot be set aside either: "
                + Failures.message(trouble), "Make room or correct the permissions there.", failure);
    }

    private void postpone(Backlog.Candidate candidate, Throwable failure, Optional<Proof> proof, boolean uploaded) {
        Instant now = clock.steady().instant();
        Backlog.Postponement postponement = backlog.postpone(candidate, proof, now,
                now.plus(throttled.get().orElse(Duration.ZERO)));
        tell(new DumpEvent.Postponed(settings.name(), candidate.path().shown(), failure, uploaded, postponement.attempt(),
                postponement.next()));
    }

    // What has left the directory, or is another dump now, needs no record in the upload journal any more.
    private void forget(Backlog.Candidate candidate, UploadReceipts receipts) {
        backlog.forget(candidate);
        settle(candidate.path(), receipts);
        try {
            held.release(candidate.path().remote());
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{}: the note about {} cannot be removed: {}", settings.name(), candidate.path(), e.toString());
        }
    }

    private void settle(DumpPath path, UploadReceipts receipts) {
        try {
            receipts.settle();
        } catch (IOException e) {
            LOG.info("The record of {} can't be removed from the upload journal: {}. It does no harm.", path, e.toString());
        }
    }

    private void tell(DumpEvent event) {
        listener.on(event);
    }
}
