package io.github.camelonedrive.simulator.internal.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelonedrive.simulator.internal.http.ConnectionCut;

/** A wait that ends when it is over, when someone releases it, or when the simulator closes. */
public final class Stall {
    public static final Stall NONE = of(Duration.ZERO);
    private static final long POLL_MILLIS = 20;

    private final CountDownLatch release;
    private final long nanos;

    private Stall(CountDownLatch release, long nanos) {
        this.release = release;
        this.nanos = nanos;
    }

    public static Stall of(Duration duration) {
        return new Stall(new CountDownLatch(1), duration.toNanos());
    }

    public static Stall of(CountDownLatch release) {
        return new Stall(release, Long.MAX_VALUE);
    }

    /** @throws ConnectionCut if the simulator closed meanwhile */
    public void await(CountDownLatch closing) throws ConnectionCut {
        long start = System.nanoTime();
        try {
            while (release.getCount() > 0 && System.nanoTime() - start < nanos) {
                long left = Math.min(nanos - (System.nanoTime() - start), TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
                if (closing.await(Math.max(left, 0), TimeUnit.NANOSECONDS)) {
                    throw new ConnectionCut();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionCut();
        }
    }
}
