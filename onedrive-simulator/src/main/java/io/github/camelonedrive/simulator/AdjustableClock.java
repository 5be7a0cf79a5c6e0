package io.github.camelonedrive.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test moves; for {@link OneDriveSimulatorBuilder#clock}. */
public final class AdjustableClock extends Clock {
    private final Clock base;
    private volatile Duration offset = Duration.ZERO;

    private AdjustableClock(Clock base) {
        this.base = base;
    }

    /** A clock that stands still at 2026-03-01T08:00:00Z until it is moved. */
    public static AdjustableClock stopped() {
        return stoppedAt(Instant.parse("2026-03-01T08:00:00Z"));
    }

    /** A clock that stands still at this time until it is moved. */
    public static AdjustableClock stoppedAt(Instant time) {
        return new AdjustableClock(fixed(time, ZoneOffset.UTC));
    }

    /** A clock that runs with the system's, and is ahead of it by as much as it was moved. */
    public static AdjustableClock running() {
        return new AdjustableClock(systemUTC());
    }

    /** Moves the clock, backwards by a negative duration. */
    public synchronized void advance(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns this clock: only its instants count. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
