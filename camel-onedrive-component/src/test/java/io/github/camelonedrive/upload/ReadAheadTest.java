package io.github.camelonedrive.upload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.camelonedrive.hash.PrefixDigest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reading beside sending: in order, never two at a time, and no failure is lost. */
@Timeout(20)
class ReadAheadTest {

    private static final Executor READERS = task -> new Thread(task, "reader").start();

    private final List<Long> positions = new ArrayList<>();

    @Test
    void partsComeInOrderAlsoWhenReadsAreShort() throws Exception {
        try (ReadAhead ahead = new ReadAhead(READERS, this::three, 10, 20, new byte[2][5])) {
            for (int got = 0; got < 10;) {
                got += ahead.next(5).count();
                assertThat(ahead.position()).isEqualTo(10 + got);
            }
        }
        assertThat(positions).containsExactly(10L, 13L, 16L, 19L);
    }

    @Test
    void aPartIsHandedOutInPiecesWhereLessIsAskedFor() throws Exception {
        Optional<PrefixDigest> digest = Optional.of(new PrefixDigest(5, "", 0));
        try (ReadAhead ahead = new ReadAhead(READERS,
                (position, buffer, length) -> {
                    buffer[0] = (byte) position;
                    return new ReadAhead.Part(buffer, 0, length, digest);
                }, 0, 10, new byte[2][5])) {
            ReadAhead.Part first = ahead.next(2);
            ReadAhead.Part rest = ahead.next(9);

            assertThat(first.count()).isEqualTo(2);
            assertThat(rest.buffer()).isSameAs(first.buffer());
            assertThat(rest.offset()).isEqualTo(2);
            assertThat(rest.count()).isEqualTo(3);
            assertThat(List.of(first.newlyRead(), rest.newlyRead())).as("said once").containsExactly(digest, Optional.empty());
            assertThat(ahead.next(9).buffer()[0]).isEqualTo((byte) 5);
        }
    }

    @Test
    void whatWasHandedOutIsNotOverwrittenBeforeMoreIsAskedFor() throws Exception {
        try (ReadAhead ahead = new ReadAhead(READERS, (position, buffer, length) -> {
            Arrays.fill(buffer, (byte) position);
            return new ReadAhead.Part(buffer, 0, 1, Optional.empty());
        }, 0, 10_000, new byte[4][5])) {
            for (int i = 0; i < 10_000; i++) {
                ReadAhead.Part part = ahead.next(1);
                Thread.yield();
                assertThat(part.buffer()[part.offset()]).isEqualTo((byte) i);
            }
        }
    }

    @Test
    void aFailureComesWhereTheBytesWouldHaveCome() throws Exception {
        IOException failure = new IOException("disk");
        try (ReadAhead ahead = new ReadAhead(READERS, (position, buffer, length) -> {
            if (position > 0) {
                throw failure;
            }
            return new ReadAhead.Part(buffer, 0, 1, Optional.empty());
        }, 0, 20, new byte[3][5])) {
            assertThat(ahead.next(5).count()).isEqualTo(1);
            assertThatThrownBy(() -> ahead.next(5)).isSameAs(failure);
        }
    }

    @Test
    void anErrorIsNotLostInItsThread() {
        Error error = new OutOfMemoryError("test");
        try (ReadAhead ahead = new ReadAhead(READERS, (position, buffer, length) -> {
            throw error;
        }, 0, 20, new byte[3][5])) {
            assertThatThrownBy(() -> ahead.next(5)).isSameAs(error);
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingStopsAndTheReadUnderWayIsNotDisturbed() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        boolean[] disturbed = new boolean[1];
        ReadAhead ahead = new ReadAhead(READERS, (position, buffer, length) -> {
            reading.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                disturbed[0] = true;
            }
            return new ReadAhead.Part(buffer, 0, 1, Optional.empty());
        }, 0, 20, new byte[3][5]);
        reading.await();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ahead.next(5)).isInstanceOf(InterruptedIOException.class);
        go.countDown();
        ahead.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(disturbed[0]).isFalse();
    }

    @Test
    void afterClosingNothingIsReadAnyMore() throws Exception {
        ReadAhead ahead = new ReadAhead(READERS, this::three, 0, 1_000_000, new byte[2][5]);
        ahead.next(5);
        ahead.close();
        int read = positions.size();
        assertThat(read).isBetween(1, 3);
    }

    @Test
    void executorHasNoThread_callerReads() throws Exception {
        Executor full = task -> {
            throw new RejectedExecutionException();
        };
        Executor late = task -> { };
        Executor callerRuns = Runnable::run;
        for (Executor executor : List.of(full, late, callerRuns)) {
            positions.clear();
            try (ReadAhead ahead = new ReadAhead(executor, this::three, 10, 100, new byte[2][5])) {
                for (int got = 0; got < 90;) {
                    got += ahead.next(5).count();
                }
            }
            assertThat(positions).hasSize(30).isSorted();
        }
    }

    @Test
    void executorStartsLate_readsFromThereOn() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        try (ReadAhead ahead = new ReadAhead(tasks::add, this::three, 10, 100, new byte[2][5])) {
            for (int got = 0; got < 90;) {
                if (got == 30) {
                    READERS.execute(tasks.get(0));
                }
                got += ahead.next(5).count();
                assertThat(ahead.position()).isEqualTo(10 + got);
            }
        }
        assertThat(positions).hasSize(30).isSorted();
        tasks.get(0).run();
        assertThat(positions).hasSize(30);
    }

    private ReadAhead.Part three(long position, byte[] buffer, int length) {
        positions.add(position);
        return new ReadAhead.Part(buffer, 0, Math.min(3, length), Optional.empty());
    }
}
