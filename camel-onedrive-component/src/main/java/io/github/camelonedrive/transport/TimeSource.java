package io.github.camelonedrive.transport;

import java.time.Duration;
import java.time.Instant;

/** Time as the component sees it, so that tests can own it. */
public interface TimeSource {

    /** The machine's own clock. */
    TimeSource SYSTEM = new TimeSource() {

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        }
    };

    /** Wall-clock time, which may jump; only for comparing with times that a server sent. */
    Instant now();

    /** Nanoseconds that only go forward; for measuring and waiting. */
    long nanoTime();

    /** Waits; an interrupt ends it. */
    void sleep(Duration duration) throws InterruptedException;
}
