package io.github.camelonedrive.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter; a wait that the service asks for is obeyed before the very next request
 * ({@code graph-contract.md} §4, statements 59, 61 and 99). At most 5 attempts and 2 minutes for one sign-in.
 */
public final class BackoffLoginRetry implements LoginRetry {

    static final int MAX_ATTEMPTS = 5;
    static final Duration MAX_TIME = Duration.ofMinutes(2);
    static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Sleeper sleeper;

    private volatile Instant notBefore = Instant.MIN;

    /** Waits by sleeping. */
    public BackoffLoginRetry(InstantSource clock, RandomGenerator random) {
        this(clock, random, duration -> Thread.sleep(duration.toMillis()));
    }

    /** For tests, and for those who wait in another way. */
    public BackoffLoginRetry(InstantSource clock, RandomGenerator random, Sleeper sleeper) {
        this.clock = clock;
        this.random = random;
        this.sleeper = sleeper;
    }

    @Override
    public Budget begin() throws LoginUnavailableException {
        Instant started = clock.instant();
        if (started.isBefore(notBefore)) {
            Duration wait = Duration.between(started, notBefore);
            if (wait.compareTo(MAX_TIME) > 0) {
                throw tooLong(wait, null);
            }
            sleep(wait, null);
        }
        return new Attempts(started);
    }

    private void sleep(Duration wait, LoginUnavailableException trouble) throws LoginUnavailableException {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(trouble == null ? e : trouble);
        }
    }

    private LoginUnavailableException tooLong(Duration wait, LoginUnavailableException trouble) {
        return new LoginUnavailableException("Microsoft's sign-in service asks to wait " + wait.toSeconds()
                + " s before the next sign-in.", "Try again after "
                + clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS) + ".",
                LoginUnavailableException.Detail.FINAL, trouble);
    }

    static LoginUnavailableException interrupted(Throwable cause) {
        return new LoginUnavailableException("The sign-in was interrupted.", "", LoginUnavailableException.Detail.FINAL, cause);
    }

    /** How to wait. */
    @FunctionalInterface
    public interface Sleeper {

        /** Waits that long, unless interrupted. */
        void sleep(Duration duration) throws InterruptedException;
    }

    private final class Attempts implements Budget {

        private final Instant started;
        private int attempts = 1;

        private Attempts(Instant started) {
            this.started = started;
        }

        @Override
        public void waitAfter(LoginUnavailableException trouble) throws LoginUnavailableException {
            Instant now = clock.instant();
            trouble.retryAfter().ifPresent(asked -> notBefore = now.plus(asked));
            if (attempts >= MAX_ATTEMPTS) {
                throw trouble;
            }
            Duration wait = trouble.retryAfter().orElseGet(this::backoff);
            if (now.plus(wait).isAfter(started.plus(MAX_TIME))) {
                throw trouble.retryAfter().isPresent() ? tooLong(wait, trouble) : trouble;
            }
            attempts++;
            sleep(wait, trouble);
        }

        private Duration backoff() {
            long ceiling = Math.min(MAX_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << (attempts - 1));
            return Duration.ofMillis(random.nextLong(ceiling + 1));
        }
    }
}
