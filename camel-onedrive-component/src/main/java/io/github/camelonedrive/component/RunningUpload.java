package io.github.camelonedrive.component;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.camelonedrive.transport.TimeSource;
import io.github.camelonedrive.upload.UploadEvent;
import io.github.camelonedrive.upload.UploadListener;
import io.github.camelonedrive.upload.UploadStep;

/**
 * One attempt to upload, from its start to its end: translates the engine's events for observers, and can be cancelled from
 * another thread.
 */
final class RunningUpload implements UploadListener {

    private final List<UploadObserver> observers;
    private final TimeSource time;
    private final Instant since;
    private final long startedNanos;
    private final Interruption interruption;
    private volatile UploadEvent.Started started;
    private volatile long offset;
    private volatile Optional<Instant> waitingUntil = Optional.empty();
    private long counted;
    private boolean begun;
    private boolean cancelled;
    private boolean opening;

    RunningUpload(List<UploadObserver> observers, Interruption interruption, TimeSource time) {
        this.observers = observers;
        this.interruption = interruption;
        this.time = time;
        this.since = time.now();
        this.startedNanos = time.nanoTime();
    }

    @Override
    public void on(UploadEvent event) {
        if (event instanceof UploadEvent.Started start) {
            begin(start);
        } else if (event instanceof UploadEvent.Progressed progress) {
            progressed(progress.bytesSent());
        } else if (event instanceof UploadEvent.Resumed resumed) {
            offset = resumed.offset();
            observers.forEach(observer -> observer.resumed(this));
        } else if (event instanceof UploadEvent.Reached reached) {
            opening(reached.step() == UploadStep.INTENT_RECORDED || opening && reached.step() == UploadStep.SESSION_OPENED);
        } else if (event instanceof UploadEvent.Waiting waiting) {
            opening(false);
            waitingUntil = Optional.of(time.now().plus(waiting.pause()));
            observers.forEach(observer -> observer.retrying(this));
        } else if (event instanceof UploadEvent.Completed completed) {
            count(completed.result().bytesSent() - counted);
            Duration took = end();
            observers.forEach(observer -> observer.succeeded(this, completed.result(), took));
        } else if (event instanceof UploadEvent.Failed failed) {
            Duration took = end();
            observers.forEach(observer -> observer.failed(this, failed.failure(), took));
        }
    }

    private void begin(UploadEvent.Started start) {
        started = start;
        synchronized (this) {
            begun = true;
        }
        observers.forEach(observer -> observer.started(this));
    }

    /** The position goes back when a fragment is sent again; the first slice after that is counted at the end. */
    private void progressed(long position) {
        long before = offset;
        offset = position;
        waitingUntil = Optional.empty();
        if (position > before) {
            count(position - before);
        }
    }

    private void count(long bytes) {
        counted += bytes;
        observers.forEach(observer -> observer.sent(this, bytes));
    }

    /** A session whose creation is broken off stays open, because nobody learns its address; so that is waited for. */
    private void opening(boolean is) {
        opening = is;
        interruption.postpone(is);
    }

    private synchronized Duration end() {
        begun = false;
        opening(false);
        return Duration.ofNanos(time.nanoTime() - startedNanos);
    }

    /**
     * Has the upload fail as soon as its thread notices.
     *
     * @return false when it had ended already
     */
    synchronized boolean cancel() {
        if (begun) {
            cancelled = true;
            interruption.request();
        }
        return begun;
    }

    /** Whether it failed because it was cancelled. */
    synchronized boolean isCancelled() {
        return cancelled;
    }

    long handle() {
        return started.uploadId();
    }

    String destination() {
        return started.destination();
    }

    String target() {
        return started.target();
    }

    UploadInProgress state() {
        Optional<Instant> waiting = waitingUntil.filter(until -> until.isAfter(time.now()));
        return new UploadInProgress(handle(), destination(), target(), started.size(), offset, started.mode().label(), since,
                waiting);
    }
}
