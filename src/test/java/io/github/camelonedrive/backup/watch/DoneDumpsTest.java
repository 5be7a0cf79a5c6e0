package io.github.camelonedrive.backup.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import io.github.camelonedrive.backup.trouble.TroubleKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of dumps after they were put away. */
class DoneDumpsTest {

    @TempDir
    private Path directory;

    private WatchFixture fixture;
    private final WatchFixture.Options options = new WatchFixture.Options();
    private Path done;

    @BeforeEach
    void drop() throws Exception {
        fixture = new WatchFixture(directory);
        done = fixture.drop.resolve(".done/a.sql");
    }

    private void push() throws Exception {
        fixture.open(options);
        fixture.dump("a.sql", "content");
        fixture.push("a.sql");
        assertThat(done).exists();
    }

    private void look() {
        fixture.watch().sweep();
        fixture.pass(Duration.ofSeconds(10));
        fixture.watch().sweep();
    }

    @Test
    void deleteAfterZero_deletesAfterOneMoreQuietPeriod() throws Exception {
        options.deleteAfter = Duration.ZERO;
        push();
        fixture.pass(Duration.ofMillis(9999));
        fixture.watch().sweep();
        assertThat(done).exists();
        fixture.pass(Duration.ofMillis(1));
        fixture.watch().sweep();
        assertThat(done).doesNotExist();
    }

    @Test
    void deleteAfter_keepsUntilItsTime() throws Exception {
        options.deleteAfter = Duration.ofDays(7);
        push();
        fixture.pass(Duration.ofDays(6));
        fixture.watch().sweep();
        assertThat(done).exists();
        done.toFile().setReadOnly();
        fixture.pass(Duration.ofDays(2));
        fixture.open(options);
        fixture.watch().sweep();
        assertThat(done).as("a change of permissions does not count as a new age").doesNotExist();
    }

    @Test
    void openFile_isNotDeleted() throws Exception {
        options.deleteAfter = Duration.ZERO;
        push();
        fixture.writers.put(Files.readAttributes(done, BasicFileAttributes.class).fileKey().toString(),
                new OpenFiles.Writer(4711, "mysqldump"));
        fixture.pass(Duration.ofMinutes(1));
        look();
        assertThat(done).exists();
        fixture.writers.clear();
        look();
        assertThat(done).doesNotExist();
    }

    @Test
    void dumpThatWasStillBeingWritten_isUploadedAgain() throws Exception {
        options.deleteAfter = Duration.ZERO;
        push();
        Files.writeString(done, "content and the rest");
        fixture.pass(Duration.ofSeconds(30));
        look();
        assertThat(done).doesNotExist();
        assertThat(fixture.drop.resolve("a.sql")).hasContent("content and the rest");
        fixture.last(DumpEvent.Returned.class);
        fixture.push("a.sql");
        assertThat(done).hasContent("content and the rest");
    }

    @Test
    void changeBeforeARestart_isSeenAfterIt() throws Exception {
        push();
        Files.writeString(done, "content and the rest");
        fixture.pass(Duration.ofHours(23));
        fixture.open(options);
        look();
        assertThat(fixture.drop.resolve("a.sql")).hasContent("content and the rest");
    }

    @Test
    void changeAfterADay_isDamageThatIsNeitherUploadedNorDeleted() throws Exception {
        options.deleteAfter = Duration.ofDays(2);
        push();
        fixture.pass(Duration.ofHours(25));
        Files.writeString(done, "damaged");
        look();
        assertThat(done).hasContent("damaged");
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.DUMP_CHANGED_LATER);
        fixture.pass(Duration.ofDays(30));
        fixture.open(options);
        look();
        assertThat(done).hasContent("damaged");
        assertThat(fixture.settle()).isEmpty();
    }

    @Test
    void truncatedDump_isLeftAlone() throws Exception {
        push();
        Files.writeString(done, "");
        fixture.pass(Duration.ofMinutes(1));
        look();
        assertThat(done).exists();
        assertThat(fixture.drop.resolve("a.sql")).doesNotExist();
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.DUMP_CHANGED_LATER);
    }

    @Test
    void sameBytesWithAnotherTime_stayDoneAndKeepTheirAge() throws Exception {
        options.deleteAfter = Duration.ofDays(2);
        push();
        Files.setLastModifiedTime(done, FileTime.from(Instant.parse("2026-11-22T03:00:00Z")));
        look();
        assertThat(done).exists();
        assertThat(fixture.troubleKinds()).isEmpty();
        fixture.pass(Duration.ofDays(2));
        fixture.watch().sweep();
        assertThat(done).doesNotExist();
    }

    @Test
    void fileFromBeforeTheRecord_isNeverUploadedAndItsAgeCountsFromNow() throws Exception {
        options.deleteAfter = Duration.ofDays(2);
        fixture.open(options);
        fixture.dump(".done/a.sql", "from an earlier version");
        Files.setLastModifiedTime(done, FileTime.fromMillis(0));
        look();
        fixture.pass(Duration.ofDays(1));
        look();
        assertThat(done).exists();
        Files.writeString(done, "changed");
        look();
        assertThat(done).exists();
        assertThat(fixture.drop.resolve("a.sql")).doesNotExist();
        fixture.pass(Duration.ofDays(1));
        look();
        assertThat(done).doesNotExist();
    }

    @Test
    void takenName_isNotOverwrittenByADumpThatComesBack() throws Exception {
        push();
        Files.writeString(done, "content and the rest");
        fixture.dump("a.sql", "the next one");
        fixture.pass(Duration.ofMinutes(1));
        look();
        assertThat(fixture.drop.resolve("a.sql")).hasContent("the next one");
        assertThat(done).doesNotExist();
        Path back = fixture.drop.resolve(fixture.last(DumpEvent.Returned.class).file());
        assertThat(back).hasContent("content and the rest");
    }

    @Test
    void olderDumpThatChanged_doesNotReplaceANewerOneOfItsName() throws Exception {
        push();
        fixture.pass(Duration.ofHours(20));
        fixture.dump("a.sql", "the newer one");
        fixture.push("a.sql");
        Files.writeString(done, "cut");
        look();
        assertThat(done).hasContent("cut");
        assertThat(fixture.drop.resolve("a.sql")).doesNotExist();
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.DUMP_CHANGED_LATER);
    }

    @Test
    void damageThatIsGone_isNoTroubleAnyMore() throws Exception {
        push();
        fixture.pass(Duration.ofHours(25));
        Files.writeString(done, "damaged");
        look();
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.DUMP_CHANGED_LATER);
        Files.delete(done);
        look();
        assertThat(fixture.troubleKinds()).isEmpty();
    }
}
