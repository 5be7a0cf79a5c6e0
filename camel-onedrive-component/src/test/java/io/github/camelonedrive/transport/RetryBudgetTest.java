package io.github.camelonedrive.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryBudgetTest {

    private static final RetrySettings SETTINGS = new RetrySettings(9, Duration.ofSeconds(60), Duration.ofMinutes(15));

    @Test
    @Tag("C47")
    void pausesDoubleUpToTheLongestOne() {
        RetryBudget budget = new RetryBudget(SETTINGS, new Longest());
        List<Long> pauses = new ArrayList<>();
        for (Optional<Duration> pause = budget.next(); pause.isPresent(); pause = budget.next()) {
            pauses.add(pause.get().toMillis());
        }
        assertThat(pauses).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 32000L, 60000L, 60000L);
    }

    @Test
    @Tag("C47")
    void pausesAreSpreadFromNothingToThat() {
        Random random = new Random(7);
        RetrySettings one = new RetrySettings(1, Duration.ofSeconds(60), Duration.ZERO);
        List<Long> firsts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            firsts.add(new RetryBudget(one, random).next().orElseThrow().toMillis());
        }
        assertThat(firsts).allMatch(millis -> millis >= 0 && millis <= 500).anyMatch(millis -> millis < 50)
                .anyMatch(millis -> millis > 450);
    }

    @Test
    void pausesAreSpreadEvenlyOverTheWholeRangeAtEveryStep() {
        RetrySettings settings = new RetrySettings(12, Duration.ofSeconds(60), Duration.ZERO);
        Random random = new Random(11);
        for (int step = 0; step < 12; step++) {
            long ceiling = Math.min(60_000, 500L << step);
            int[] tenths = new int[10];
            for (int i = 0; i < 5000; i++) {
                RetryBudget budget = new RetryBudget(settings, random);
                for (int skipped = 0; skipped < step; skipped++) {
                    budget.next();
                }
                long millis = budget.next().orElseThrow().toMillis();
                assertThat(millis).isBetween(0L, ceiling);
                tenths[(int) Math.min(9, millis * 10 / ceiling)]++;
            }
            assertThat(tenths).as("step " + step).satisfies(counts -> {
                for (int count : counts) {
                    assertThat(count).isBetween(400, 600);
                }
            });
        }
    }

    @Test
    void progressFillsItUpAgain() {
        RetryBudget budget = new RetryBudget(new RetrySettings(2, Duration.ofSeconds(1), Duration.ZERO), new Longest());
        assertThat(budget.next()).isPresent();
        assertThat(budget.next()).isPresent();
        assertThat(budget.next()).isEmpty();
        assertThat(budget.used()).isEqualTo(2);
        budget.progressed();
        assertThat(budget.next()).contains(Duration.ofMillis(500));
        assertThat(budget.used()).isEqualTo(1);
    }

    @Test
    void noRetriesMeansNone() {
        assertThat(new RetryBudget(new RetrySettings(0, Duration.ZERO, Duration.ZERO), new Longest()).next()).isEmpty();
    }

    @Test
    void manyRetriesDoNotOverflow() {
        RetryBudget budget = new RetryBudget(new RetrySettings(200, Duration.ofDays(2), Duration.ZERO), new Longest());
        for (int i = 0; i < 200; i++) {
            assertThat(budget.next().orElseThrow()).isBetween(Duration.ofMillis(500), Duration.ofDays(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1"})
    void negativeSettingsAreRefused(int retries, long delay, long wait) {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new RetrySettings(retries, Duration.ofSeconds(delay), Duration.ofSeconds(wait)));
    }

    /** Always the largest number possible. */
    private static final class Longest implements RandomGenerator {

        @Override
        public long nextLong() {
            return -1;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
