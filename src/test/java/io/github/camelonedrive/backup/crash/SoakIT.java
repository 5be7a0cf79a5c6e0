package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.UploadSessionView;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many files go up by {@code run} while faults rain and the process is stopped and killed; each arrives once, byte for byte.
 * Long form and replay: {@code docs/reliability-tests.md}.
 */
@Tag("full")
class SoakIT {

    private static final int FILES = Integer.getInteger("soak.files", 200);
    private static final long SEED = Long.getLong("soak.seed", new SecureRandom().nextInt());
    private static final List<AccountType> ACCOUNTS =
            List.of(AccountType.PERSONAL, AccountType.BUSINESS, AccountType.DOCUMENT_LIBRARY);
    private static final Duration PATIENCE = Duration.ofMinutes(2 + FILES / 100);
    private static final Duration SESSIONS_END = Duration.ofMinutes(16);
    private static final int FILES_AT_A_TIME = 100;
    private static final int REQUESTS_TO_A_DEATH = 200;

    @TempDir
    private Path directory;

    private final AdjustableClock clock = AdjustableClock.running();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private Stage stage;
    private SoakFiles files;
    private int lostSessionsSeen;

    @Test
    void everyFileArrivesOnceAndByteForByte() throws Exception {
        Random random = new Random(SEED);
        AccountType account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        String run = "-Dsoak.seed=" + SEED + " -Dsoak.files=" + FILES + " (" + account + ")";
        System.out.println("Soak test: " + run);
        Registration registration = Registration.make(Files.createDirectory(directory.resolve("registration")));
        OneDriveSimulator simulator = registration.of(OneDriveSimulator.builder().clock(clock).accountType(account)).start();
        try (Stage opened = new Stage(directory, registration, simulator)) {
            stage = opened;
            files = new SoakFiles(SEED, stage.drop);
            configure();
            SoakFaults.plan(SEED, FILES).forEach(simulator::fault);
            planDeath(random);
            push();
            assertEverythingArrived();
        } catch (AssertionError e) {
            throw new AssertionError("The soak test fails with " + run + "\n" + e.getMessage(), e);
        }
        System.out.println("Soak test: " + kills + " kills, " + stops + " stops");
    }

    private void configure() {
        stage.watch(true).setting("camel.component.onedrive.simple-upload-limit", Sizes.LIMIT)
                .setting("camel.component.onedrive.chunk-size", Sizes.CHUNK)
                .setting("camel.component.onedrive.max-retries", 40)
                .setting("camel.component.onedrive.max-retry-delay", "200ms")
                .setting("camel.component.onedrive.verify-timeout", "5s");
    }

    /** A plan for the process of now; the next one makes its own, so that deaths follow from what was asked, not from time. */
    private void planDeath(Random random) {
        int requests = REQUESTS_TO_A_DEATH / 2 + random.nextInt(REQUESTS_TO_A_DEATH);
        boolean stop = random.nextInt(3) == 0;
        stage.simulator.fault(Fault.onAny().nth(requests).run(() -> {
            if (stop) {
                stops.incrementAndGet();
                stage.program().terminate();
            } else {
                kills.incrementAndGet();
                stage.kill();
            }
            planDeath(random);
        }));
    }

    private void push() throws IOException {
        stage.start(List.of(), "run");
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                keepGoing();
                return files.hashes().size() == FILES && pending() == 0 && stage.records().isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(pending() + " files are left, on record are " + stage.records()
                    + ". Standard error of the last process:\n" + stage.program().err(), e);
        }
        stage.program().terminate();
    }

    private void keepGoing() throws IOException, InterruptedException {
        if (!stage.program().isRunning()) {
            assertThat(stage.program().exitCode()).as(stage.program().err()).isIn(Stage.KILLED, 143);
            stage.start(List.of(), "run");
            lostSessionsSeen = 0;
        }
        int lost = stage.program().err().split("still holds the name", -1).length - 1;
        if (lost > lostSessionsSeen) {
            clock.advance(SESSIONS_END);
        }
        lostSessionsSeen = lost;
        for (int pending = pending(); pending < FILES_AT_A_TIME && files.hashes().size() < FILES; pending++) {
            files.add();
        }
    }

    /** How many files were not put away yet. */
    private int pending() throws IOException {
        return found(stage.drop).size();
    }

    private void assertEverythingArrived() throws IOException, InterruptedException {
        assertThat(stage.program().exitCode()).as(stage.program().err()).isIn(Stage.KILLED, 143);
        Map<String, String> wanted = new TreeMap<>(files.hashes());
        Map<String, String> there = new TreeMap<>();
        for (String path : stage.simulator.paths()) {
            there.put(path.replaceFirst("^/Backups/", ""), stage.simulator.file(path).orElseThrow().sha256());
        }
        assertSame("in OneDrive", there, wanted);
        assertSame("put away", hashed(stage.drop.resolve(".done")), wanted);
        assertThat(found(stage.drop.resolve(".failed"))).as("set aside").isEmpty();
        assertThat(stage.simulator.violations()).as("violations of the protocol").isEmpty();
        // Of a process that dies when a session was created and before that is on record, nobody can know the session.
        List<UploadSessionView> open = stage.simulator.openSessions();
        assertThat(open).as("open sessions").hasSizeLessThanOrEqualTo(kills.get())
                .allMatch(session -> session.fragments() == 0 && session.received() == 0);
    }

    /** Says only what differs: there are thousands. */
    private static void assertSame(String where, Map<String, String> there, Map<String, String> wanted) {
        Map<String, String> tooMuch = new TreeMap<>(there);
        tooMuch.entrySet().removeAll(wanted.entrySet());
        Map<String, String> missing = new TreeMap<>(wanted);
        missing.entrySet().removeAll(there.entrySet());
        assertThat(List.of(tooMuch, missing)).as("%s: what should not be there, and what should", where)
                .isEqualTo(List.of(Map.of(), Map.of()));
    }

    private static Map<String, String> hashed(Path root) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, Path> file : found(root).entrySet()) {
            hashes.put(file.getKey(), Hash.of(Files.newInputStream(file.getValue())));
        }
        return hashes;
    }

    /** Files below a directory, by their relative path, without what is hidden. */
    static Map<String, Path> found(Path root) throws IOException {
        Map<String, Path> found = new TreeMap<>();
        if (Files.notExists(root)) {
            return found;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(root) || !isHidden(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isHidden(file)) {
                    found.put(root.relativize(file).toString(), file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException movedAwayMeanwhile) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
