package io.github.camelonedrive.graph;

import java.time.Duration;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.transport.RetryBudget;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.transport.ThrottleGate;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Decides after a failure whether the same thing is tried again, and waits as long as it takes before that. One per
 * operation; belongs to one thread.
 */
public final class Patience {

    private final RetrySettings settings;
    private final RetryBudget budget;
    private final ThrottleGate gate;
    private final TimeSource time;
    private final PauseListener listener;
    private boolean inTrouble;
    private long troubleSince;

    /** Told before each pause. */
    @FunctionalInterface
    public interface PauseListener {
        void pausing(Duration pause, OneDriveException reason);
    }

    Patience(RetrySettings settings, RetryBudget budget, ThrottleGate gate, TimeSource time, PauseListener listener) {
        this.settings = settings;
        this.budget = budget;
        this.gate = gate;
        this.time = time;
        this.listener = listener;
    }

    /** Something went forward: earlier failures no longer count. */
    public void progressed() {
        inTrouble = false;
        budget.progressed();
    }

    /**
     * Waits before the next try.
     *
     * @throws OneDriveException the failure itself, when trying again is useless, was done often enough, or the server asks
     *                           for a longer wait than we have patience for
     */
    public void pauseOrFail(OneDriveException failure) throws OneDriveException, InterruptedException {
        if (!isPassing(failure)) {
            throw failure;
        }
        pauseOrFailAnyway(failure);
    }

    /** As {@link #pauseOrFail}, for a failure that the caller knows to be worth another try. */
    public void pauseOrFailAnyway(OneDriveException failure) throws OneDriveException, InterruptedException {
        Duration asked = longer(gate.remaining(), askedByAnswer(failure));
        if (asked.compareTo(settings.maxThrottleWait()) > 0) {
            throw new ThrottledTooLongException(failure, asked, settings.maxThrottleWait());
        }
        Optional<Duration> delay = lastsTooLong() ? Optional.empty() : budget.next();
        if (delay.isEmpty()) {
            throw failure;
        }
        if (failure instanceof GraphException.Throttled && gate.remaining().isZero()) {
            gate.closeFor(delay.get());
        }
        Duration pause = longer(delay.get(), asked);
        listener.pausing(pause, failure);
        time.sleep(pause);
    }

    /** Waits for something that takes its time and is no failure: the budget does not count it. */
    public void pause(Duration pause, OneDriveException reason) throws InterruptedException {
        listener.pausing(pause, reason);
        time.sleep(pause);
    }

    /** A locked or changed item may come with a wait too; that one is not for the whole account, so no gate knows of it. */
    private static Duration askedByAnswer(OneDriveException failure) {
        return failure instanceof GraphException answered ? answered.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
    }

    private boolean lastsTooLong() {
        long now = time.nanoTime();
        if (!inTrouble) {
            inTrouble = true;
            troubleSince = now;
        }
        return Duration.ofNanos(now - troubleSince).compareTo(settings.longestTrouble()) > 0;
    }

    /** Whether a failure may well be over in a while. */
    public static boolean isPassing(OneDriveException failure) {
        return failure instanceof ConnectionFailedException unanswered && unanswered.isPassing()
                || failure instanceof UnexpectedAnswerException
                || failure instanceof GraphException answered && answered.graphProblem().isPassing();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
