package io.github.camelonedrive.upload;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphClient;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.ItemVersions;
import io.github.camelonedrive.graph.LateHash;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.graph.Uploads;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Uploads to one drive. An upload that returns is proven; one that throws has left no partial item behind, and no open session
 * but one that stays in the journal for the next attempt, as far as the service could be reached. Safe for many threads.
 */
public final class Uploader {

    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

    /** Folders that turn out to be elsewhere before an upload fails: one was renamed; several are being renamed just now. */
    private static final int MOST_FOLDERS = 3;

    private static final AtomicLong NEXT_ID = new AtomicLong(1);

    private final GraphClient client;
    private final DriveItems items;
    private final Folders folders;
    private final SimpleUpload simple;
    private final SessionUpload session;
    private final SessionEnd sessionEnd;
    private final EarlierUploads earlier;
    private final Resumption resumption;
    private final Verifier verifier;
    private final LandingCheck landings;
    private final UploadListener listener;
    private final UploadRate rate;
    private final UploadJournal journal;
    private final String drive;
    private final TimeSource time;
    private final Executor executor;

    /**
     * @param listener told about every upload; never null
     * @param rate     how fast content goes out; may be shared with others
     * @param journal  remembers uploads under way; {@link UploadJournal#none()} where a crash may cost a new start
     * @param drive    names the drive in the journal: Graph's address and the drive there
     * @param executor reads ahead for large files, one task for each upload in progress
     */
    public Uploader(
            GraphClient client, DriveItems items, ItemVersions versions, Folders folders, Uploads uploads,
            UploadListener listener, UploadRate rate, UploadJournal journal, String drive,
            Executor executor) {
        this.executor = executor;
        this.client = client;
        this.items = items;
        this.folders = folders;
        this.time = client.time();
        this.sessionEnd = new SessionEnd(uploads);
        this.simple = new SimpleUpload(folders, uploads, items, time);
        this.session = new SessionUpload(folders, uploads, items, sessionEnd, time);
        this.earlier = new EarlierUploads(journal, uploads);
        this.resumption = new Resumption(folders, uploads, sessionEnd);
        ItemHistory history = new ItemHistory(versions);
        this.verifier = new Verifier(items, history, time);
        this.landings = new LandingCheck(history);
        this.listener = listener;
        this.rate = rate;
        this.journal = journal;
        this.drive = drive;
    }

    /**
     * Uploads a source, which stays open; or goes on with an earlier upload of it, if the journal knows of one.
     *
     * @throws OneDriveException    when it could not be uploaded or not be proven
     * @throws InterruptedException when the thread was asked to stop; the session stays in the journal, or is cancelled where
     *                              there is none
     */
    public ProvenUpload upload(UploadRequest request, UploadSource source) throws IOException, InterruptedException {
        return follow(request, source, listener);
    }

    /**
     * As {@link #upload(UploadRequest, UploadSource)}, for callers that follow this one upload.
     *
     * @param follower told what happens, after the uploader's own listener
     */
    public ProvenUpload upload(UploadRequest request, UploadSource source, UploadListener follower)
            throws IOException, InterruptedException {
        return follow(request, source, event -> {
            listener.on(event);
            follower.on(event);
        });
    }

    private ProvenUpload follow(UploadRequest request, UploadSource source, UploadListener told)
            throws IOException, InterruptedException {
        NameRules.check(request.target());
        long id = NEXT_ID.getAndIncrement();
        UploadMode mode = mode(request.options(), source);
        int fragments = mode == UploadMode.SIMPLE ? 1 : fragments(request.options(), source.size());
        told.on(new UploadEvent.Started(id, request.destination(), request.target().toString(), source.size(), mode,
                fragments));
        UploadKey key = key(request);
        try (UploadRecord onRecord = earlier.takeOver(key, UploadIdentity.of(source, request.options()))) {
            UploadResult result = run(context(id, request, source, onRecord, told), source, mode, fragments);
            told.on(new UploadEvent.Completed(id, result));
            return new ProvenUpload(result, receipt(onRecord, key, result));
        } catch (IOException | InterruptedException | RuntimeException failure) {
            told.on(new UploadEvent.Failed(id, failure));
            throw failure;
        }
    }

    /** Returns where an upload goes, as the journal and {@link UploadReceipts} name it. */
    public UploadKey key(UploadRequest request) {
        return new UploadKey(request.destination(), drive, request.target());
    }

    /** A crash would take a record that is not durable along, so there is no use in keeping it until the source is put away. */
    private UploadReceipt receipt(UploadRecord onRecord, UploadKey key, UploadResult result) {
        if (onRecord.isDurable()) {
            return () -> settle(key, result.item().id());
        }
        onRecord.forget();
        return UploadReceipt.NONE;
    }

    /**
     * Ends the sessions of broken-off uploads to this drive for which nobody will come, because their source is gone or
     * changed. What can't be reached now is left for the next time.
     */
    public void cancelAbandoned(String destination) throws InterruptedException {
        earlier.endAbandoned(destination, drive);
    }

    /**
     * Ends what broken-off uploads to this target have left behind, because nobody will try again; uploads under way are left
     * alone. What can't be reached now stays on record.
     */
    public void endBrokenOff(UploadRequest request) throws InterruptedException {
        earlier.endAll(key(request));
    }

    /**
     * Ends what broken-off uploads to this drive have left behind that no journal keeps for another process. To be called
     * before the HTTP client is closed.
     */
    public void endTransient(String destination) throws InterruptedException {
        earlier.endTransient(destination, drive);
    }

    private UploadResult run(UploadContext upload, UploadSource source, UploadMode mode, int fragments)
            throws IOException, InterruptedException {
        long started = time.nanoTime();
        try {
            upload.reached(UploadStep.TRACES_CLAIMED);
            Start start = resumption.find(upload, mode);
            DriveItem committed = commitInPlace(upload, source, mode, start);
            Verifier.Proof proof = verifier.prove(upload, committed);
            upload.reached(UploadStep.PROVEN);
            HashedContent content = upload.content();
            return new UploadResult(proof.item(), source.size(), content.quickXorHash(), mode, fragments,
                    content.bytesSent(), !(start instanceof Start.Anew), proof.verdict(),
                    Duration.ofNanos(time.nanoTime() - started), source.file(), landings.of(upload, proof.item()));
        } catch (IOException | InterruptedException | RuntimeException failure) {
            sessionEnd.afterFailure(upload, failure);
            if (failure instanceof VerificationFailedException unproven && unproven.isMismatch()) {
                upload.journal().forget();
            }
            throw failure;
        } finally {
            upload.content().close();
        }
    }

    /** Sends again what went elsewhere because its folder was renamed or moved in OneDrive. What went elsewhere is kept. */
    private DriveItem commitInPlace(UploadContext upload, UploadSource source, UploadMode mode, Start start)
            throws IOException, InterruptedException {
        Start next = start;
        for (int folders = 1;; folders++) {
            Committed committed = commit(upload, source, mode, next);
            upload.reached(UploadStep.ITEM_COMMITTED);
            upload.journal().committed(committed.item().id());
            upload.reached(UploadStep.COMMIT_RECORDED);
            if (isInPlace(upload, committed)) {
                return committed.item();
            }
            upload.journal().ended();
            VerificationFailedException elsewhere =
                    VerificationFailedException.elsewhere(upload.request(), committed.item());
            if (folders == MOST_FOLDERS) {
                throw elsewhere;
            }
            LOG.warn("{} It is uploaded again, to '{}'.", elsewhere.problem(), upload.request().target());
            next = new Start.Anew();
        }
    }

    private boolean isInPlace(UploadContext upload, Committed committed) throws OneDriveException, InterruptedException {
        try {
            return committed.folderId().isEmpty() || folders.isAt(upload.request().target().parent(),
                    committed.folderId().get(), committed.item());
        } catch (OneDriveException failure) {
            throw VerificationFailedException.unproven(upload.request(), committed.item(), failure);
        }
    }

    private Committed commit(UploadContext upload, UploadSource source, UploadMode mode, Start start)
            throws IOException, InterruptedException {
        if (start instanceof Start.AtProof there) {
            upload.listener().on(new UploadEvent.Resumed(upload.id(), source.size()));
            return new Committed(there.item(), Optional.empty());
        }
        if (start instanceof Start.Midway midway) {
            upload.listener().on(new UploadEvent.Resumed(upload.id(), midway.offset()));
            upload.reached(UploadStep.SESSION_RESUMED);
        }
        if (mode == UploadMode.SIMPLE) {
            return simple.run(upload);
        }
        DriveItem item = session.run(upload, start, keptTime(upload.options(), source));
        return new Committed(item, upload.journal().trace().folderId());
    }

    private UploadContext context(long id, UploadRequest request, UploadSource source, UploadRecord onRecord,
                                  UploadListener told) throws OneDriveException, InterruptedException {
        Patience patience = client.patience((pause, reason) -> told.on(new UploadEvent.Waiting(id, pause,
                reason.problem())));
        LateHash lateHash = new LateHash(items, time, request.options().verifyTimeout());
        JournalTrace trace = onRecord.trace();
        CommitProbe probe = trace.folderId().isPresent()
                ? CommitProbe.resumed(items, request, trace.thereBefore(), lateHash)
                : CommitProbe.before(items, request.target(), request.options().conflictBehavior(), lateHash);
        return new UploadContext(id, request,
                new HashedContent(source, request.options().verification() == Verification.readback, rate, executor), probe,
                onRecord,
                patience, told);
    }

    private void settle(UploadKey key, String itemId) throws IOException {
        for (JournalEntry entry : journal.claim(key)) {
            try (entry) {
                if (ItemId.same(entry.trace().itemId(), itemId)) {
                    entry.forget();
                }
            }
        }
    }

    /** A session can't carry zero bytes; and only a session can set the file's time without making a second version. */
    private static UploadMode mode(UploadOptions options, UploadSource source) {
        boolean small = source.size() <= options.simpleUploadLimit() && keptTime(options, source).isEmpty();
        return small || source.size() == 0 ? UploadMode.SIMPLE : UploadMode.SESSION;
    }

    private static Optional<Instant> keptTime(UploadOptions options, UploadSource source) {
        return options.preserveLastModified() ? source.lastModified() : Optional.empty();
    }

    private static int fragments(UploadOptions options, long size) {
        return Math.toIntExact((size + options.chunkSize() - 1) / options.chunkSize());
    }
}
