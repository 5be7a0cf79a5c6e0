package io.github.camelonedrive.backup.watch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two times of a watch. A wall clock can be set back by a day or forth by a year; how long a file stood still, and when it
 * is tried again, must not depend on that.
 *
 * @param wall   for time stamps that people read, and for {@code delete-after}, which goes on over restarts
 * @param steady for waiting: only its differences count
 */
public record WatchClock(InstantSource wall, InstantSource steady) {

    /** This machine's. */
    public static WatchClock system() {
        return new WatchClock(InstantSource.system(), steady(InstantSource.system(), System::nanoTime));
    }

    /** Says what the wall clock said when it was made, and goes on by itself. @param nanoseconds never goes back */
    static InstantSource steady(InstantSource wall, LongSupplier nanoseconds) {
        Instant start = wall.instant();
        long first = nanoseconds.getAsLong();
        return () -> start.plusNanos(nanoseconds.getAsLong() - first);
    }
}
