package io.github.camelonedrive.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The gate through which every request of one account goes. When one request is throttled, the gate closes for all of them,
 * because that is what the service asks for. Safe for many threads.
 *
 * <p>It never closes for longer than {@link #LONGEST}. When that was not long enough for the service, one request goes first
 * then, and the others wait until the service has taken it.
 */
public final class ThrottleGate {

    /** A service that asks for more is asked again after this time: its response may be wrong, or out of date. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition probeEnded = lock.newCondition();
    private boolean everClosed;
    private long opensAt;
    private long closedNanos;
    private boolean probing;
    private boolean probeInFlight;

    public ThrottleGate(TimeSource time) {
        this.time = time;
    }

    /** Closes the gate for this long from now, at most {@link #LONGEST}. A shorter wait never opens it earlier. */
    public void closeFor(Duration asked) {
        lock.lock();
        try {
            boolean isLimited = asked.compareTo(LONGEST) >= 0;
            probing |= isLimited;
            long now = time.nanoTime();
            long until = now + (isLimited ? LONGEST : asked).toNanos();
            if (!everClosed || until - opensAt > 0) {
                closedNanos += until - (everClosed && opensAt - now > 0 ? opensAt : now);
                opensAt = until;
                everClosed = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long the gate stays closed; zero when it is open. */
    public Duration remaining() {
        lock.lock();
        try {
            long nanos = everClosed ? opensAt - time.nanoTime() : 0;
            return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long it was closed since it was made, including the time that is still to come. */
    public Duration closedInAll() {
        lock.lock();
        try {
            return Duration.ofNanos(closedNanos);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a request may be sent, also when the gate is closed again meanwhile. Throws at an open gate, too, when the
     * thread was interrupted.
     *
     * @param longest no wait longer than this is begun
     * @return        to be closed after the response; empty when the gate stays closed for longer
     */
    public Optional<Passage> pass(Duration longest) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (true) {
            Duration wait;
            lock.lockInterruptibly();
            try {
                wait = remaining();
                if (wait.isZero()) {
                    if (!probing || !probeInFlight) {
                        probeInFlight = probing;
                        return Optional.of(new Passage(probing));
                    }
                    if (!awaitProbe(longest)) {
                        return Optional.empty();
                    }
                }
            } finally {
                lock.unlock();
            }
            if (wait.compareTo(longest) > 0) {
                return Optional.empty();
            }
            if (!wait.isZero()) {
                time.sleep(wait);
            }
        }
    }

    /** The probe's own time-outs end it, and whoever sent it says so; the limit is for callers that can't wait for those. */
    private boolean awaitProbe(Duration longest) throws InterruptedException {
        long started = time.nanoTime();
        while (probeInFlight) {
            probeEnded.await(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
            if (probeInFlight && time.nanoTime() - started >= longest.toNanos()) {
                return false;
            }
        }
        return true;
    }

    private void probed(boolean taken) {
        lock.lock();
        try {
            probeInFlight = false;
            probing &= !taken;
            probeEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One request's way through the gate, from before it is sent until its response is known. */
    public final class Passage implements AutoCloseable {

        private boolean isProbe;

        private Passage(boolean isProbe) {
            this.isProbe = isProbe;
        }

        /** The service has taken the request: the gate is open for the others as well. */
        public void taken() {
            end(true);
        }

        /** Returns whether the gate has stayed open so far, so that the request may still be sent. */
        public boolean isOpen() {
            return remaining().isZero();
        }

        /** Without {@link #taken} before, the next request is the one that goes first. */
        @Override
        public void close() {
            end(false);
        }

        private void end(boolean taken) {
            if (isProbe) {
                isProbe = false;
                probed(taken);
            }
        }
    }
}
