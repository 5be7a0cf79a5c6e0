package io.github.camelonedrive.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.transport.RetryBudget;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.transport.ThrottleGate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PatienceTest {

    private static final RetrySettings SETTINGS = new RetrySettings(3, Duration.ofSeconds(2), Duration.ofSeconds(100));

    private final FakeTime time = new FakeTime();
    private final ThrottleGate gate = new ThrottleGate(time);
    private final List<Duration> told = new ArrayList<>();
    private final Patience patience = new Patience(SETTINGS, new RetryBudget(SETTINGS, new Random(3)), gate, time,
            (pause, reason) -> told.add(pause));

    @Test
    void aUselessTryIsNotMade() {
        GraphException failure = failure(507);
        assertThatThrownBy(() -> patience.pauseOrFail(failure)).isSameAs(failure);
        assertThat(told).isEmpty();
    }

    @Test
    void triesAreCountedAndTheLastFailureIsTheOneReported() throws Exception {
        for (int i = 0; i < 3; i++) {
            patience.pauseOrFail(failure(503));
        }
        GraphException last = failure(500);
        assertThatThrownBy(() -> patience.pauseOrFail(last)).isSameAs(last);
        assertThat(told).hasSize(3).isEqualTo(time.sleeps());
    }

    @Test
    void progressForgetsEarlierFailures() throws Exception {
        for (int i = 0; i < 30; i++) {
            patience.pauseOrFail(failure(503));
            patience.progressed();
        }
        assertThat(told).hasSize(30);
    }

    @Test
    void aClosedGateMakesThePauseLonger() throws Exception {
        gate.closeFor(Duration.ofSeconds(42));
        patience.pauseOrFail(failure(503));
        assertThat(told).containsExactly(Duration.ofSeconds(42));
    }

    @Test
    void aGateClosedForTooLongEndsIt() {
        gate.closeFor(Duration.ofSeconds(101));
        GraphException failure = failure(429);
        assertThatThrownBy(() -> patience.pauseOrFail(failure)).isInstanceOf(ThrottledTooLongException.class).hasCause(failure);
        assertThat(told).isEmpty();
    }

    @Test
    @Tag("C61")
    void beingThrottledWithoutAFigureClosesTheGateForTheBackOff() throws Exception {
        List<Duration> closed = new ArrayList<>();
        Patience watched = new Patience(SETTINGS, new RetryBudget(SETTINGS, new Random(3)), gate, time,
                (pause, reason) -> closed.add(gate.remaining()));
        watched.pauseOrFail(failure(429));
        assertThat(closed).isEqualTo(time.sleeps());
        assertThat(closed.get(0)).isPositive();
    }

    @Test
    void whatTheCallerKnowsToBeWorthItIsTriedWhateverItIs() throws OneDriveException, InterruptedException {
        patience.pauseOrFailAnyway(failure(404));
        assertThat(told).hasSize(1);
    }

    @Test
    void aWaitThatComesWithALockedItemIsForThisOperationAlone() throws Exception {
        patience.pauseOrFail(failure(423, Duration.ofSeconds(33)));
        patience.pauseOrFail(failure(409, Duration.ofSeconds(34)));
        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(33), Duration.ofSeconds(34));
        assertThat(gate.remaining()).isZero();
    }

    @Test
    void aWaitThatComesWithALockedItemMayBeTooLongAsWell() {
        GraphException failure = failure(423, Duration.ofSeconds(101));
        assertThatThrownBy(() -> patience.pauseOrFail(failure)).isInstanceOf(ThrottledTooLongException.class).hasCause(failure);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void aFewVerySlowTriesWithoutProgressEndItToo() throws Exception {
        patience.pauseOrFail(failure(504));
        time.pass(SETTINGS.longestTrouble().plusSeconds(1));
        GraphException last = failure(504);
        assertThatThrownBy(() -> patience.pauseOrFail(last)).isSameAs(last);
        assertThat(told).hasSize(1);
    }

    @Test
    void anHourOfSuccessBeforeTheFirstFailureDoesNotCountAndProgressStartsTheTimeAnew() throws Exception {
        time.pass(Duration.ofDays(2));
        for (int i = 0; i < 10; i++) {
            patience.pauseOrFail(failure(504));
            time.pass(Duration.ofMinutes(50));
            patience.progressed();
        }
        assertThat(told).hasSize(10);
    }

    @Test
    void settingsThatAllowForLongerPausesAllowForMoreTimeInAll() {
        assertThat(SETTINGS.longestTrouble()).isEqualTo(Duration.ofHours(1));
        assertThat(new RetrySettings(100, Duration.ofMinutes(1), Duration.ofMinutes(15)).longestTrouble())
                .isEqualTo(Duration.ofMinutes(115));
    }

    private static GraphException failure(int status) {
        return failure(status, null);
    }

    private static GraphException failure(int status, Duration retryAfter) {
        return GraphException.of("Testing",
                new GraphAnswer(status, Map.of(), MissingNode.getInstance(), Optional.ofNullable(retryAfter)));
    }
}
