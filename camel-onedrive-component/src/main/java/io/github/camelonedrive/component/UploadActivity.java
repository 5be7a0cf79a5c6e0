package io.github.camelonedrive.component;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Redactor;
import io.github.camelonedrive.upload.UploadResult;

/**
 * What an endpoint, or all endpoints of a component together, are uploading and have uploaded. An upload counts anew each time
 * it is tried by the route. Counts never go back while the program runs. Safe for many threads.
 */
public final class UploadActivity {

    private final Supplier<Instant> now;
    private final UploadObserver observer = new Counting();
    private final Map<Long, RunningUpload> running = new ConcurrentHashMap<>();
    private final LongAdder uploaded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private volatile Optional<End> lastSuccess = Optional.empty();
    private volatile Optional<End> lastFailure = Optional.empty();

    /**
     * How an upload ended. Holds no secrets.
     *
     * @param target  path of the file in the drive
     * @param problem what happened, in plain words; empty when it went well
     */
    public record End(Instant at, String target, String problem) {
    }

    /** @param now asked when an upload ends */
    UploadActivity(Supplier<Instant> now) {
        this.now = now;
    }

    UploadObserver observer() {
        return observer;
    }

    /** The uploads under way, the oldest first. */
    public List<UploadInProgress> inProgress() {
        return running.values().stream().map(RunningUpload::state).sorted(Comparator.comparingLong(UploadInProgress::handle))
                .toList();
    }

    /**
     * Has an upload fail with an {@link UploadCancelledException}, within a second or so. Its session at OneDrive is ended;
     * the file of that name that may be there stays as it was.
     *
     * @param  handle of {@link UploadInProgress}
     * @return        false when there is no such upload, or it has ended already
     */
    public boolean cancel(long handle) {
        RunningUpload upload = running.get(handle);
        return upload != null && upload.cancel();
    }

    /** How many uploads are under way. */
    public int inFlight() {
        return running.size();
    }

    /** How many uploads ended well: committed and proven. */
    public long uploaded() {
        return uploaded.sum();
    }

    /** How many uploads failed, stopped and cancelled ones included. */
    public long failed() {
        return failed.sum();
    }

    /** How many uploads went on where an earlier attempt was. */
    public long resumed() {
        return resumed.sum();
    }

    /** How often a step of an upload was tried again. */
    public long retries() {
        return retries.sum();
    }

    /** How many bytes of content went over the wire, repetitions included. */
    public long bytesSent() {
        return bytesSent.sum();
    }

    /** The latest upload that ended well. */
    public Optional<End> lastSuccess() {
        return lastSuccess;
    }

    /** The latest upload that failed. */
    public Optional<End> lastFailure() {
        return lastFailure;
    }

    private final class Counting implements UploadObserver {

        @Override
        public void started(RunningUpload upload) {
            running.put(upload.handle(), upload);
        }

        @Override
        public void sent(RunningUpload upload, long bytes) {
            bytesSent.add(bytes);
        }

        @Override
        public void resumed(RunningUpload upload) {
            resumed.increment();
        }

        @Override
        public void retrying(RunningUpload upload) {
            retries.increment();
        }

        @Override
        public void succeeded(RunningUpload upload, UploadResult result, Duration took) {
            running.remove(upload.handle());
            uploaded.increment();
            lastSuccess = Optional.of(new End(now.get(), upload.target(), ""));
        }

        @Override
        public void failed(RunningUpload upload, Exception failure, Duration took) {
            running.remove(upload.handle());
            failed.increment();
            lastFailure = Optional.of(new End(now.get(), upload.target(), Redactor.redact(problem(upload, failure))));
        }

        private static String problem(RunningUpload upload, Exception failure) {
            if (upload.isCancelled()) {
                return "It was cancelled.";
            }
            if (failure instanceof OneDriveException ours) {
                return ours.problem();
            }
            return failure instanceof InterruptedException ? "It was stopped." : failure.toString();
        }
    }
}
