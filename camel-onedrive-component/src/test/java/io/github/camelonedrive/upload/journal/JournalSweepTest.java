package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.UploadKey;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class JournalSweepTest {

    private static final UploadKey KEY = Fixture.key("/Backups/mysql.sql");
    private static final UploadKey OTHER = Fixture.key("/Backups/other.sql");

    @TempDir
    Path dir;

    private final FakeTime time = new FakeTime();

    private FileUploadJournal journal() {
        return new FileUploadJournal(dir, Fixture.sealer(), time);
    }

    @Test
    void entryGoesWhenNoSessionCanLiveAnyMore() throws IOException {
        journal().begin(KEY, Fixture.stream(1)).close();
        Path entry = Fixture.file(dir);
        age(entry, JournalSweep.MAX_AGE);
        journal().claim(OTHER);
        assertThat(entry).exists();

        age(entry, JournalSweep.MAX_AGE.plusSeconds(1));
        journal().claim(OTHER);

        assertThat(entry).doesNotExist();
    }

    @Test
    void everyUseOfAJournalSweepsIt() throws IOException {
        age(entry(), JournalSweep.MAX_AGE.plusSeconds(1));
        journal().claimAbandoned("other", "other");
        assertThat(Fixture.files(dir)).isEmpty();
        age(entry(), JournalSweep.MAX_AGE.plusSeconds(1));
        journal().begin(OTHER, Fixture.stream(1)).forget();
        assertThat(Fixture.files(dir)).isEmpty();
    }

    @Test
    void sweepsOnceAnHour() throws IOException {
        FileUploadJournal journal = journal();
        journal.claim(OTHER);
        age(entry(), JournalSweep.MAX_AGE.plusDays(1));
        time.pass(JournalSweep.INTERVAL.minusNanos(1));
        journal.claim(OTHER);
        assertThat(Fixture.files(dir)).hasSize(1);

        time.pass(Duration.ofNanos(1));
        journal.claim(OTHER);

        assertThat(Fixture.files(dir)).isEmpty();
    }

    @Test
    void heldEntryStaysHoweverOldItIs() throws IOException {
        try (JournalEntry living = journal().begin(KEY, Fixture.stream(1))) {
            age(Fixture.file(dir), Duration.ofDays(100));
            journal().claim(OTHER);
            assertThat(Fixture.files(dir)).hasSize(1);
            living.reading(Fixture.prefix(1));
        }
    }

    @Test
    void foreignFilesStay() throws IOException {
        List<String> names = List.of("notes.txt", "x.upload", KEY.fingerprint() + ".upload",
                KEY.fingerprint() + "-0123456789ABCDEF.upload", KEY.fingerprint() + "-0123456789abcdef.upload.bak", "a.tmp");
        for (String name : names) {
            age(Files.writeString(dir.resolve(name), "mine"), Duration.ofDays(100));
        }
        Path directory = Files.createDirectory(dir.resolve(KEY.fingerprint() + "-0123456789abcdef.upload"));
        age(directory, Duration.ofDays(100));
        Path target = Files.writeString(dir.resolve("target"), "mine");
        Path link = Files.createSymbolicLink(dir.resolve(KEY.fingerprint() + "-0123456789abcde0.upload"), target);

        assertThat(journal().claim(KEY)).isEmpty();

        for (String name : names) {
            assertThat(dir.resolve(name)).hasContent("mine");
        }
        assertThat(directory).exists();
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("mine");
    }

    @Test
    void whatACrashLeftHalfMadeGoesAfterAnHour() throws IOException {
        String stem = KEY.fingerprint() + "-0123456789abcde";
        Path old = Files.writeString(dir.resolve(stem + "0.upload.tmp"), "half");
        Path oldAndEmpty = Files.createFile(dir.resolve(stem + "1.upload.tmp"));
        Path young = Files.writeString(dir.resolve(stem + "2.upload.tmp"), "half");
        age(old, JournalSweep.MAX_AGE_OF_TEMPORARY.plusSeconds(1));
        age(oldAndEmpty, JournalSweep.MAX_AGE_OF_TEMPORARY.plusSeconds(1));
        age(young, JournalSweep.MAX_AGE_OF_TEMPORARY.minusSeconds(1));

        assertThat(journal().claim(KEY)).isEmpty();

        assertThat(Fixture.files(dir)).containsExactly(young);
    }

    @Test
    void beyondTenThousandEntriesTheOldestGo() throws IOException {
        FileUploadJournal journal = journal();
        for (int i = 0; i < JournalSweep.MAX_ENTRIES + 3; i++) {
            journal.begin(Fixture.key("/" + i), Fixture.stream(i)).close();
        }
        for (Path file : Fixture.files(dir)) {
            age(file, Duration.ofMinutes(1));
        }
        List<Path> files = Fixture.files(dir);
        Path oldestButHeld = files.get(5_000);
        age(oldestButHeld, Duration.ofHours(4));
        age(files.get(7), Duration.ofHours(3));
        age(files.get(9_999), Duration.ofHours(2));
        age(files.get(4_711), Duration.ofHours(1));
        HeldFile held = HeldFile.tryHold(oldestButHeld.toRealPath(), () -> { }).orElseThrow();

        long started = System.nanoTime();
        assertThat(journal().claim(OTHER)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));

        held.close();
        assertThat(Fixture.files(dir)).hasSize(JournalSweep.MAX_ENTRIES).contains(oldestButHeld)
                .doesNotContain(files.get(7), files.get(9_999), files.get(4_711));
    }

    private Path entry() throws IOException {
        journal().begin(KEY, Fixture.stream(1)).close();
        return Fixture.file(dir);
    }

    private void age(Path file, Duration age) throws IOException {
        Instant written = time.now().minus(age);
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}
