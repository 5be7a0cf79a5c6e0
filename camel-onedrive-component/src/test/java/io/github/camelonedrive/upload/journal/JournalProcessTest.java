package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Real processes that share a journal, and real kills. */
@Timeout(300)
class JournalProcessTest {

    private static final UploadKey KEY = Fixture.key("/Backups/mysql.sql");
    private static final int KILLS = Integer.getInteger("journal.kills", 10);
    private static final int THREADS = 4;
    private static final int ENTRIES = 60;

    @TempDir
    Path home;

    private Path dir;
    private FileUploadJournal journal;

    @BeforeEach
    void makeJournal() throws IOException {
        dir = home.resolve("journal");
        journal = new FileUploadJournal(dir, Fixture.sealer());
    }

    @Test
    void entryOfALivingProcessIsLeftAloneAndThatOfAKilledOneIsNot() throws Exception {
        Process holder = start("holder", Holder.class, dir.toString());
        awaitLine("holder", "held");
        Path file = Fixture.file(dir);
        byte[] content = Files.readAllBytes(file);

        FakeTime time = new FakeTime();
        assertThat(new FileUploadJournal(dir, Fixture.sealer(), time).claim(KEY)).isEmpty();
        assertThat(time.sleeps()).isEmpty();
        assertThat(journal.claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE)).isEmpty();
        assertThat(file).hasBinaryContent(content);
        holder.destroyForcibly().waitFor();

        List<JournalEntry> claimed = journal.claim(KEY);
        assertThat(claimed).extracting(entry -> entry.trace().uploadUrl()).containsExactly(Optional.of(Fixture.url(5)));
        Fixture.closeAll(claimed);
    }

    @Test
    void interruptedThreadKeepsItsEntryAndGoesOnWriting() throws Exception {
        JournalEntry entry = journal.begin(KEY, Fixture.stream(1));
        Thread.currentThread().interrupt();
        try {
            entry.opening("FOLDER!1", Fixture.THERE, Fixture.AT);
            entry.opened(Fixture.url(1), Fixture.EXPIRES);
            for (int i = 1; i <= 100; i++) {
                entry.reading(Fixture.prefix(i));
                entry.force();
            }
            JournalEntry another = journal.begin(Fixture.key("/another"), Fixture.stream(2));
            another.close();
            assertThat(journal.claim(Fixture.key("/another"))).hasSize(1).allSatisfy(JournalEntry::forget);
            assertThat(journal.claim(KEY)).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }

        assertThat(claimElsewhere()).isEqualTo("claimed 0");
        Thread.currentThread().interrupt();
        try {
            entry.committed("ITEM!3");
            entry.close();
        } finally {
            Thread.interrupted();
        }
        assertThat(claimElsewhere()).isEqualTo("claimed 1");
    }

    @Test
    void lookingAtAHeldEntryDoesNotFreeIt() throws Exception {
        try (JournalEntry entry = journal.begin(KEY, Fixture.stream(1))) {
            FileUploadJournal second = new FileUploadJournal(dir, Fixture.sealer());
            second.claim(KEY);
            second.claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE);
            assertThat(claimElsewhere()).isEqualTo("claimed 0");
            entry.reading(Fixture.prefix(1));
        }
        assertThat(claimElsewhere()).isEqualTo("claimed 1");
    }

    @Test
    void whoOnlyLooksForAbandonedEntriesHidesNoneFromTheirClaimant() throws Exception {
        for (int i = 0; i < ENTRIES; i++) {
            Fixture.leaveOpenSession(journal, Fixture.key("/" + i), Fixture.stream(i));
        }
        Process looker = start("looker", Looker.class, dir.toString());
        awaitLine("looker", "looking");
        Thread lookerHere = new Thread(() -> Looker.look(new FileUploadJournal(dir, Fixture.sealer())));
        lookerHere.setDaemon(true);
        lookerHere.start();
        try {
            for (int i = 0; i < 10 * ENTRIES; i++) {
                List<JournalEntry> claimed = journal.claim(Fixture.key("/" + i % ENTRIES));
                assertThat(claimed).hasSize(1);
                Fixture.closeAll(claimed);
            }
        } finally {
            lookerHere.interrupt();
            looker.destroyForcibly().waitFor();
            lookerHere.join();
        }
    }

    @Test
    void noTwoProcessesEverHoldOneEntry() throws Exception {
        for (int i = 0; i < ENTRIES; i++) {
            Fixture.leaveOpenSession(journal, Fixture.key("/" + i), Fixture.stream(i));
        }
        Path marks = Files.createDirectory(home.resolve("marks"));

        Process first = start("first", Contender.class, dir.toString(), marks.toString());
        Process second = start("second", Contender.class, dir.toString(), marks.toString());
        int here = Contender.contend(journal, marks);

        assertThat(first.waitFor()).as(log("first")).isZero();
        assertThat(second.waitFor()).as(log("second")).isZero();
        assertThat(here + Integer.parseInt(lastLine("first")) + Integer.parseInt(lastLine("second"))).isEqualTo(ENTRIES);
        assertThat(Fixture.files(dir)).isEmpty();
        assertThat(Fixture.files(marks)).hasSize(ENTRIES);
    }

    @Test
    @Tag("full")
    void killedProcessLeavesWhatItHadWritten() throws Exception {
        Random random = new Random(4_711);
        for (int kill = 0; kill < KILLS; kill++) {
            Path progress = home.resolve("progress" + kill);
            MappedByteBuffer seen = Uploader.map(progress);
            Process uploader = start("uploader" + kill, Uploader.class, dir.toString(), progress.toString());
            int enough = 100 + random.nextInt(2_000);
            await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(2))
                    .until(() -> Uploader.done(seen, random.nextInt(THREADS)) > enough || !uploader.isAlive());
            LockSupport.parkNanos(random.nextInt(2_000_000));

            uploader.destroyForcibly().waitFor();

            for (int thread = 0; thread < THREADS; thread++) {
                checkLeftover(Uploader.done(seen, thread), Uploader.announced(seen, thread), thread);
            }
            assertThat(log("uploader" + kill)).isEmpty();
        }
    }

    private void checkLeftover(long done, long announced, int thread) throws IOException {
        List<JournalEntry> left = journal.claim(Uploader.key(thread));
        Optional<JournalTrace> found = left.stream().findAny().map(JournalEntry::trace);
        assertThat(left).hasSizeLessThanOrEqualTo(1);
        found.ifPresent(Fixture::requireTrue);
        assertThat(List.of(Uploader.expected(done), Uploader.expected(announced)))
                .as("after step %d, in or after step %d", done, announced).contains(found);
        for (JournalEntry entry : left) {
            entry.forget();
        }
    }

    private String claimElsewhere() throws Exception {
        Process process = start("claimer", Claimer.class, dir.toString());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return lastLine("claimer");
    }

    private Process start(String name, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(logFile(name).toFile()).start();
    }

    private Path logFile(String name) {
        return home.resolve(name + ".log");
    }

    private String log(String name) throws IOException {
        return Files.readString(logFile(name));
    }

    private String lastLine(String name) throws IOException {
        List<String> lines = Files.readAllLines(logFile(name));
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private void awaitLine(String name, String line) {
        await().atMost(Duration.ofSeconds(120)).until(() -> lastLine(name).equals(line));
    }

    private static void print(Object line) {
        System.out.write((line + "\n").getBytes(StandardCharsets.US_ASCII), 0, (line + "\n").length());
        System.out.flush();
    }

    /** Holds an entry that it has claimed until it is killed. */
    static final class Holder {

        public static void main(String[] arguments) throws IOException {
            FileUploadJournal journal = new FileUploadJournal(Path.of(arguments[0]), Fixture.sealer());
            JournalEntry entry = journal.begin(KEY, Fixture.stream(1));
            entry.opened(Fixture.url(5), null);
            entry.close();
            List<JournalEntry> claimed = journal.claim(KEY);
            print(claimed.size() == 1 ? "held" : "not held");
            while (true) {
                LockSupport.park();
            }
        }
    }

    /** Tries to claim the entry, and says how many it got. */
    static final class Claimer {

        public static void main(String[] arguments) throws IOException {
            print("claimed " + new FileUploadJournal(Path.of(arguments[0]), Fixture.sealer()).claim(KEY).size());
        }
    }

    /** Looks for abandoned entries, of which there are none, all the time. */
    static final class Looker {

        public static void main(String[] arguments) {
            print("looking");
            look(new FileUploadJournal(Path.of(arguments[0]), Fixture.sealer()));
        }

        static void look(FileUploadJournal journal) {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    Fixture.closeAll(journal.claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE));
                } catch (IOException e) {
                    print(e.toString());
                }
            }
        }
    }

    /** Claims what it can get, some times; in the end it forgets it. Says how many it forgot. */
    static final class Contender {

        public static void main(String[] arguments) throws IOException {
            print(contend(new FileUploadJournal(Path.of(arguments[0]), Fixture.sealer()), Path.of(arguments[1])));
        }

        static int contend(FileUploadJournal journal, Path marks) throws IOException {
            int forgotten = 0;
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < ENTRIES; i++) {
                    for (JournalEntry entry : journal.claim(Fixture.key("/" + i))) {
                        // Fails when somebody holds the same entry.
                        Path mark = Files.createFile(marks.resolve(Long.toString(entry.trace().identity().size())));
                        Fixture.requireTrue(entry.trace());
                        if (round == 4) {
                            entry.forget();
                            forgotten++;
                        } else {
                            Files.delete(mark);
                            entry.close();
                        }
                    }
                }
            }
            return forgotten;
        }
    }

    /** Uploads, as far as the journal knows, in several threads until it is killed. */
    static final class Uploader {

        /** Per upload: begin, opening, opened, reading …, ended, opening, opened, reading …, committed, forget. */
        private static final int READS = 40;
        private static final int SECOND_SESSION = 3 + READS;
        private static final int COMMITTED = 2 * SECOND_SESSION;
        private static final int FORGOTTEN = COMMITTED + 1;

        public static void main(String[] arguments) throws Exception {
            FileUploadJournal journal = new FileUploadJournal(Path.of(arguments[0]), Fixture.sealer());
            MappedByteBuffer progress = map(Path.of(arguments[1]));
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                new Thread(() -> run(journal, progress, thread)).start();
            }
        }

        private static void run(FileUploadJournal journal, MappedByteBuffer progress, int thread) {
            try {
                JournalEntry entry = null;
                for (long step = 1;; step++) {
                    progress.putLong(16 * thread, step);
                    entry = step(journal, entry, step, thread);
                    progress.putLong(16 * thread + 8, step);
                }
            } catch (IOException e) {
                print(e.toString());
            }
        }

        private static JournalEntry step(FileUploadJournal journal, JournalEntry entry, long step, int thread)
                throws IOException {
            int phase = (int) (step % (FORGOTTEN + 1));
            if (phase == 0) {
                if (entry != null) {
                    entry.forget();
                }
                return null;
            }
            if (phase == 1) {
                return journal.begin(key(thread), Fixture.stream(step));
            }
            if (phase == FORGOTTEN) {
                entry.committed("ITEM!3");
            } else if (phase == 2 || phase == SECOND_SESSION + 2) {
                entry.opening("FOLDER!1", Fixture.THERE, Fixture.AT);
            } else if (phase == 3 || phase == SECOND_SESSION + 3) {
                entry.opened(Fixture.url(step), Fixture.EXPIRES);
            } else if (phase == SECOND_SESSION + 1) {
                entry.ended();
            } else {
                entry.reading(Fixture.prefix(step * 1_000));
                entry.force();
            }
            return entry;
        }

        /** What the journal must tell after that step. */
        static Optional<JournalTrace> expected(long step) {
            long phase = step % (FORGOTTEN + 1);
            if (phase == 0) {
                return Optional.empty();
            }
            long begun = step - phase + 1;
            JournalTrace trace = JournalTrace.begun(Fixture.stream(begun));
            for (long s = begun + 1; s <= step; s++) {
                int p = (int) (s % (FORGOTTEN + 1));
                if (p == FORGOTTEN) {
                    trace = trace.committed("ITEM!3");
                } else if (p == 2 || p == SECOND_SESSION + 2) {
                    trace = trace.opening("FOLDER!1", Fixture.THERE, Fixture.AT);
                } else if (p == 3 || p == SECOND_SESSION + 3) {
                    trace = trace.opened(Fixture.url(s), Optional.of(Fixture.EXPIRES));
                } else if (p == SECOND_SESSION + 1) {
                    trace = trace.ended();
                } else {
                    trace = trace.reading(Fixture.prefix(s * 1_000));
                }
            }
            return Optional.of(trace);
        }

        static UploadKey key(int thread) {
            return Fixture.key("/thread" + thread);
        }

        /** Shared with the process that kills: what is written to it outlives the writer. */
        static MappedByteBuffer map(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, 16 * THREADS);
            }
        }

        static long announced(MappedByteBuffer progress, int thread) {
            return progress.getLong(16 * thread);
        }

        static long done(MappedByteBuffer progress, int thread) {
            return progress.getLong(16 * thread + 8);
        }
    }
}
