package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.hash.PrefixDigest;
import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadIdentity;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UrlSealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileUploadJournalTest {

    private static final UploadKey KEY = Fixture.key("/Backups/mysql.sql");

    @TempDir
    Path home;

    private Path dir() {
        return home.resolve("state/journal");
    }

    private FileUploadJournal journal() {
        return new FileUploadJournal(dir(), Fixture.sealer());
    }

    private FileUploadJournal journalAt(Instant now) {
        return new FileUploadJournal(dir(), Fixture.sealer(), new FakeTime(now));
    }

    @Test
    void directoryAndEntryAreTheirOwnersAlone() throws IOException {
        try (JournalEntry entry = journal().begin(KEY, Fixture.stream(5))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir()))).isEqualTo("rwx------");
            Path file = Fixture.file(dir());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(file.getFileName().toString()).matches(KEY.fingerprint() + "-[0-9a-f]{16}\\.upload");
            assertThat(entry.isDurable()).isTrue();
            assertThat(entry.trace()).isEqualTo(JournalTrace.begun(Fixture.stream(5)));
        }
    }

    @Test
    void claimingWhereNothingIsMakesNothing() throws IOException {
        assertThat(journal().claim(KEY)).isEmpty();
        assertThat(journal().claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE)).isEmpty();
        assertThat(dir()).doesNotExist();
    }

    @Test
    void livingUploadsToATargetAreCountedAndBrokenOffOnesAreNot() throws IOException {
        assertThat(journal().underWay(KEY)).isZero();
        try (JournalEntry mine = journal().begin(KEY, Fixture.stream(5));
             JournalEntry another = journal().begin(KEY, Fixture.stream(6));
             JournalEntry elsewhere = journal().begin(Fixture.key("/other.sql"), Fixture.stream(5))) {
            assertThat(journal().underWay(KEY)).isEqualTo(2);
            mine.opening("FOLDER!1", Fixture.THERE, Fixture.AT);
        }
        assertThat(journal().underWay(KEY)).isZero();
        assertThat(journal().claim(KEY)).as("looking takes nothing").hasSize(2).allSatisfy(JournalEntry::close);
    }

    @Test
    void everythingThatWasRecordedIsThereAfterwards() throws IOException {
        Path source = Files.writeString(home.resolve("dump.sql"), "content");
        UploadIdentity identity = Fixture.of(source);
        JournalTrace expected;
        try (JournalEntry entry = journal().begin(KEY, identity)) {
            entry.opening("FOLDER!1", Fixture.THERE, Fixture.AT);
            assertThat(entry.trace().openingSince()).contains(Fixture.AT);
            entry.opened(Fixture.url(7), Fixture.EXPIRES);
            entry.reading(Fixture.prefix(1));
            entry.reading(Fixture.prefix(2));
            entry.reading(Fixture.prefix(Long.MAX_VALUE));
            expected = entry.trace();
        }

        List<JournalEntry> claimed = journal().claim(KEY);

        assertThat(claimed).hasSize(1);
        assertThat(claimed.get(0).trace()).isEqualTo(expected).isEqualTo(JournalTrace.begun(identity)
                .opening("FOLDER!1", Fixture.THERE, Fixture.AT).opened(Fixture.url(7), Optional.of(Fixture.EXPIRES))
                .reading(Fixture.prefix(Long.MAX_VALUE)));
        Fixture.closeAll(claimed);
    }

    @Test
    void eachStepIsThereAfterwards() throws IOException {
        JournalEntry entry = journal().begin(KEY, Fixture.stream(9));
        entry.close();
        assertThat(again().isUseful()).isFalse();
        step(claimed -> claimed.opening("FOLDER!1", Set.of(), Fixture.AT));
        assertThat(again().openingSince()).contains(Fixture.AT);
        step(claimed -> claimed.opened(Fixture.url(1), null));
        assertThat(again().uploadUrl()).contains(Fixture.url(1));
        assertThat(again().expires()).isEmpty();
        step(JournalEntry::ended);
        assertThat(again().isUseful()).isFalse();
        step(claimed -> claimed.opening("FOLDER!2", Fixture.THERE, Fixture.AT.plusSeconds(1)));
        assertThat(again().folderId()).contains("FOLDER!2");
        step(claimed -> claimed.opened(Fixture.url(2), Fixture.EXPIRES));
        assertThat(again().uploadUrl()).contains(Fixture.url(2));
        step(claimed -> claimed.reading(Fixture.prefix(4)));
        assertThat(again().read()).contains(Fixture.prefix(4));
        step(claimed -> claimed.committed("ITEM!3"));
        assertThat(again().itemId()).contains("ITEM!3");
        assertThat(again().uploadUrl()).isEmpty();
        assertThat(again().read()).contains(Fixture.prefix(4));
        step(JournalEntry::forget);
        assertThat(journal().claim(KEY)).isEmpty();
        assertThat(Fixture.files(dir())).isEmpty();
    }

    private JournalTrace again() throws IOException {
        List<JournalEntry> claimed = journal().claim(KEY);
        assertThat(claimed).hasSize(1);
        Fixture.closeAll(claimed);
        return claimed.get(0).trace();
    }

    private interface Step {

        void on(JournalEntry entry) throws IOException;
    }

    /** Does one thing to the entry, whose trace in memory must then be what is read from the disk. */
    private void step(Step step) throws IOException {
        List<JournalEntry> claimed = journal().claim(KEY);
        step.on(claimed.get(0));
        JournalTrace told = claimed.get(0).trace();
        Fixture.closeAll(claimed);
        if (!Fixture.files(dir()).isEmpty()) {
            assertThat(again()).isEqualTo(told);
        }
    }

    @Test
    void progressOfANewSessionBeginsAnew() throws IOException {
        try (JournalEntry entry = journal().begin(KEY, Fixture.stream(9))) {
            entry.reading(Fixture.prefix(5));
            entry.reading(Fixture.prefix(8));
            entry.reading(Fixture.prefix(3));
        }
        assertThat(again().read()).contains(Fixture.prefix(3));
        step(entry -> entry.reading(Fixture.prefix(2)));
        assertThat(again().read()).contains(Fixture.prefix(2));
    }

    @Test
    void namesOfAnyKindAreKept() throws IOException {
        String odd = "Füße 📦\n\t\"\\ \u0000\u2028 \ud83d";
        UploadKey key = new UploadKey("ziel \n", "drive\u0007", new ItemPath(List.of(odd, "x")));
        UploadIdentity identity = new UploadIdentity(Optional.of("/" + odd), 0, Optional.of(Instant.MIN),
                ConflictBehavior.rename, Optional.of(Instant.MAX));
        journal().begin(key, identity).close();

        List<JournalEntry> claimed = journal().claim(key);

        assertThat(claimed).extracting(entry -> entry.trace().identity()).containsExactly(identity);
        Fixture.closeAll(claimed);
        assertThat(new String(Files.readAllBytes(Fixture.file(dir())))).matches("[ -~\n]+");
    }

    @Test
    void uploadsToOtherTargetsAreLeftAlone() throws IOException {
        Fixture.leaveOpenSession(journal(), KEY, Fixture.stream(1));

        assertThat(journal().claim(Fixture.key("/Backups/other.sql"))).isEmpty();
        assertThat(journal().claim(new UploadKey("other", Fixture.DRIVE, KEY.target()))).isEmpty();
        assertThat(journal().claim(new UploadKey(Fixture.DESTINATION, "other", KEY.target()))).isEmpty();

        List<JournalEntry> claimed = journal().claim(Fixture.key("/BACKUPS/MySQL.sql"));
        assertThat(claimed).hasSize(1);
        Fixture.closeAll(claimed);
    }

    @Test
    void severalEntriesForOneTargetAreAllClaimed() throws IOException {
        for (int i = 0; i < 3; i++) {
            Fixture.leaveOpenSession(journal(), KEY, Fixture.stream(i));
        }
        List<JournalEntry> claimed = journal().claim(KEY);
        assertThat(claimed).extracting(entry -> entry.trace().identity().size()).containsExactlyInAnyOrder(0L, 1L, 2L);
        Fixture.closeAll(claimed);
    }

    @Test
    void heldEntryIsLeftOutAndFreeWhenClosed() throws IOException {
        JournalEntry living = journal().begin(KEY, Fixture.stream(1));
        assertThat(journal().claim(KEY)).isEmpty();
        assertThat(journalAt(Instant.now().plus(Duration.ofDays(3))).claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE))
                .isEmpty();

        living.close();
        List<JournalEntry> claimed = journal().claim(KEY);
        assertThat(claimed).hasSize(1);
        assertThat(journal().claim(KEY)).isEmpty();
        living.close();
        living.forget();
        assertThat(journal().claim(KEY)).isEmpty();
        claimed.get(0).forget();
        claimed.get(0).forget();
        claimed.get(0).close();
        assertThat(Fixture.files(dir())).isEmpty();
    }

    @Test
    void entryIsHeldByWhateverPathTheDirectoryIsCalled() throws IOException {
        try (JournalEntry living = journal().begin(KEY, Fixture.stream(1))) {
            Path link = Files.createSymbolicLink(home.resolve("link"), dir());
            assertThat(new FileUploadJournal(link, Fixture.sealer()).claim(KEY)).isEmpty();
            assertThat(new FileUploadJournal(dir().resolve("../journal"), Fixture.sealer()).claim(KEY)).isEmpty();
            living.reading(Fixture.prefix(1));
        }
    }

    @Test
    void closedEntryTakesNothingMore() throws IOException {
        JournalEntry entry = journal().begin(KEY, Fixture.stream(1));
        entry.close();
        assertThatThrownBy(() -> entry.reading(Fixture.prefix(1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> entry.committed("ITEM!3")).isInstanceOf(IOException.class);
        assertThat(again().read()).isEmpty();
        assertThat(again().itemId()).isEmpty();
    }

    @Test
    void urlThatCanNotBeOpenedShowsThatASessionMayBe() throws IOException {
        FileUploadJournal journal = journalAt(Fixture.AT.plusSeconds(60));
        Fixture.leaveOpenSession(journal, KEY, Fixture.stream(1));
        UrlSealer otherKey = new UrlSealer() {

            @Override
            public String seal(Secret url, String place) {
                throw new AssertionError();
            }

            @Override
            public Optional<Secret> open(String sealed, String place) {
                return Optional.empty();
            }
        };

        List<JournalEntry> claimed = new FileUploadJournal(dir(), otherKey).claim(KEY);

        JournalTrace trace = claimed.get(0).trace();
        assertThat(trace.openingSince()).contains(Fixture.AT.plusSeconds(60));
        assertThat(trace.uploadUrl()).isEmpty();
        assertThat(trace.expires()).isEmpty();
        assertThat(trace.folderId()).contains("FOLDER!1");
        assertThat(trace.thereBefore()).isEqualTo(Fixture.THERE);
        assertThat(trace.read()).contains(Fixture.prefix(2_000));
        Fixture.closeAll(claimed);
    }

    @Test
    void sealerThatCanNotWorkCostsNoEntry() throws IOException {
        Fixture.leaveOpenSession(journal(), KEY, Fixture.stream(1));
        UrlSealer broken = new UrlSealer() {

            @Override
            public String seal(Secret url, String place) throws IOException {
                throw new IOException("no vault");
            }

            @Override
            public Optional<Secret> open(String sealed, String place) throws IOException {
                throw new IOException("no vault");
            }
        };
        FileUploadJournal journal = new FileUploadJournal(dir(), broken);

        assertThatThrownBy(() -> journal.claim(KEY)).isInstanceOf(IOException.class).hasMessage("no vault");
        assertThat(again().uploadUrl()).contains(Fixture.url(1));
        step(entry -> entry.forget());
        try (JournalEntry entry = journal.begin(KEY, Fixture.stream(2))) {
            assertThatThrownBy(() -> entry.opened(Fixture.url(2), null)).isInstanceOf(IOException.class);
            assertThat(entry.trace().uploadUrl()).isEmpty();
        }
    }

    @Test
    void uploadsWithoutTheirSourceAreAbandoned() throws IOException {
        Path kept = Files.writeString(home.resolve("kept"), "content");
        Path gone = Files.writeString(home.resolve("gone"), "content");
        Path longer = Files.writeString(home.resolve("longer"), "content");
        Path edited = Files.writeString(home.resolve("edited"), "content");
        for (Path source : List.of(kept, gone, longer, edited)) {
            Fixture.leaveOpenSession(journal(), Fixture.key("/" + source.getFileName()), Fixture.of(source));
        }
        UploadKey elsewhere = new UploadKey("elsewhere", Fixture.DRIVE, ItemPath.parse("/x"));
        Fixture.leaveOpenSession(journal(), elsewhere, Fixture.of(gone));
        Files.delete(gone);
        FileTime before = Files.getLastModifiedTime(longer);
        Files.writeString(longer, "content and more");
        Files.setLastModifiedTime(longer, before);
        Files.setLastModifiedTime(edited, FileTime.from(Instant.now().plusSeconds(1)));

        List<JournalEntry> abandoned = journal().claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE);

        assertThat(abandoned).extracting(entry -> Path.of(entry.trace().identity().file().orElseThrow()))
                .containsExactlyInAnyOrder(gone, longer, edited);
        assertThat(journal().claimAbandoned(Fixture.DESTINATION, "other drive")).isEmpty();
        assertThat(journal().claim(Fixture.key("/kept"))).hasSize(1).allSatisfy(JournalEntry::close);
        Fixture.closeAll(abandoned);
    }

    @Test
    void streamIsAbandonedAfterADay() throws IOException {
        Fixture.leaveOpenSession(journal(), KEY, Fixture.stream(1));
        Instant written = Files.getLastModifiedTime(Fixture.file(dir())).toInstant();

        assertThat(journalAt(written.plus(Duration.ofHours(24))).claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE)).isEmpty();
        List<JournalEntry> abandoned = journalAt(written.plus(Duration.ofHours(24)).plusNanos(1))
                .claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE);
        assertThat(abandoned).hasSize(1);
        Fixture.closeAll(abandoned);
    }

    @Test
    void abandonedUploadsAreGivenInPortions() throws IOException {
        int all = FileUploadJournal.MAX_ABANDONED + 5;
        for (int i = 0; i < all; i++) {
            journal().begin(Fixture.key("/" + i), new UploadIdentity(Optional.of(home + "/gone"), i, Optional.empty(),
                    ConflictBehavior.replace, Optional.empty())).close();
        }
        List<JournalEntry> first = journal().claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE);
        assertThat(first).hasSize(FileUploadJournal.MAX_ABANDONED);
        for (JournalEntry entry : first) {
            entry.forget();
        }
        List<JournalEntry> rest = journal().claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE);
        assertThat(rest).hasSize(5);
        Fixture.closeAll(rest);
    }

    /** A closed entry can't be forced any more: that tells whether it is tried. */
    @Test
    void forcingSoonAfterForcingIsSkipped() throws IOException {
        FakeTime time = new FakeTime();
        JournalEntry entry = new FileUploadJournal(dir(), Fixture.sealer(), time).begin(KEY, Fixture.stream(1));
        entry.force();
        time.pass(Duration.ofMillis(249));
        entry.close();

        entry.force();

        time.pass(Duration.ofMillis(1));
        assertThatThrownBy(entry::force).isInstanceOf(IOException.class).hasMessageContaining("can't be forced to disk");
    }

    @Test
    void firstForcingIsNotSkipped() throws IOException {
        JournalEntry entry = new FileUploadJournal(dir(), Fixture.sealer(), new FakeTime()).begin(KEY, Fixture.stream(1));
        entry.close();
        assertThatThrownBy(entry::force).isInstanceOf(IOException.class).hasMessageContaining("can't be forced to disk");
    }

    @Test
    void hashThatIsNoneIsRefused() throws IOException {
        try (JournalEntry entry = journal().begin(KEY, Fixture.stream(1))) {
            assertThatThrownBy(() -> entry.reading(new PrefixDigest(1, "a b", 0))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> entry.reading(new PrefixDigest(1, "x".repeat(41), 0)))
                    .isInstanceOf(IllegalArgumentException.class);
            entry.reading(new PrefixDigest(1, "x".repeat(40), 0xffffffffL));
        }
        assertThat(again().read()).contains(new PrefixDigest(1, "x".repeat(40), 0xffffffffL));
    }

    @Test
    void nothingShowsTheUrl() throws IOException {
        FileUploadJournal journal = journal();
        try (JournalEntry entry = journal.begin(KEY, Fixture.stream(1))) {
            entry.opened(Fixture.url(1), null);
            assertThat(entry.toString() + entry.trace() + journal).doesNotContain("https://upload.example");
        }
    }
}
