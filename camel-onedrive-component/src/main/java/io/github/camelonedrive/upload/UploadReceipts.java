package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What became of all uploads that one source went into, for the code that puts that source away: the places that it was to
 * reach, those that provably have it, and the journal's records. Of several attempts at a place, the latest counts. Safe for
 * many threads.
 */
public final class UploadReceipts implements UploadReceipt {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<UploadReceipt> open = new ArrayList<>();
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();
    private final UploadGuard guard;
    private boolean settled;

    public UploadReceipts() {
        this(UploadGuard.NONE);
    }

    /** @param guard asked before each upload */
    public UploadReceipts(UploadGuard guard) {
        this.guard = guard;
    }

    /**
     * The latest attempt at a place.
     *
     * @param place   where the upload goes; only its destination is certain while {@code failure} says why it did not get
     *                further
     * @param result  the proven upload; empty unless the place has the source
     * @param failure why the attempt failed; empty while it is in progress, and if it was stopped before it began
     */
    public record Attempt(UploadKey place, Optional<UploadResult> result, Optional<Throwable> failure) {
    }

    /** Records that an upload to a place begins. */
    public void begun(UploadKey place) {
        lock.lock();
        try {
            attempts.put(place.fingerprint(), new Attempt(place, Optional.empty(), Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks the guard about an upload that is about to be sent.
     *
     * @throws IOException if the guard refuses it
     */
    public void check(UploadKey place, UploadSource source, UploadGuard.ItemLookup lookup)
            throws IOException, InterruptedException {
        guard.beforeUpload(place, source, lookup);
    }

    /** Records that the latest upload to a place failed. */
    public void failed(UploadKey place, Throwable failure) {
        lock.lock();
        try {
            attempts.put(place.fingerprint(), new Attempt(place, Optional.empty(), Optional.of(failure)));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Records that a place has the source, and keeps the journal's record of that.
     *
     * @throws IOException if the source was put away already and the journal's record cannot be removed
     */
    public void proven(UploadKey place, ProvenUpload upload) throws IOException {
        lock.lock();
        try {
            attempts.put(place.fingerprint(), new Attempt(place, Optional.of(upload.result()), Optional.empty()));
            add(upload.receipt());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a place, as if no upload to it had begun. */
    public void withdraw(UploadKey place) {
        lock.lock();
        try {
            attempts.remove(place.fingerprint());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the latest attempt at each place, in the order in which they were first begun. */
    public List<Attempt> attempts() {
        lock.lock();
        try {
            return List.copyOf(attempts.values());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the proven uploads, in the order in which their places were first begun. */
    public List<UploadResult> proven() {
        lock.lock();
        try {
            return attempts.values().stream().map(Attempt::result).flatMap(Optional::stream).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the attempts that are not proven: in progress, stopped, or failed, also where the route caught the failure.
     */
    public List<Attempt> unproven() {
        lock.lock();
        try {
            return attempts.values().stream().filter(attempt -> attempt.result().isEmpty()).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a receipt, or settles it at once if the source was put away already. */
    public void add(UploadReceipt receipt) throws IOException {
        lock.lock();
        try {
            if (settled) {
                receipt.settle();
            } else {
                open.add(receipt);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Settles all receipts; one that cannot be settled does not keep others back.
     *
     * @throws IOException the first failure; what failed can be settled again
     */
    @Override
    public void settle() throws IOException {
        lock.lock();
        try {
            settled = true;
            IOException trouble = null;
            for (UploadReceipt receipt : List.copyOf(open)) {
                try {
                    receipt.settle();
                    open.remove(receipt);
                } catch (IOException e) {
                    if (trouble == null) {
                        trouble = e;
                    } else {
                        trouble.addSuppressed(e);
                    }
                }
            }
            if (trouble != null) {
                throw trouble;
            }
        } finally {
            lock.unlock();
        }
    }
}
