package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(300)
class VaultConcurrencyTest {

    private static final int EACH = 15;

    @TempDir
    Path dir;

    @Test
    void writersInManyThreadsLoseNothing() throws Exception {
        MasterKey key = TestVaults.randomKey();
        Path file = dir.resolve("vault.json");
        Vault.create(file, key);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> writers = new ArrayList<>();
        for (String writer : List.of("a", "b", "c", "d")) {
            writers.add(threads.submit(() -> {
                addMany(Vault.open(file, key), writer);
                return null;
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();

        assertThat(Vault.open(file, key).names()).hasSize(4 * EACH);
    }

    @Test
    void writersInTwoProcessesLoseNothingWhileAThirdReads() throws Exception {
        Path keyFile = dir.resolve("vault.key");
        MasterKey key = MasterKey.generate(keyFile);
        Path file = dir.resolve("vault.json");
        Vault reader = Vault.create(file, key);

        Process first = startWriter(file, keyFile, "first");
        Process second = startWriter(file, keyFile, "second");
        int reads = 0;
        while (first.isAlive() || second.isAlive()) {
            reader.destinations();
            reads++;
        }

        assertThat(first.exitValue()).as(Files.readString(log("first"))).isZero();
        assertThat(second.exitValue()).as(Files.readString(log("second"))).isZero();
        assertThat(reads).isPositive();
        assertThat(reader.names()).hasSize(2 * EACH);
        assertThat(Files.readString(file)).contains("\"generation\" : " + (1 + 2 * EACH));
    }

    @Test
    void killedProcessLeavesNoLockBehind() throws Exception {
        Path keyFile = dir.resolve("vault.key");
        MasterKey key = MasterKey.generate(keyFile);
        Path file = dir.resolve("vault.json");
        Vault vault = Vault.create(file, key);
        vault.add(TestVaults.publicClient("held"));
        Process holder = start("holder", Holder.class, file, keyFile, "held");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(log("holder")).contains("locked"));

        AtomicReference<String> result = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            try {
                result.set(vault.whileLocked("held", () -> "mine"));
            } catch (IOException e) {
                result.set(e.toString());
            }
        });
        waiter.start();
        // It waits in a system call, which no thread state shows; that it has not got through is all there is to see.
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> result.get() == null);
        holder.destroyForcibly().waitFor();
        waiter.join();

        assertThat(result).hasValue("mine");
    }

    @Test
    @Tag("full")
    void killedWriterLeavesAWholeVault() throws Exception {
        Path keyFile = dir.resolve("vault.key");
        MasterKey key = MasterKey.generate(keyFile);
        Path file = dir.resolve("vault.json");
        Vault vault = Vault.create(file, key);
        for (int round = 1; round <= 3; round++) {
            int before = vault.names().size();
            Process writer = start("writer" + round, EndlessWriter.class, file, keyFile, "w" + round + "-");
            await().atMost(Duration.ofSeconds(60)).until(() -> vault.names().size() > before + 5);

            writer.destroyForcibly().waitFor();

            int written = Vault.open(file, key).names().size();
            assertThat(Files.readString(file)).contains("\"generation\" : " + (1 + written));
        }
        vault.add(TestVaults.publicClient("last"));
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void oneDestinationsLockBlocksNeitherOthersNorWrites() throws Exception {
        Vault vault = Vault.create(dir.resolve("vault.json"), TestVaults.randomKey());
        vault.add(TestVaults.publicClient("slow"));
        vault.add(TestVaults.publicClient("quick"));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<Boolean> slow = threads.submit(() -> vault.whileLocked("slow", () -> {
            locked.countDown();
            return awaitUninterrupted(release);
        }));
        locked.await();

        assertThat(threads.submit(() -> vault.<String>whileLocked("quick", () -> "done")).get(30, TimeUnit.SECONDS))
                .isEqualTo("done");
        vault.add(TestVaults.publicClient("another"));
        release.countDown();
        assertThat(slow.get()).isTrue();
        threads.shutdown();
    }

    @Test
    void onlyOneThreadAtATimeHoldsADestination() throws Exception {
        MasterKey key = TestVaults.randomKey();
        Path file = dir.resolve("vault.json");
        Vault.create(file, key).add(TestVaults.publicClient("shared"));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            runs.add(threads.submit(() -> Vault.open(file, key).whileLocked("shared", () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                return inside.decrementAndGet();
            })));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        threads.shutdown();

        assertThat(most).hasValue(1);
    }

    @Test
    void waitingForALockCanBeInterrupted() throws Exception {
        Vault vault = Vault.create(dir.resolve("vault.json"), TestVaults.randomKey());
        vault.add(TestVaults.publicClient("held"));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<Boolean> holder = threads.submit(() -> vault.whileLocked("held", () -> {
            locked.countDown();
            return awaitUninterrupted(release);
        }));
        locked.await();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            try {
                vault.whileLocked("held", () -> "never");
            } catch (IOException e) {
                failure.set(e);
            }
        });
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

        waiter.interrupt();
        waiter.join();

        assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
        release.countDown();
        assertThat(holder.get()).isTrue();
        threads.shutdown();
    }

    private static boolean awaitUninterrupted(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void addMany(Vault vault, String prefix) throws IOException {
        for (int i = 0; i < EACH; i++) {
            vault.add(TestVaults.publicClient(prefix + i));
        }
    }

    private Process startWriter(Path file, Path keyFile, String prefix) throws IOException {
        return start(prefix, Writer.class, file, keyFile, prefix);
    }

    private Process start(String name, Class<?> main, Path file, Path keyFile, String argument) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), main.getName(), file.toString(), keyFile.toString(), argument)
                .redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
    }

    private Path log(String name) {
        return dir.resolve(name + ".log");
    }

    /** Adds destinations in a process of its own. */
    static final class Writer {

        public static void main(String[] arguments) throws IOException {
            MasterKey key = MasterKey.resolve(Map.of(), Optional.of(Path.of(arguments[1])));
            addMany(Vault.open(Path.of(arguments[0]), key), arguments[2]);
        }
    }

    /** Adds destinations until it is killed. */
    static final class EndlessWriter {

        public static void main(String[] arguments) throws IOException {
            Vault vault = Vault.open(Path.of(arguments[0]), MasterKey.resolve(Map.of(), Optional.of(Path.of(arguments[1]))));
            for (int i = 0;; i++) {
                vault.add(TestVaults.publicClient(arguments[2] + i));
            }
        }
    }

    /** Holds a destination's lock until it is killed. */
    static final class Holder {

        public static void main(String[] arguments) throws IOException {
            MasterKey key = MasterKey.resolve(Map.of(), Optional.of(Path.of(arguments[1])));
            Vault.open(Path.of(arguments[0]), key).whileLocked(arguments[2], () -> {
                System.out.write("locked\n".getBytes(StandardCharsets.US_ASCII));
                System.out.flush();
                return awaitUninterrupted(new CountDownLatch(1));
            });
        }
    }
}
