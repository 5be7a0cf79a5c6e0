package io.github.camelonedrive.component.faults;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelonedrive.transport.TimeSource;

/**
 * Time in which every sleep is over at once, though it has passed by the clock. The simulator and the component share it, so
 * that the simulator judges whether waits were obeyed. Between sleeps it goes on as usual, because stalls are real.
 */
public final class VirtualTime extends Clock implements TimeSource {

    private final AtomicLong skipped = new AtomicLong();

    public VirtualTime() {
    }

    @Override
    public Instant now() {
        return Instant.now().plusNanos(skipped.get());
    }

    @Override
    public Instant instant() {
        return now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() + skipped.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        skip(duration);
    }

    void skip(Duration duration) {
        skipped.addAndGet(duration.toNanos());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
