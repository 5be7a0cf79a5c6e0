package io.github.camelonedrive.upload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class UploadRateTest {

    private static final int BUFFER = 128 * 1024;
    private static final int KB = 1024;
    private static final long MB = 1024 * 1024;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final FakeTime time = new FakeTime();
    private final long start = time.nanoTime();
    private final UploadRate rate = new UploadRate(time);

    private record Slice(long at, int bytes) {
    }

    @Test
    void withoutALimitWholeBuffersGoOutAndNobodyWaits() throws IOException {
        assertThat(send(100 * MB)).extracting(Slice::bytes).containsOnly(BUFFER);
        assertThat(time.sleeps()).isEmpty();
        assertThat(rate.isLimited()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {UploadRate.MINIMUM, 1500, 10 * KB, 300 * KB, MB, 10 * MB, 100 * MB})
    void noSecondCarriesMoreThanTheLimitAndNoTenthOfASecondMoreThanItsShare(long limit) throws IOException {
        rate.limitTo(OptionalLong.of(limit));

        List<Slice> slices = send(limit * 5);

        assertThat(elapsed()).isCloseTo(Duration.ofSeconds(5), Duration.ofMillis(200));
        assertThat(mostWithin(slices, SECOND)).isLessThanOrEqualTo(limit + limit / 10);
        assertThat(mostWithin(slices, SECOND / 10)).isLessThanOrEqualTo(2 * Math.max(limit / 10, 1));
        assertThat(time.sleeps()).allMatch(sleep -> sleep.compareTo(Duration.ofMillis(100)) <= 0);
    }

    @ParameterizedTest
    @CsvSource({"1024, 102", "10240, 1024", "1048576, 104857", "10485760, 131072"})
    void aLowLimitMeansSmallSlicesSoThatNoConnectionSeemsToStall(long limit, int slice) {
        rate.limitTo(OptionalLong.of(limit));
        assertThat(rate.slice(BUFFER)).isEqualTo(slice);
        assertThat(rate.slice(7)).isEqualTo(7);
    }

    @Test
    void timeInWhichNothingWasSentIsNotMadeUpFor() throws IOException {
        rate.limitTo(OptionalLong.of(10 * KB));
        send(KB);
        time.pass(Duration.ofHours(1));
        long before = time.nanoTime();

        send(10 * KB);

        assertThat(time.nanoTime() - before).isBetween(SECOND * 9 / 10, SECOND);
    }

    @Test
    void wakingUpLateDoesNotLowerTheRate() throws IOException {
        rate.limitTo(OptionalLong.of(10 * MB));
        time.whileSleeping(slept -> time.pass(Duration.ofMillis(20)));

        send(100 * MB);

        assertThat(elapsed()).isCloseTo(Duration.ofSeconds(10), Duration.ofMillis(100));
    }

    @Test
    void uploadsAtTheSameTimeShareTheLimitByTurns() throws Exception {
        rate.limitTo(OptionalLong.of(100 * KB));
        List<Thread> uploads = new ArrayList<>();
        List<Integer> turns = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            int upload = i;
            uploads.add(new Thread(() -> {
                for (int turn = 0; turn < 25; turn++) {
                    awaitUnchecked(rate.slice(BUFFER));
                    turns.add(upload);
                }
            }));
        }
        // Whoever is at it sleeps until all others have come back for their next turn, as they do on a real clock.
        time.whileSleeping(slept -> Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> uploads.stream().filter(UploadRateTest::isReady).count() >= uploads.size() - 1));
        uploads.forEach(Thread::start);
        for (Thread upload : uploads) {
            upload.join();
        }

        assertThat(elapsed()).as("1,000 kB by 100 kB a second").isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
        for (int upload = 0; upload < 4; upload++) {
            assertThat(Collections.frequency(turns.subList(10, 90), upload)).isBetween(18, 22);
        }
    }

    private static boolean isReady(Thread upload) {
        return upload.getState() == Thread.State.WAITING || upload.getState() == Thread.State.TERMINATED;
    }

    @Test
    void aHigherLimitHelpsAnUploadUnderWayAtOnce() throws IOException {
        rate.limitTo(OptionalLong.of(KB));
        send(KB);
        rate.limitTo(OptionalLong.of(MB));
        long before = time.nanoTime();

        send(2 * MB);

        assertThat(time.nanoTime() - before).isBetween(SECOND * 19 / 10, SECOND * 21 / 10);
    }

    @Test
    void aLowerLimitSlowsAnUploadUnderWayAtOnceButNeverMakesItWaitLongForWhatIsRead() throws IOException {
        rate.limitTo(OptionalLong.of(10 * MB));
        int read = rate.slice(BUFFER);
        rate.limitTo(OptionalLong.of(KB));
        long before = time.nanoTime();

        rate.await(read);
        send(5 * KB);

        assertThat(time.nanoTime() - before).isBetween(SECOND * 49 / 10, SECOND * 51 / 10);
        assertThat(time.sleeps()).allMatch(sleep -> sleep.compareTo(Duration.ofMillis(100)) <= 0);
    }

    @Test
    void takingTheLimitAwayEndsAllWaiting() throws IOException {
        rate.limitTo(OptionalLong.of(KB));
        send(KB);
        rate.limitTo(OptionalLong.empty());
        long before = time.nanoTime();

        assertThat(send(MB)).extracting(Slice::bytes).containsOnly(BUFFER);

        assertThat(time.nanoTime()).isEqualTo(before);
    }

    @Test
    void whoIsToldToStopStopsWaitingAndStaysInterrupted() throws IOException {
        rate.limitTo(OptionalLong.of(KB));
        send(KB);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> rate.await(1));

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoIsToldToStopWhileAnotherUploadHasItsTurnStopsToo() throws Exception {
        rate.limitTo(OptionalLong.of(KB));
        send(KB);
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch asleep = new CountDownLatch(1);
        time.whileSleeping(slept -> {
            asleep.countDown();
            hold.await();
        });
        Thread first = new Thread(() -> awaitUnchecked(1));
        first.start();
        asleep.await();
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread second = new Thread(() -> {
            try {
                rate.await(1);
            } catch (IOException e) {
                failure.set(e);
            }
        });
        second.start();
        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);

        second.interrupt();
        second.join();

        assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(first.isAlive()).isTrue();
        hold.countDown();
        first.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1023", "0kB"})
    void aLimitBelowOneKilobyteIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> UploadRate.parse(text))
                .withMessageContaining("maxBytesPerSecond is '" + text + "'").withMessageContaining("at least 1 kB");
    }

    @Test
    void aRefusedLimitChangesNothing() {
        rate.limitTo(OptionalLong.of(KB));
        assertThatIllegalArgumentException().isThrownBy(() -> rate.limitTo(OptionalLong.of(-1)));
        assertThat(rate.slice(BUFFER)).isEqualTo(102);
    }

    @Test
    void sizesAreWrittenAsElsewhereAndNothingMeansNoLimit() {
        assertThat(UploadRate.parse("10MB")).hasValue(10 * MB);
        assertThat(UploadRate.parse("1 kB")).hasValue(KB);
        assertThat(UploadRate.parse(" ")).isEmpty();
        assertThat(UploadRate.parse(null)).isEmpty();
    }

    /** Sends as an upload does that never waits for its connection. */
    private List<Slice> send(long bytes) throws IOException {
        List<Slice> slices = new ArrayList<>();
        for (long left = bytes; left > 0;) {
            int slice = rate.slice((int) Math.min(BUFFER, left));
            rate.await(slice);
            slices.add(new Slice(time.nanoTime(), slice));
            left -= slice;
        }
        return slices;
    }

    private void awaitUnchecked(int bytes) {
        try {
            rate.await(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The most bytes that went out in any span of this many nanoseconds. */
    private static long mostWithin(List<Slice> slices, long span) {
        long most = 0;
        long sum = 0;
        int oldest = 0;
        for (Slice slice : slices) {
            sum += slice.bytes;
            while (slice.at - slices.get(oldest).at >= span) {
                sum -= slices.get(oldest++).bytes;
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    private Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - start);
    }
}
