package io.github.camelonedrive.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.transport.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LockFileTest {

    @TempDir
    Path dir;

    private final List<String> reports = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LockWaits.Listener listener = new LockWaits.Listener() {

        @Override
        public void waiting(LockWait wait) {
            reports.add("waiting " + wait.file().getFileName() + " since " + wait.since());
        }

        @Override
        public void over(LockWait wait) {
            reports.add("over " + wait.file().getFileName());
        }
    };

    @AfterEach
    void stop() {
        LockWaits.remove(listener);
        threads.shutdownNow();
    }

    @Test
    void heldLock_isNotGivenAgain_byWhateverName() throws IOException {
        Path lock = dir.resolve("lock");
        Files.createSymbolicLink(dir.resolve("alias"), dir);
        try (LockFile held = LockFile.tryAcquire(lock).orElseThrow()) {
            assertThat(LockFile.tryAcquire(lock)).isEmpty();
            assertThat(LockFile.tryAcquire(dir.resolve("alias/lock"))).isEmpty();
        }
        LockFile.tryAcquire(lock).orElseThrow().close();
        assertThat(lock).isEmptyFile();
    }

    @Test
    void lockFileThatIsALink_isRefusedAndWhatItLedToIsLeftAlone() throws IOException {
        Path foreign = Files.writeString(dir.resolve("foreign"), "4711");
        Files.createSymbolicLink(dir.resolve("lock"), foreign);

        assertThatThrownBy(() -> LockFile.tryAcquire(dir.resolve("lock"))).isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> LockFile.acquire(dir.resolve("lock"))).isInstanceOf(UnsafeFileException.class);
        assertThat(foreign).hasContent("4711");
    }

    @Test
    void holder_isFoundInTheSystemsList() {
        List<String> locks = List.of("1: FLOCK  ADVISORY  WRITE 10 fe:00:131 0 EOF",
                "1: -> POSIX  ADVISORY  WRITE 9 fe:00:131 0 EOF",
                "2: POSIX  ADVISORY  WRITE 12 fe:00:1131 0 EOF", "3: POSIX  ADVISORY  WRITE 4711 fe:00:131 0 EOF");

        assertThat(LockHolder.find(locks, "131")).contains(4711L);
        assertThat(LockHolder.find(locks, "31")).isEmpty();
        assertThat(LockHolder.find(List.of("1: POSIX ADVISORY WRITE 0 fe:00:131 0 EOF"), "131")).isEmpty();
    }

    @Test
    void holder_ofALockOfThisProcess_isThisProcess() throws IOException {
        try (LockFile held = LockFile.acquire(dir.resolve("lock"))) {
            assertThat(LockFile.holder(dir.resolve("lock"))).isIn(Optional.empty(),
                    Optional.of(ProcessHandle.current().pid()));
        }
    }

    @Test
    void longWaits_areReportedOnceForAFile_andOnceWhenOver() throws Exception {
        LockWaits.add(listener);
        CountDownLatch reported = new CountDownLatch(2);
        Clock first = new Clock(reported);
        Clock second = new Clock(reported);
        LockFile held = LockFile.acquire(dir.resolve("lock"));
        Future<?> one = threads.submit(() -> acquireAndLetGo(first));
        first.passed.await();
        Future<?> other = threads.submit(() -> acquireAndLetGo(second));
        second.passed.await();

        held.close();
        reported.countDown();
        reported.countDown();
        one.get();
        other.get();

        assertThat(reports).containsExactly("waiting lock since 1970-01-01T00:00:00Z", "over lock");
    }

    private Object acquireAndLetGo(TimeSource time) throws IOException {
        LockFile.acquire(dir.resolve("lock"), time).close();
        return "done";
    }

    /** Goes on by a second at each pause; stops when the wait was long enough, until the test lets it go on. */
    private static final class Clock implements TimeSource {

        private final AtomicLong seconds = new AtomicLong();
        private final CountDownLatch passed = new CountDownLatch(1);
        private final CountDownLatch goOn;

        Clock(CountDownLatch goOn) {
            this.goOn = goOn;
        }

        @Override
        public Instant now() {
            return Instant.ofEpochSecond(seconds.get());
        }

        @Override
        public long nanoTime() {
            return Duration.ofSeconds(seconds.get()).toNanos();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (seconds.incrementAndGet() > LockWaits.LONG.toSeconds() + 5) {
                passed.countDown();
                goOn.await();
            }
        }
    }
}
