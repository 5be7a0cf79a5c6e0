package io.github.camelonedrive.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ThrottleGateTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final FakeTime time = new FakeTime();
    private final ThrottleGate gate = new ThrottleGate(time);

    @Test
    void aNewGateIsOpen() throws Exception {
        gate.await(LONG);
        assertThat(gate.remaining()).isZero();
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void aClosedGateHoldsEverybodyUntilItOpens() throws Exception {
        gate.closeFor(Duration.ofSeconds(10));
        time.pass(Duration.ofSeconds(4));
        assertThat(gate.remaining()).isEqualTo(Duration.ofSeconds(6));
        gate.await(LONG);
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
        gate.await(LONG);
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
    void aYearIsNotTooLong() {
        gate.closeFor(Duration.ofDays(365));
        assertThat(gate.remaining()).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void aWaitBeyondOnesPatienceIsNotBegun() throws Exception {
        gate.closeFor(Duration.ofSeconds(10));
        assertThat(gate.await(Duration.ofSeconds(9))).isFalse();
        assertThat(time.sleeps()).isEmpty();
        assertThat(gate.await(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void anInterruptEndsTheWait() {
        gate.closeFor(Duration.ofSeconds(10));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> gate.await(LONG));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptIsNoticedAtAnOpenGateToo() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> gate.await(LONG));
        assertThat(Thread.interrupted()).isFalse();
    }
}
