package io.github.camelonedrive.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.LoginUnavailableException.Detail;
import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.transport.ThrottleGate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoginRetryTest {

    private static final int ATTEMPTS = 1 + LoginRetry.SETTINGS.maxRetries();

    private final FakeTime time = new FakeTime();
    private final LoginRetry retry = new LoginRetry(time, new Random(1));
    private final Deque<LoginUnavailableException> troubles = new ArrayDeque<>();
    private int attempts;

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private String run() throws OneDriveException {
        return run(retry);
    }

    private String run(LoginRetry by) throws OneDriveException {
        return by.run(() -> {
            attempts++;
            LoginUnavailableException trouble = troubles.poll();
            if (trouble != null) {
                throw trouble;
            }
            return "token";
        });
    }

    private void meet(Duration... retryAfter) {
        for (Duration asked : retryAfter) {
            troubles.add(trouble(asked));
        }
    }

    private void meetOutage(int count) {
        for (int i = 0; i < count; i++) {
            troubles.add(trouble(null));
        }
    }

    @Test
    void run_outage_waitsLongerEachTimeAndGivesUp() {
        for (int run = 0; run < 50; run++) {
            time.forgetSleeps();
            meetOutage(ATTEMPTS);
            assertThatThrownBy(this::run).hasMessageContaining("Busy.");
            assertThat(time.sleeps()).hasSize(ATTEMPTS - 1);
            for (int wait = 0; wait < time.sleeps().size(); wait++) {
                assertThat(time.sleeps().get(wait)).isBetween(Duration.ZERO, Duration.ofMillis(500L << wait));
            }
        }
    }

    @Test
    void run_outage_jitterReachesTheWholeRange() throws OneDriveException {
        meetOutage(3);
        assertThat(run(new LoginRetry(time, highest()))).isEqualTo("token");
        assertThat(time.sleeps()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void run_askedToWait_waitsExactlySoLong() throws OneDriveException {
        meet(Duration.ofSeconds(17));
        assertThat(run()).isEqualTo("token");
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void run_askedToWaitTooLong_failsAtOnceAndSaysWhenToTryAgain() {
        meet(Duration.ofMinutes(10));
        assertThatThrownBy(this::run).hasMessageContaining("600 s").hasMessageContaining("2026-03-01T08:10:00Z");
        assertThat(time.sleeps()).isEmpty();
        assertThat(retry.throttledFor()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void run_nextSignIn_obeysWhatTheLastOneWasAsked() throws OneDriveException {
        meet(Duration.ofMinutes(10));
        assertThatThrownBy(this::run);
        assertThatThrownBy(this::run).isInstanceOf(LoginUnavailableException.class).hasMessageContaining("600 s");
        assertThat(attempts).isEqualTo(1);
        time.pass(Duration.ofMinutes(9));
        run();
        assertThat(time.sleeps()).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void run_lastAttemptIsAskedToWait_holdsForTheNextSignInToo() throws OneDriveException {
        for (int i = 1; i < ATTEMPTS; i++) {
            meet(Duration.ofSeconds(1));
        }
        meet(Duration.ofSeconds(30));
        assertThatThrownBy(this::run);
        time.forgetSleeps();
        run();
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-01-01T00:00:00Z", "2026-03-01T07:00:00Z", "2026-03-01T09:00:00Z", "2099-01-01T00:00:00Z"})
    @Tag("C109")
    void run_clockIsSetMeanwhile_waitsAsLongAsAsked(Instant clock) throws OneDriveException {
        meet(Duration.ofSeconds(110));
        time.whileSleeping(slept -> time.setClock(clock));
        run();
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(110));
        meet(Duration.ofMinutes(10));
        assertThatThrownBy(this::run);
        time.setClock(Instant.parse("2026-03-01T08:00:00Z"));
        time.pass(Duration.ofMinutes(10));
        time.forgetSleeps();
        run();
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    @Tag("C109")
    void run_shorterWaitAfterALongerOne_doesNotReplaceIt() {
        assertThatThrownBy(() -> retry.run(() -> {
            // Meanwhile another sign-in of the account is asked to wait for longer.
            meet(Duration.ofMinutes(10));
            assertThatThrownBy(this::run);
            throw trouble(Duration.ofSeconds(5));
        })).hasMessageContaining("600 s");
        assertThat(retry.throttledFor()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    @Tag("C109")
    void run_askedToWaitForAYear_oneRequestGoesAfterAnHour() throws OneDriveException {
        meet(Duration.ofDays(365), Duration.ofDays(365));
        assertThatThrownBy(this::run).hasMessageContaining("3600 s");
        time.pass(ThrottleGate.LONGEST);
        assertThatThrownBy(this::run).hasMessageContaining("3600 s");
        assertThat(attempts).isEqualTo(2);
        time.pass(ThrottleGate.LONGEST);
        assertThat(List.of(run(), run())).containsOnly("token");
    }

    @Test
    void run_waitsInAll_areBounded() {
        meet(Duration.ofSeconds(70), Duration.ofSeconds(70));
        assertThatThrownBy(this::run).isInstanceOf(LoginUnavailableException.class);
        assertThat(time.slept()).isLessThanOrEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void run_interruptedWhileWaiting_endsAndKeepsTheFlag() {
        time.whileSleeping(slept -> {
            throw new InterruptedException();
        });
        meetOutage(1);
        assertThatThrownBy(this::run).hasMessageContaining("interrupted");
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
