package io.github.camelonedrive.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.auth.LoginUnavailableException.Detail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackoffLoginRetryTest {

    private final ManualClock clock = new ManualClock();
    private final RecordingSleeper sleeper = new RecordingSleeper(clock);
    private final BackoffLoginRetry retry = new BackoffLoginRetry(clock, new Random(1), sleeper);

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void waitsGrowAndAreJittered() throws LoginUnavailableException {
        for (int run = 0; run < 50; run++) {
            sleeper.waits.clear();
            LoginRetry.Budget budget = retry.begin();
            for (int attempt = 1; attempt < BackoffLoginRetry.MAX_ATTEMPTS; attempt++) {
                budget.waitAfter(trouble(null));
                assertThat(sleeper.waits.get(attempt - 1)).isBetween(Duration.ZERO, Duration.ofSeconds(1L << (attempt - 1)));
            }
            assertThatThrownBy(() -> budget.waitAfter(trouble(null))).isInstanceOf(LoginUnavailableException.class);
        }
    }

    @Test
    void fullJitterReachesTheWholeRange() throws LoginUnavailableException {
        BackoffLoginRetry longest = new BackoffLoginRetry(clock, highest(), sleeper);
        LoginRetry.Budget budget = longest.begin();

        budget.waitAfter(trouble(null));
        budget.waitAfter(trouble(null));
        budget.waitAfter(trouble(null));

        assertThat(sleeper.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void askedWaitIsObeyedExactly() throws LoginUnavailableException {
        retry.begin().waitAfter(trouble(Duration.ofSeconds(17)));

        assertThat(sleeper.waits).containsExactly(Duration.ofSeconds(17));
    }

    @Test
    void waitBeyondTheBudgetFailsAtOnceAndSaysWhenToTryAgain() throws LoginUnavailableException {
        LoginRetry.Budget budget = retry.begin();

        assertThatThrownBy(() -> budget.waitAfter(trouble(Duration.ofMinutes(10)))).hasMessageContaining("600 s")
                .hasMessageContaining("2026-11-22T10:10:00Z");
        assertThat(sleeper.waits).isEmpty();
    }

    @Test
    void nextSignInStillObeysWhatTheLastOneWasTold() throws LoginUnavailableException {
        LoginRetry.Budget budget = retry.begin();
        assertThatThrownBy(() -> budget.waitAfter(trouble(Duration.ofMinutes(10))));

        assertThatThrownBy(retry::begin).isInstanceOf(LoginUnavailableException.class).hasMessageContaining("600 s");

        clock.advance(Duration.ofMinutes(9));
        retry.begin();
        assertThat(sleeper.waits).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void lastAnswersWaitHoldsForTheNextSignInToo() throws LoginUnavailableException {
        LoginRetry.Budget budget = retry.begin();
        for (int attempt = 1; attempt < BackoffLoginRetry.MAX_ATTEMPTS; attempt++) {
            budget.waitAfter(trouble(Duration.ofSeconds(1)));
        }
        assertThatThrownBy(() -> budget.waitAfter(trouble(Duration.ofSeconds(30))));
        sleeper.waits.clear();

        retry.begin();

        assertThat(sleeper.waits).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void totalTimeIsBounded() throws LoginUnavailableException {
        LoginRetry.Budget budget = retry.begin();
        budget.waitAfter(trouble(Duration.ofSeconds(70)));

        assertThatThrownBy(() -> budget.waitAfter(trouble(Duration.ofSeconds(70))))
                .isInstanceOf(LoginUnavailableException.class);
        assertThat(sleeper.waits).hasSize(1);
    }

    @Test
    void interruptedWaitEndsTheSignInAndKeepsTheFlag() throws LoginUnavailableException {
        BackoffLoginRetry interrupted = new BackoffLoginRetry(clock, new Random(1), duration -> {
            throw new InterruptedException();
        });
        LoginRetry.Budget budget = interrupted.begin();

        assertThatThrownBy(() -> budget.waitAfter(trouble(null))).hasMessageContaining("interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private static LoginUnavailableException trouble(Duration retryAfter) {
        return new LoginUnavailableException("Busy.", "", new Detail(429, Optional.ofNullable(retryAfter), true), null);
    }

    private static RandomGenerator highest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return -1;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }
}
