package io.github.camelonedrive.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ThrottleGateTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final FakeTime time = new FakeTime();
    private final ThrottleGate gate = new ThrottleGate(time);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void aNewGateIsOpen() throws Exception {
        gate.pass(LONG);
        assertThat(gate.remaining()).isZero();
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void aClosedGateHoldsEverybodyUntilItOpens() throws Exception {
        gate.closeFor(Duration.ofSeconds(10));
        time.pass(Duration.ofSeconds(4));
        assertThat(gate.remaining()).isEqualTo(Duration.ofSeconds(6));
        gate.pass(LONG);
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(6));
        assertThat(gate.remaining()).isZero();
    }

    @Test
    void aShorterWishDoesNotOpenItEarlier() {
        gate.closeFor(Duration.ofSeconds(10));
        gate.closeFor(Duration.ofSeconds(3));
        assertThat(gate.remaining()).isEqualTo(Duration.ofSeconds(10));
        gate.closeFor(Duration.ofSeconds(12));
        assertThat(gate.remaining()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void itKnowsForHowLongItWasClosedInAllCountingWhatOverlapsOnce() {
        assertThat(gate.closedInAll()).isZero();
        gate.closeFor(Duration.ofSeconds(10));
        gate.closeFor(Duration.ofSeconds(3));
        assertThat(gate.closedInAll()).isEqualTo(Duration.ofSeconds(10));
        time.pass(Duration.ofSeconds(4));
        gate.closeFor(Duration.ofSeconds(10));
        assertThat(gate.closedInAll()).isEqualTo(Duration.ofSeconds(14));
        time.pass(Duration.ofMinutes(5));
        gate.closeFor(Duration.ofSeconds(1));
        assertThat(gate.closedInAll()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void whoWaitsGoesOnWaitingWhenItIsClosedAnew() throws Exception {
        AtomicInteger sleeps = new AtomicInteger();
        time.whileSleeping(duration -> {
            if (sleeps.incrementAndGet() == 1) {
                gate.closeFor(Duration.ofSeconds(7));
            }
        });
        gate.closeFor(Duration.ofSeconds(5));
        gate.pass(LONG);
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void aJumpOfTheWallClockChangesNothing() {
        gate.closeFor(Duration.ofSeconds(10));
        time.setClock(Instant.parse("1999-01-01T00:00:00Z"));
        assertThat(gate.remaining()).isEqualTo(Duration.ofSeconds(10));
        time.setClock(Instant.parse("2099-01-01T00:00:00Z"));
        assertThat(gate.remaining()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @Tag("C109")
    void closeFor_aYear_isAnHour() {
        gate.closeFor(Duration.ofDays(365));
        assertThat(gate.remaining()).isEqualTo(ThrottleGate.LONGEST);
        assertThat(gate.closedInAll()).isEqualTo(ThrottleGate.LONGEST);
    }

    @Test
    @Tag("C109")
    void pass_afterAnHour_letsOneThroughAndTheOthersWaitForItsResult() throws Exception {
        gate.closeFor(Duration.ofDays(365));
        ThrottleGate.Passage probe = gate.pass(LONG).orElseThrow();
        List<Future<Optional<ThrottleGate.Passage>>> others = waiting(3);
        assertThat(others).noneMatch(Future::isDone);
        probe.taken();
        probe.close();
        for (Future<Optional<ThrottleGate.Passage>> other : others) {
            assertThat(other.get()).isPresent();
        }
        assertThat(gate.pass(Duration.ZERO)).isPresent();
    }

    @Test
    @Tag("C109")
    void pass_probeIsThrottledAgain_closesForTheOthersToo() throws Exception {
        gate.closeFor(Duration.ofDays(365));
        ThrottleGate.Passage probe = gate.pass(LONG).orElseThrow();
        Future<Optional<ThrottleGate.Passage>> other = waiting(1).get(0);
        gate.closeFor(Duration.ofSeconds(30));
        probe.close();
        Optional<ThrottleGate.Passage> second = other.get();
        assertThat(second).isPresent();
        assertThat(time.sleeps()).containsExactly(ThrottleGate.LONGEST, Duration.ofSeconds(30));
        assertThat(waiting(1).get(0)).isNotDone();
        second.get().taken();
    }

    @Test
    @Tag("C109")
    void pass_probeHasNoResult_nextOneIsTheProbe() throws Exception {
        gate.closeFor(Duration.ofDays(365));
        gate.pass(LONG).orElseThrow().close();
        ThrottleGate.Passage second = gate.pass(LONG).orElseThrow();
        assertThat(waiting(1).get(0)).isNotDone();
        second.taken();
    }

    @Test
    @Tag("C109")
    void pass_afterLessThanAnHour_letsAllThrough() throws Exception {
        gate.closeFor(Duration.ofMinutes(59));
        for (int i = 0; i < 3; i++) {
            assertThat(gate.pass(LONG)).isPresent();
        }
    }

    @Test
    @Tag("C109")
    void pass_whileAnotherProbes_endsByInterrupt() throws Exception {
        gate.closeFor(Duration.ofDays(365));
        gate.pass(LONG).orElseThrow();
        Future<Optional<ThrottleGate.Passage>> waiting = waiting(1).get(0);
        threads.shutdownNow();
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get)
                .withCauseInstanceOf(InterruptedException.class);
    }

    /** Threads that wait for another one's probe. */
    private List<Future<Optional<ThrottleGate.Passage>>> waiting(int count) {
        List<Thread> waiting = new CopyOnWriteArrayList<>();
        List<Future<Optional<ThrottleGate.Passage>>> passes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            passes.add(threads.submit(() -> {
                waiting.add(Thread.currentThread());
                return gate.pass(LONG);
            }));
        }
        await().until(() -> waiting.size() == count
                && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        return passes;
    }

    @Test
    void aWaitBeyondOnesPatienceIsNotBegun() throws Exception {
        gate.closeFor(Duration.ofSeconds(10));
        assertThat(gate.pass(Duration.ofSeconds(9))).isEmpty();
        assertThat(time.sleeps()).isEmpty();
        assertThat(gate.pass(Duration.ofSeconds(10))).isPresent();
    }

    @Test
    void anInterruptEndsTheWait() {
        gate.closeFor(Duration.ofSeconds(10));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> gate.pass(LONG));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptIsNoticedAtAnOpenGateToo() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> gate.pass(LONG));
        assertThat(Thread.interrupted()).isFalse();
    }
}
