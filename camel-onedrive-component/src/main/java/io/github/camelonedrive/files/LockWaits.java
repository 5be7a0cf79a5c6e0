package io.github.camelonedrive.files;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.transport.TimeSource;

/**
 * Waits for locks that take more than ten seconds. Each is reported once, and once when it is over, however many threads wait
 * for the same lock: to the listeners, or to the log while there are none.
 */
public final class LockWaits {

    /** A wait that is longer is reported. */
    public static final Duration LONG = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(LockWaits.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private static final List<Listener> LISTENERS = new CopyOnWriteArrayList<>();

    private static final ReentrantLock REPORTING = new ReentrantLock();

    /** Guarded by {@link #REPORTING}: by the lock's file, the wait that was reported and how many threads share it. */
    private static final Map<Path, Reported> REPORTED = new HashMap<>();

    private LockWaits() {
    }

    /** Learns of long waits. Called by the waiting thread, which must not be kept. */
    public interface Listener {

        /** A wait has become long. */
        void waiting(LockWait wait);

        /** Nobody in this process waits for that lock any more. */
        void over(LockWait wait);
    }

    /** Adds a listener for the whole process. */
    public static void add(Listener listener) {
        LISTENERS.add(listener);
    }

    /** Removes a listener. */
    public static void remove(Listener listener) {
        LISTENERS.remove(listener);
    }

    static Wait begin(Path lockFile, TimeSource time) {
        return new Wait(lockFile, time);
    }

    private static void report(Path file, Instant since) {
        Optional<LockWait> first = Optional.empty();
        REPORTING.lock();
        try {
            Reported before = REPORTED.get(file);
            LockWait wait = before == null ? new LockWait(file, LockHolder.of(file), since) : before.lock;
            REPORTED.put(file, new Reported(wait, before == null ? 1 : before.threads + 1));
            first = before == null ? Optional.of(wait) : first;
        } finally {
            REPORTING.unlock();
        }
        first.ifPresent(wait -> {
            if (LISTENERS.isEmpty()) {
                LOG.warn("Waiting for the lock {} for more than {} s; it is held by {}.", file, LONG.toSeconds(),
                        wait.holderText());
            }
            LISTENERS.forEach(listener -> listener.waiting(wait));
        });
    }

    private static void end(Path file) {
        Optional<LockWait> last = Optional.empty();
        REPORTING.lock();
        try {
            Reported before = REPORTED.get(file);
            if (before.threads > 1) {
                REPORTED.put(file, new Reported(before.lock, before.threads - 1));
            } else {
                REPORTED.remove(file);
                last = Optional.of(before.lock);
            }
        } finally {
            REPORTING.unlock();
        }
        last.ifPresent(wait -> {
            if (LISTENERS.isEmpty()) {
                LOG.info("The wait for the lock {} is over.", file);
            }
            LISTENERS.forEach(listener -> listener.over(wait));
        });
    }

    private record Reported(LockWait lock, int threads) {
    }

    /** One thread's wait. */
    static final class Wait implements Closeable {

        private final Path file;
        private final TimeSource time;
        private final long began;
        private Duration pause = FIRST_PAUSE;
        private boolean reported;

        private Wait(Path file, TimeSource time) {
            this.file = file;
            this.time = time;
            this.began = time.nanoTime();
        }

        void pause() throws InterruptedException {
            time.sleep(pause);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            Duration waited = Duration.ofNanos(time.nanoTime() - began);
            if (!reported && waited.compareTo(LONG) > 0) {
                reported = true;
                report(file, time.now().minus(waited));
            }
        }

        @Override
        public void close() {
            if (reported) {
                end(file);
            }
        }
    }
}
