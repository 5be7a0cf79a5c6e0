package io.github.camelonedrive.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often one operation may still be tried, and how long to pause before that: exponential back-off with full jitter.
 * Forward progress fills it up again ({@code graph-contract.md} statements 47, 57, 61). Belongs to one thread.
 */
public final class RetryBudget {

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);

    private final RetrySettings settings;
    private final RandomGenerator random;
    private int used;

    public RetryBudget(RetrySettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** Something went forward: earlier failures no longer count. */
    public void progressed() {
        used = 0;
    }

    /** Takes one retry: the pause before it, or empty when none is left. */
    public Optional<Duration> next() {
        if (used >= settings.maxRetries()) {
            return Optional.empty();
        }
        long ceiling = Math.min(settings.maxRetryDelay().toMillis(), FIRST_DELAY.toMillis() << Math.min(used, 20));
        used++;
        return Optional.of(Duration.ofMillis(random.nextLong(ceiling + 1)));
    }

    /** How many retries were taken since the last progress. */
    public int used() {
        return used;
    }
}
