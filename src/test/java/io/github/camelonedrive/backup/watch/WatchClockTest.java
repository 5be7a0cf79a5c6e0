package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelonedrive.FailureKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody sets the clock while dumps wait. */
class WatchClockTest {

    @TempDir
    private Path directory;

    private WatchFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WatchFixture(directory).open();
    }

    @ParameterizedTest
    @ValueSource(longs = {-365, -1, 1, 3650})
    void aDumpIsCompleteAfterItsQuietPeriodHoweverTheClockJumps(long days) throws Exception {
        fixture.dump("a.sql", "content");
        fixture.poll();
        fixture.setForth = Duration.ofDays(days);
        assertThat(fixture.poll()).isEmpty();
        fixture.pass(Duration.ofSeconds(10).minusMillis(1));
        assertThat(fixture.poll()).isEmpty();
        fixture.pass(Duration.ofMillis(1));
        assertThat(fixture.poll()).containsExactly("a.sql");
    }

    @ParameterizedTest
    @ValueSource(longs = {-365, -1, 1, 3650})
    void aPostponedDumpIsTriedAgainInItsTimeHoweverTheClockJumps(long days) throws Exception {
        fixture.dump("a.sql", "content");
        fixture.rollback("a.sql", fixture.take("a.sql"), WatchFixture.failure(FailureKind.SERVICE));
        fixture.setForth = Duration.ofDays(days);
        assertThat(fixture.poll()).isEmpty();
        fixture.pass(Backlog.FIRST_DELAY);
        assertThat(fixture.poll()).containsExactly("a.sql");
    }

    @Test
    void steadyTimeStartsAsTheWallClockAndGoesOnByItself() {
        Instant start = Instant.parse("2026-11-22T03:00:00Z");
        AtomicLong nanoseconds = new AtomicLong(Long.MAX_VALUE - 5);
        InstantSource steady = WatchClock.steady(() -> start, nanoseconds::get);
        assertThat(steady.instant()).isEqualTo(start);
        nanoseconds.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThat(steady.instant()).isEqualTo(start.plusSeconds(7));
    }
}
