package io.github.camelonedrive.graph;

import java.time.Duration;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Waits for a hash that the service has not computed yet: it is asked for until the time is up, ever less often
 * ({@code graph-contract.md} §6.12).
 */
public final class LateHash {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DriveItems items;
    private final TimeSource time;
    private final Duration timeout;

    /** @param timeout how long to ask; zero asks not at all */
    public LateHash(DriveItems items, TimeSource time, Duration timeout) {
        this.items = items;
        this.time = time;
        this.timeout = timeout;
    }

    /** The item with its hash; or, when its size is not that many bytes, or the time is up, as it is. */
    public DriveItem await(DriveItem item, long size) throws OneDriveException, InterruptedException {
        long started = time.nanoTime();
        Duration pause = FIRST_PAUSE;
        DriveItem latest = item;
        Duration left = timeout;
        while (latest.quickXorHash().isEmpty() && latest.size() == size && left.compareTo(Duration.ZERO) > 0) {
            time.sleep(shorter(pause, left));
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            latest = items.get(latest.id());
            left = timeout.minus(Duration.ofNanos(time.nanoTime() - started));
        }
        return latest;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
