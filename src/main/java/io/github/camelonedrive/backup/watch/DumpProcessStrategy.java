package io.github.camelonedrive.backup.watch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.upload.UploadReceipt;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.Verdict;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;

/**
 * What becomes of a dump, as the {@code processStrategy} of Camel's {@code file:} consumer. Camel calls {@link #begin} on the
 * poll's thread and {@link #commit} or {@link #rollback} on whichever thread ends the exchange, so several dumps of one
 * directory are under way at a time.
 *
 * <p>Law 1 is kept here: only a dump with a proven {@link UploadResult} and an unchanged identity leaves the directory.
 */
final class DumpProcessStrategy implements GenericFileProcessStrategy<File> {

    /** So many dumps of one watch are handed over at a time; the rest is taken at later polls, with a fresh look at it. */
    static final int MOST_UNDER_WAY = 100;

    /** Where the component leaves its {@link UploadResult} on the exchange. */
    static final String UPLOAD_RESULT = "CamelOneDriveUploadResult";

    /** Where the component adds the journal's records of the uploads: they are kept until the dump is moved. */
    static final String UPLOAD_RECEIPT = "CamelOneDriveUploadReceipt";

    private static final String TAKEN_IDENTITY = "OneDriveBackupTakenIdentity";

    private final WatchSettings settings;
    private final DropDirectory drop;
    private final WatchState state;
    private final FailedDumps failed;
    private final DumpListener listener;
    private final Set<Path> underWay = ConcurrentHashMap.newKeySet();

    DumpProcessStrategy(WatchSettings settings, DropDirectory drop, WatchState state, FailedDumps failed,
                        DumpListener listener) {
        this.settings = settings;
        this.drop = drop;
        this.state = state;
        this.failed = failed;
        this.listener = listener;
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {
        underWay.clear();
    }

    @Override
    public boolean begin(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
                         GenericFile<File> file) {
        Path dump = file.getFile().toPath();
        Optional<FileIdentity> now = look(dump);
        if (now.isEmpty() || !now.equals(state.quiet().lastSeen(dump))) {
            return false;
        }
        Optional<ProvenDumps.Proven> proven = state.proven().find(dump, now.get());
        if (proven.isPresent()) {
            finish(dump, now.get(), proven.get().result(), proven.get().receipt());
            return false;
        }
        if (underWay.size() >= MOST_UNDER_WAY || !underWay.add(dump)) {
            return false;
        }
        exchange.setProperty(TAKEN_IDENTITY, now.get());
        exchange.setProperty(UPLOAD_RECEIPT, new UploadReceipts());
        tell(new DumpEvent.Taken(settings.name(), drop.relative(dump), now.get().size()));
        return true;
    }

    @Override
    public void abort(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
                      GenericFile<File> file) {
        // nothing was begun
    }

    @Override
    public void commit(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
                       GenericFile<File> file) {
        Path dump = file.getFile().toPath();
        try {
            Optional<UploadResult> result = provenResult(exchange);
            if (result.isPresent()) {
                finish(dump, exchange.getProperty(TAKEN_IDENTITY, FileIdentity.class), result.get(), receipt(exchange));
            } else {
                postpone(dump, notProven(), false);
            }
        } finally {
            underWay.remove(dump);
        }
    }

    @Override
    public void rollback(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
                         GenericFile<File> file) {
        Path dump = file.getFile().toPath();
        try {
            failed(dump, exchange.getProperty(TAKEN_IDENTITY, FileIdentity.class), failure(exchange), receipt(exchange));
        } finally {
            underWay.remove(dump);
        }
    }

    private void finish(Path dump, FileIdentity taken, UploadResult result, UploadReceipt receipt) {
        Optional<FileIdentity> now = look(dump);
        if (now.isEmpty()) {
            forget(dump, receipt);
            tell(new DumpEvent.Vanished(settings.name(), drop.relative(dump)));
        } else if (!now.get().equals(taken)) {
            forget(dump, receipt);
            tell(new DumpEvent.Changed(settings.name(), drop.relative(dump)));
        } else {
            putAway(dump, taken, result, receipt);
        }
    }

    private void putAway(Path dump, FileIdentity taken, UploadResult result, UploadReceipt receipt) {
        try {
            Path moved = drop.moveToDone(dump, taken);
            boolean delete = settings.deleteAfter().filter(Duration::isZero).isPresent();
            if (delete) {
                Files.delete(moved);
            }
            forget(dump, receipt);
            tell(new DumpEvent.Done(settings.name(), drop.relative(dump), result,
                    delete ? Optional.empty() : Optional.of(moved)));
        } catch (DropDirectory.DumpReplacedException e) {
            forget(dump, receipt);
            tell(new DumpEvent.Changed(settings.name(), drop.relative(dump)));
        } catch (IOException e) {
            state.proven().remember(dump, new ProvenDumps.Proven(taken, result, receipt));
            postpone(dump, e, true);
        }
    }

    // What has left the directory, or is another dump now, needs no record any more.
    private void forget(Path dump, UploadReceipt receipt) {
        state.forget(dump);
        ProvenDumps.settle(drop.relative(dump), receipt);
    }

    private void failed(Path dump, FileIdentity taken, Throwable failure, UploadReceipt receipt) {
        Optional<FileIdentity> now = look(dump);
        if (now.isEmpty()) {
            forget(dump, receipt);
            tell(new DumpEvent.Vanished(settings.name(), drop.relative(dump)));
        } else if (Failures.kind(failure) == FailureKind.SOURCE && now.get().equals(taken)) {
            setAside(dump, failure, receipt);
        } else {
            postpone(dump, failure, false);
        }
    }

    private void setAside(Path dump, Throwable failure, UploadReceipt receipt) {
        try {
            Path moved = failed.setAside(dump, failure);
            forget(dump, receipt);
            tell(new DumpEvent.SetAside(settings.name(), drop.relative(dump), failure, moved));
        } catch (IOException e) {
            postpone(dump, notSetAside(failure, e), false);
        }
    }

    private static BackupException notSetAside(Throwable failure, IOException trouble) {
        failure.addSuppressed(trouble);
        return new BackupException(Failures.kind(failure), Failures.message(failure) + " It can't be set aside either: "
                + Failures.message(trouble), "Make room or correct the rights there.", failure);
    }

    private void postpone(Path dump, Throwable failure, boolean uploaded) {
        RetrySchedule.Postponement postponement = state.retries().postpone(dump);
        tell(new DumpEvent.Postponed(settings.name(), drop.relative(dump), failure, uploaded, postponement.attempt(),
                postponement.next()));
    }

    // A file that can't be looked at is treated like one that is gone: the next poll's filter says what is wrong with it.
    private Optional<FileIdentity> look(Path dump) {
        try {
            return FileIdentity.of(dump, settings.followLinks());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<UploadResult> provenResult(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(UPLOAD_RESULT, UploadResult.class))
                .filter(result -> result.verdict() != Verdict.NONE && result.verdict() != Verdict.SIZE);
    }

    private static UploadReceipt receipt(Exchange exchange) {
        UploadReceipt receipt = exchange.getProperty(UPLOAD_RECEIPT, UploadReceipt.class);
        return receipt != null ? receipt : UploadReceipt.NONE;
    }

    private static BackupException notProven() {
        return new BackupException(FailureKind.CONFIGURATION,
                "The route ended without a proof that OneDrive has the dump.",
                "The route must send it to onedrive: with verify=hash or verify=readback, and not hide a failure.");
    }

    private static Throwable failure(Exchange exchange) {
        Throwable failure = exchange.getException();
        if (failure == null) {
            failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        }
        return failure != null ? failure : notProven();
    }

    private void tell(DumpEvent event) {
        listener.on(event);
    }
}
