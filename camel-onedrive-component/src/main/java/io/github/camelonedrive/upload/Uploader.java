package io.github.camelonedrive.upload;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphClient;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.graph.Uploads;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Uploads to one drive. An upload that returns is proven; one that throws has left neither a partial item nor an open session
 * behind, as far as the service could be reached. Safe for many threads.
 */
public final class Uploader {

    private static final AtomicLong NEXT_ID = new AtomicLong(1);

    private final GraphClient client;
    private final DriveItems items;
    private final SimpleUpload simple;
    private final SessionUpload session;
    private final Verifier verifier;
    private final UploadListener listener;
    private final TimeSource time;

    /** @param listener told about every upload; never null */
    public Uploader(GraphClient client, DriveItems items, Folders folders, Uploads uploads, UploadListener listener,
                    UploadJournal journal, String drive) {
        this.client = client;
        this.items = items;
        this.simple = new SimpleUpload(folders, uploads);
        this.session = new SessionUpload(folders, uploads);
        this.verifier = new Verifier(items, client.time());
        this.listener = listener;
        this.time = client.time();
    }

    /**
     * Uploads a source, which stays open.
     *
     * @throws OneDriveException    when it could not be uploaded or not be proven
     * @throws InterruptedException when the thread was asked to stop; the session is cancelled
     */
    public ProvenUpload upload(UploadRequest request, UploadSource source) throws IOException, InterruptedException {
        NameRules.check(request.target());
        long id = NEXT_ID.getAndIncrement();
        UploadMode mode = mode(request.options(), source);
        int fragments = mode == UploadMode.SIMPLE ? 1 : fragments(request.options(), source.size());
        listener.on(new UploadEvent.Started(id, request.destination(), request.target().toString(), source.size(), mode,
                fragments));
        try {
            UploadResult result = run(id, request, source, mode, fragments);
            listener.on(new UploadEvent.Completed(id, result));
            return new ProvenUpload(result, UploadReceipt.NONE);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            listener.on(new UploadEvent.Failed(id, failure));
            throw failure;
        }
    }

    public void cancelAbandoned() throws InterruptedException {
    }

    private UploadResult run(long id, UploadRequest request, UploadSource source, UploadMode mode, int fragments)
            throws IOException, InterruptedException {
        long started = time.nanoTime();
        UploadContext upload = context(id, request, source);
        DriveItem committed = mode == UploadMode.SIMPLE ? simple.run(upload)
                : session.run(upload, keptTime(request.options(), source));
        Verifier.Proof proof = verifier.prove(upload, committed);
        HashedContent content = upload.content();
        return new UploadResult(proof.item(), source.size(), content.quickXorHash(), mode, fragments, content.bytesSent(),
                false, proof.verdict(), Duration.ofNanos(time.nanoTime() - started));
    }

    private UploadContext context(long id, UploadRequest request, UploadSource source)
            throws OneDriveException, InterruptedException {
        Patience patience = client.patience((pause, reason) -> listener.on(new UploadEvent.Waiting(id, pause,
                reason.problem())));
        return new UploadContext(id, request,
                new HashedContent(source, request.options().verification() == Verification.readback),
                CommitProbe.before(items, request.target(), request.options().conflictBehavior(),
                        new LateHash(items, time, request.options().verifyTimeout())), patience, listener);
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
