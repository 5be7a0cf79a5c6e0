package io.github.camelonedrive.auth;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.transport.RetryBudget;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.transport.ThrottleGate;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Sends the requests of one account's sign-in, again after passing trouble: at most 5 times, and for 2 minutes. What the
 * service asked that account to wait holds for its next sign-in too. Safe for many threads.
 */
final class LoginRetry {

    static final RetrySettings SETTINGS = new RetrySettings(4, Duration.ofSeconds(30), Duration.ofMinutes(2));

    private final TimeSource time;
    private final RandomGenerator random;
    private final ThrottleGate gate;

    LoginRetry(TimeSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
        this.gate = new ThrottleGate(time);
    }

    /** Sends one request. */
    @FunctionalInterface
    interface Attempt<T> {

        T run() throws OneDriveException;
    }

    /** Returns for how long the service asked for no requests, from now; zero while it takes them. */
    Duration throttledFor() {
        return gate.remaining();
    }

    /**
     * Returns what the first successful attempt returns.
     *
     * @throws LoginUnavailableException when there was none, the service asks for a longer wait, or the thread was interrupted
     */
    <T> T run(Attempt<T> attempt) throws OneDriveException {
        long started = time.nanoTime();
        RetryBudget budget = new RetryBudget(SETTINGS, random);
        LoginUnavailableException trouble = null;
        while (true) {
            try (ThrottleGate.Passage passage = pass(left(started), trouble)) {
                T result = attempt(attempt, passage);
                passage.taken();
                return result;
            } catch (LoginUnavailableException e) {
                if (!e.worthRetrying()) {
                    throw e;
                }
                trouble = e;
            }
            pause(budget.next(), trouble, left(started));
        }
    }

    private <T> T attempt(Attempt<T> attempt, ThrottleGate.Passage passage) throws OneDriveException {
        try {
            return attempt.run();
        } catch (LoginUnavailableException e) {
            e.retryAfter().ifPresent(gate::closeFor);
            throw e;
        } catch (AuthenticationException refused) {
            passage.taken();
            throw refused;
        }
    }

    private Duration left(long started) {
        return SETTINGS.maxThrottleWait().minusNanos(time.nanoTime() - started);
    }

    private ThrottleGate.Passage pass(Duration longest, LoginUnavailableException trouble) throws LoginUnavailableException {
        try {
            Optional<ThrottleGate.Passage> passage = gate.pass(longest);
            if (passage.isEmpty()) {
                throw tooLong(trouble);
            }
            return passage.get();
        } catch (InterruptedException e) {
            throw interrupted(trouble, e);
        }
    }

    private void pause(Optional<Duration> delay, LoginUnavailableException trouble, Duration longest)
            throws LoginUnavailableException {
        Duration closed = gate.remaining();
        if (closed.compareTo(longest) > 0) {
            throw tooLong(trouble);
        }
        if (delay.isEmpty() || delay.get().compareTo(longest) > 0) {
            throw trouble;
        }
        try {
            time.sleep(closed.compareTo(delay.get()) > 0 ? closed : delay.get());
        } catch (InterruptedException e) {
            throw interrupted(trouble, e);
        }
    }

    private LoginUnavailableException tooLong(LoginUnavailableException trouble) {
        Duration wait = gate.remaining();
        return new LoginUnavailableException("Microsoft's sign-in service asks to wait " + wait.toSeconds()
                + " s before the next sign-in.", "Try again after "
                + time.now().plus(wait).truncatedTo(ChronoUnit.SECONDS) + ".",
                LoginUnavailableException.Detail.FINAL, trouble);
    }

    private static LoginUnavailableException interrupted(LoginUnavailableException trouble, InterruptedException e) {
        Thread.currentThread().interrupt();
        return interrupted(trouble == null ? e : trouble);
    }

    /** A sign-in that the caller's thread was told to end. */
    static LoginUnavailableException interrupted(Throwable cause) {
        return new LoginUnavailableException("The sign-in was interrupted.", "", LoginUnavailableException.Detail.FINAL, cause);
    }
}
