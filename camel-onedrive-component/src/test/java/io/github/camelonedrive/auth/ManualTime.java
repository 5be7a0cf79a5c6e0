package io.github.camelonedrive.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelonedrive.transport.TimeSource;

/** Waits by moving time, and remembers how long. */
final class ManualTime implements TimeSource {

    final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final Instant start = Instant.parse("2026-11-22T10:00:00Z");
    private Duration passed = Duration.ZERO;

    @Override
    public synchronized Instant now() {
        return start.plus(passed);
    }

    @Override
    public synchronized long nanoTime() {
        // Near the end of the range, where careless comparisons break.
        return Long.MAX_VALUE - 1_000_000_000L + passed.toNanos();
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        waits.add(duration);
        passed = passed.plus(duration);
    }
}
