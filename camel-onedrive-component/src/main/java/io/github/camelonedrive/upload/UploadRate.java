package io.github.camelonedrive.upload;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

import io.github.camelonedrive.transport.TimeSource;

/**
 * How fast content goes out, all uploads that share this taken together. The flow is steady: bytes go in slices worth a tenth
 * of a second at most, the uploads take turns, and time in which nothing was sent is not made up for. The limit can be changed
 * while uploads are under way; they follow within a tenth of a second. Safe for many threads.
 */
public final class UploadRate {

    /** The lowest limit, in bytes a second: at it the smallest fragment takes over five minutes already. */
    public static final long MINIMUM = 1024;

    private static final long UNLIMITED = 0;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int SLICES_PER_SECOND = 10;
    private static final long SLICE = SECOND / SLICES_PER_SECOND;

    private final TimeSource time;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile long bytesPerSecond = UNLIMITED;
    private long nextAt;

    /** Without a limit at first. */
    public UploadRate(TimeSource time) {
        this.time = time;
        this.nextAt = time.nanoTime();
    }

    /**
     * A limit as people write it: {@code 10MB}, {@code 512 kB}, for each second.
     *
     * @param  text                     null or blank for none
     * @throws IllegalArgumentException when it is no size, or less than {@link #MINIMUM}
     */
    public static OptionalLong parse(String text) {
        return text == null || text.isBlank() ? OptionalLong.empty() : OptionalLong.of(check(text, ByteSize.parse(text)));
    }

    private static long check(String text, long bytes) {
        if (bytes < MINIMUM) {
            throw new IllegalArgumentException("maxBytesPerSecond is '" + text + "'. It must be at least 1 kB (" + MINIMUM
                    + " bytes). Leave it out for no limit.");
        }
        return bytes;
    }

    /**
     * Changes the limit, also for uploads under way.
     *
     * @param  limit                    in bytes a second; empty for none
     * @throws IllegalArgumentException when it is less than {@link #MINIMUM}
     */
    public void limitTo(OptionalLong limit) {
        limit.ifPresent(bytes -> check(Long.toString(bytes), bytes));
        bytesPerSecond = limit.orElse(UNLIMITED);
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
        return bytesPerSecond != UNLIMITED;
    }

    /** How many bytes to send at once, at most so many: few when the limit is low, so that no connection seems to stall. */
    int slice(int most) {
        long limit = bytesPerSecond;
        return limit == UNLIMITED ? most : (int) Math.min(most, limit / SLICES_PER_SECOND);
    }

    /**
     * Waits until so many bytes may go out.
     *
     * @throws InterruptedIOException when the thread was told to stop; it stays interrupted
     */
    void await(int bytes) throws InterruptedIOException {
        if (!isLimited()) {
            return;
        }
        try {
            turn.lockInterruptibly();
            try {
                awaitInTurn(bytes);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the upload rate");
        }
    }

    private void awaitInTurn(int bytes) throws InterruptedException {
        long early = nextAt - time.nanoTime();
        if (isLimited() && early > 0) {
            time.sleep(Duration.ofNanos(early));
        }
        long limit = bytesPerSecond;
        if (limit != UNLIMITED) {
            long now = time.nanoTime();
            boolean idle = now - nextAt > SLICE;
            // More than a slice is asked for only by bytes that were read under another limit; nobody waits long for those.
            nextAt = (idle ? now : nextAt) + Math.min(SLICE, bytes * SECOND / limit);
        }
    }
}
