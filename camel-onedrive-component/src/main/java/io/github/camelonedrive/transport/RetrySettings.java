package io.github.camelonedrive.transport;

import java.time.Duration;

/**
 * How patient we are.
 *
 * @param maxRetries      tries after the first one, counted since the last progress; 0 or more
 * @param maxRetryDelay   the longest pause that we choose ourselves
 * @param maxThrottleWait the longest pause that a server may ask for; beyond it the operation fails at once
 */
public record RetrySettings(int maxRetries, Duration maxRetryDelay, Duration maxThrottleWait) {

    /** Rides out some minutes of trouble without progress. */
    public static final RetrySettings DEFAULT = new RetrySettings(10, Duration.ofSeconds(60), Duration.ofMinutes(15));

    private static final Duration SLOW_TRIES = Duration.ofHours(1);

    public RetrySettings {
        if (maxRetries < 0 || maxRetryDelay.isNegative() || maxThrottleWait.isNegative()) {
            throw new IllegalArgumentException("Retry settings must not be negative");
        }
    }

    /**
     * How long one operation may go without progress before a further failure is its last, however few tries that took: an
     * hour, or what these settings can ask for if that is longer ({@code graph-contract.md} statement 47).
     */
    public Duration longestTrouble() {
        Duration pauses = maxThrottleWait.plus(maxRetryDelay.multipliedBy(maxRetries));
        return pauses.compareTo(SLOW_TRIES) > 0 ? pauses : SLOW_TRIES;
    }
}
