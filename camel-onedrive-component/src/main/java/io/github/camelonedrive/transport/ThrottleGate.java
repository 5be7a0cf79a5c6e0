package io.github.camelonedrive.transport;

import java.time.Duration;

/**
 * The door through which every request of one account goes. When one request is throttled the door closes for all of them,
 * because that is what the service asks for ({@code graph-contract.md} §4, statement 62). Safe for many threads.
 */
public final class ThrottleGate {

    private final TimeSource time;
    private boolean everClosed;
    private long opensAt;
    private long closedNanos;

    public ThrottleGate(TimeSource time) {
        this.time = time;
    }

    /** Closes the gate for at least this long from now; it never opens earlier because of a shorter wish. */
    public synchronized void closeFor(Duration wait) {
        long now = time.nanoTime();
        long until = now + wait.toNanos();
        if (!everClosed || until - opensAt > 0) {
            closedNanos += until - (everClosed && opensAt - now > 0 ? opensAt : now);
            opensAt = until;
            everClosed = true;
        }
    }

    /** How long the gate stays closed; zero when it is open. */
    public synchronized Duration remaining() {
        long nanos = everClosed ? opensAt - time.nanoTime() : 0;
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    /** How long it was closed since it was made, what is still to come included. */
    public synchronized Duration closedInAll() {
        return Duration.ofNanos(closedNanos);
    }

    /**
     * Waits until the gate is open, also when it is closed anew meanwhile. An interrupt is noticed at an open gate too.
     *
     * @param longest no wait longer than this is begun
     * @return        whether the gate is open; false when it stays closed for longer
     */
    public boolean await(Duration longest) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (Duration wait = remaining(); !wait.isZero(); wait = remaining()) {
            if (wait.compareTo(longest) > 0) {
                return false;
            }
            time.sleep(wait);
        }
        return true;
    }
}
