package io.github.camelonedrive.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that passes only when somebody sleeps or a test moves it. */
public final class FakeTime implements TimeSource {

    /** What happens during a sleep, once it is over by the clock. */
    @FunctionalInterface
    public interface Sleeper {

        void slept(Duration duration) throws InterruptedException;
    }

    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    /** Near the end of its range, so that sums of it overflow as they may on a real machine. */
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();
    private Sleeper sleeper = duration -> {
    };

    public FakeTime() {
    }

    /** @param now where the wall clock starts */
    public FakeTime(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted in a test");
        }
        sleeps.add(duration);
        pass(duration);
        sleeper.slept(duration);
    }

    /** Time goes by. */
    public synchronized void pass(Duration duration) {
        nanos += duration.toNanos();
        now = now.plus(duration);
    }

    /** The wall clock is set; measured time does not notice. */
    public synchronized void setClock(Instant instant) {
        now = instant;
    }

    /** What happens at the end of each sleep. */
    public void whileSleeping(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /** All sleeps so far. */
    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    /** As if nothing had slept yet. */
    public void forgetSleeps() {
        sleeps.clear();
    }

    /** How long was slept in all. */
    public Duration slept() {
        return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
