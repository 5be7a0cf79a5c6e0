package io.github.camelonedrive.upload;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.hash.QuickXorHash;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HashedContentTest {

    private static final int SIZE = 300 * 1024;
    private static final byte[] CONTENT = UploadFixture.bytes(SIZE);

    private final FakeTime time = new FakeTime();
    private final UploadRate rate = new UploadRate(time);
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private final List<Integer> arrivedAtCheck = new ArrayList<>();
    private final List<Integer> sleepsAtCheck = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();
    private final HashedContent content = new HashedContent(new UploadFixture.SpoiledSource(CONTENT, SIZE) {

        @Override
        public void checkUnchanged() {
            arrivedAtCheck.add(arrived.size());
            sleepsAtCheck.add(time.sleeps().size());
        }
    }, false, rate, task -> new Thread(task, "reader").start());

    @AfterEach
    void stopReading() {
        content.close();
    }

    private void write(OutputStream out) throws IOException {
        content.entity(0, SIZE, progress::add).writeTo(out);
        out.flush();
    }

    @Test
    void aSlowUploadLeavesNothingInBuffersOnItsWay() throws IOException {
        rate.limitTo(OptionalLong.of(10 * 1024));
        List<Integer> left = new ArrayList<>();
        time.whileSleeping(slept -> left.add((int) content.handedOutUpTo() - arrived.size()));

        write(new BufferedOutputStream(arrived, 8192));

        assertThat(left).hasSize(299).containsOnly(0);
        assertThat(arrived.toByteArray()).isEqualTo(CONTENT);
    }

    @Test
    void howFastItGoesChangesNeitherHashNorProgressNorTheCheckBeforeTheLastByte() throws IOException {
        rate.limitTo(OptionalLong.of(10 * 1024));

        write(arrived);

        assertThat(arrivedAtCheck).containsExactly(SIZE - 1024);
        assertThat(sleepsAtCheck).as("nothing is waited for after the check").containsExactly(time.sleeps().size());
        assertThat(progress).hasSize(300).isSorted().endsWith((long) SIZE);
        assertThat(content.bytesSent()).isEqualTo(SIZE);
        assertThat(content.isComplete()).isTrue();
        QuickXorHash hash = new QuickXorHash();
        hash.update(CONTENT, 0, SIZE);
        assertThat(content.quickXorHash()).isEqualTo(hash.base64());
    }

    @Test
    void fragmentsOfAnyLengthFollowEachOtherAndAreSentAgainInAnyOrder() throws IOException {
        content.entity(0, 100_001, progress::add).writeTo(arrived);
        content.entity(100_001, 250_000, progress::add).writeTo(arrived);
        assertThat(arrived.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, 250_000));

        arrived.reset();
        content.entity(50_000, 250_000, progress::add).writeTo(arrived);
        content.entity(250_000, SIZE, progress::add).writeTo(arrived);
        assertThat(arrived.toByteArray()).isEqualTo(Arrays.copyOfRange(CONTENT, 50_000, SIZE));

        QuickXorHash hash = new QuickXorHash();
        hash.update(CONTENT, 0, SIZE);
        assertThat(content.quickXorHash()).isEqualTo(hash.base64());
        assertThat(content.bytesSent()).isEqualTo(250_000 + SIZE - 50_000);
    }

    @Test
    void nothingReadsAheadAnyMoreOnceItIsClosedOrFailed() throws IOException {
        int size = 10 * 1024 * 1024;
        AtomicInteger readers = new AtomicInteger();
        HashedContent large = new HashedContent(new UploadFixture.SpoiledSource(UploadFixture.bytes(size), size),
                false, rate, task -> new Thread(() -> {
                    readers.incrementAndGet();
                    task.run();
                    readers.decrementAndGet();
                }).start());
        large.entity(0, 1000, progress::add).writeTo(arrived);
        Awaitility.await().until(() -> readers.get() == 1);
        large.close();
        Awaitility.await().until(() -> readers.get() == 0);

        assertThatThrownBy(() -> large.entity(1000, 200_000, progress::add).writeTo(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("line broke");
            }
        })).hasMessage("line broke");
        Awaitility.await().until(() -> readers.get() == 0);
    }

    @Test
    void withoutALimitWholeBuffersAreHandedOverAndNotFlushedInBetween() throws IOException {
        List<Integer> writes = new ArrayList<>();
        List<Integer> flushedAfter = new ArrayList<>();
        content.entity(0, SIZE, progress::add).writeTo(new OutputStream() {

            @Override
            public void write(int value) {
                throw new AssertionError("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                writes.add(count);
            }

            @Override
            public void flush() {
                flushedAfter.add(writes.size());
            }
        });

        assertThat(writes).containsExactly(128 * 1024, 128 * 1024, 44 * 1024);
        assertThat(flushedAfter).doesNotContain(1, 2);
    }
}
