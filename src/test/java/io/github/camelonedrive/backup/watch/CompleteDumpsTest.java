package io.github.camelonedrive.backup.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.camelonedrive.backup.trouble.TroubleKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which files a watch takes, and when. */
class CompleteDumpsTest {

    @TempDir
    private Path directory;

    private WatchFixture fixture;
    private final WatchFixture.Options options = new WatchFixture.Options();

    @BeforeEach
    void drop() throws Exception {
        fixture = new WatchFixture(directory);
    }

    @Test
    void dump_isTakenAfterTheQuietPeriodHoweverOldItLooks() throws Exception {
        fixture.open();
        Path dump = fixture.dump("a.sql", "content");
        Files.setLastModifiedTime(dump, FileTime.fromMillis(0));
        assertThat(fixture.poll()).isEmpty();
        fixture.pass(Duration.ofMillis(9999));
        assertThat(fixture.poll()).isEmpty();
        fixture.pass(Duration.ofMillis(1));
        assertThat(fixture.poll()).containsExactly("a.sql");
    }

    @Test
    void growing_startsTheQuietPeriodAgain() throws Exception {
        fixture.open();
        Path dump = fixture.dump("a.sql", "content");
        fixture.poll();
        fixture.pass(Duration.ofSeconds(9));
        Files.writeString(dump, "more", StandardOpenOption.APPEND);
        assertThat(fixture.poll()).isEmpty();
        fixture.pass(Duration.ofSeconds(9));
        assertThat(fixture.poll()).isEmpty();
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.poll()).containsExactly("a.sql");
    }

    @Test
    void changedPermissionsAndLinks_doNotStartTheQuietPeriodAgain() throws Exception {
        fixture.open();
        Path dump = fixture.dump("a.sql", "content");
        fixture.poll();
        fixture.pass(Duration.ofSeconds(5));
        dump.toFile().setReadOnly();
        Files.createLink(directory.resolve("link"), dump);
        fixture.poll();
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.poll()).containsExactly("a.sql");
    }

    @Test
    void emptyFile_isLeftAloneAndReportedAfterAnHour() throws Exception {
        fixture.open();
        fixture.dump("empty.sql", "");
        fixture.settle();
        fixture.pass(Duration.ofMinutes(59));
        assertThat(fixture.poll()).isEmpty();
        assertThat(fixture.troubleKinds()).isEmpty();
        fixture.pass(Duration.ofMinutes(1));
        fixture.poll();
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.TOO_SMALL);
        fixture.dump("empty.sql", "the dump");
        assertThat(fixture.settle()).containsExactly("empty.sql");
        assertThat(fixture.troubleKinds()).isEmpty();
    }

    @Test
    void minSize_decidesWhatIsADump() throws Exception {
        options.minSize = 5;
        fixture.open(options);
        fixture.dump("four.sql", "four");
        fixture.dump("five.sql", "fives");
        assertThat(fixture.settle()).containsExactly("five.sql");
    }

    @Test
    void minSizeZero_letsEmptyFilesThrough() throws Exception {
        options.minSize = 0;
        fixture.open(options);
        fixture.dump("empty.sql", "");
        assertThat(fixture.settle()).containsExactly("empty.sql");
    }

    @Test
    void openForWriting_isNotTakenAndNamedAfterAMinute() throws Exception {
        fixture.open();
        Path dump = fixture.dump("a.sql", "content");
        String key = Files.readAttributes(dump, BasicFileAttributes.class).fileKey().toString();
        fixture.writers.put(key, new OpenFiles.Writer(4711, "mysqldump"));
        assertThat(fixture.settle()).isEmpty();
        assertThat(fixture.troubleKinds()).isEmpty();
        for (int second = 0; second < 70; second += 5) {
            fixture.pass(Duration.ofSeconds(5));
            assertThat(fixture.poll()).isEmpty();
        }
        assertThat(fixture.troubles.current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.HELD_OPEN);
            assertThat(trouble.problem()).contains("a.sql").contains("4711").contains("mysqldump");
        });
        fixture.writers.clear();
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.poll()).containsExactly("a.sql");
        fixture.poll();
        assertThat(fixture.troubleKinds()).isEmpty();
    }

    @Test
    void neverStill_isReportedWithinTwoMinutesAndOnceItIsOver() throws Exception {
        fixture.open();
        Path dump = fixture.dump("a.sql", "content");
        for (int second = 0; second < 120; second += 5) {
            fixture.poll();
            fixture.pass(Duration.ofSeconds(5));
            Files.writeString(dump, "more", StandardOpenOption.APPEND);
        }
        fixture.poll();
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.NEVER_STILL);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.poll()).containsExactly("a.sql");
        assertThat(fixture.troubleKinds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.sql.part", "a.PART", "a.tmp", "a.sql.Tmp", ".a.sql", "a.partial", "a.filepart", "a.inprogress",
        "a.zip.crdownload", ".a.swp", "a.swp", "a.sql~", "vm.dat", "vm.DAT"})
    void temporaryAndHiddenFiles_areNeverTaken(String name) throws Exception {
        options.temporary = List.of(Pattern.compile(".*\\.dat", Pattern.CASE_INSENSITIVE));
        fixture.open(options);
        fixture.dump(name, "content");
        assertThat(fixture.settle()).isEmpty();
    }

    @Test
    void includeAndExclude_matchWholeNamesAndExcludeWins() throws Exception {
        options.include = ".*\\.sql";
        options.exclude = "private.*";
        fixture.open(options);
        fixture.dump("a.sql", "content");
        fixture.dump("a.sql.gz", "content");
        fixture.dump("private.sql", "content");
        assertThat(fixture.settle()).containsExactly("a.sql");
    }

    @Test
    void subdirectories_areTakenOnlyIfRecursive() throws Exception {
        options.recursive = false;
        fixture.open(options);
        fixture.dump("sub/a.sql", "content");
        assertThat(fixture.settle()).isEmpty();
        options.recursive = true;
        fixture.open(options);
        assertThat(fixture.settle()).containsExactly("sub/a.sql");
    }

    @Test
    void links_areNotFollowed() throws Exception {
        fixture.open();
        Path outside = Files.writeString(directory.resolve("outside.sql"), "content");
        Path inside = fixture.dump("inside.sql", "content");
        Files.createSymbolicLink(fixture.drop.resolve("a.sql"), outside);
        Files.createSymbolicLink(fixture.drop.resolve("b.sql"), inside);
        Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(directory.resolve("elsewhere/c.sql"), "content");
        Files.createSymbolicLink(fixture.drop.resolve("dir"), directory.resolve("elsewhere"));
        assertThat(fixture.settle()).containsExactly("inside.sql");
    }

    @Test
    void followedLinks_mustStayBelowTheDirectory() throws Exception {
        options.followLinks = true;
        options.recursive = false;
        fixture.open(options);
        Path outside = Files.writeString(directory.resolve("outside.sql"), "content");
        Path inside = fixture.dump("sub/inside.sql", "content");
        Path done = fixture.dump(".done/old.sql", "content");
        Files.createSymbolicLink(fixture.drop.resolve("in.sql"), inside);
        Files.createSymbolicLink(fixture.drop.resolve("out.sql"), outside);
        Files.createSymbolicLink(fixture.drop.resolve("done.sql"), done);
        Files.createSymbolicLink(fixture.drop.resolve("up"), directory);
        Files.createSymbolicLink(fixture.drop.resolve("loop"), fixture.drop);
        Files.createSymbolicLink(fixture.drop.resolve("dead.sql"), directory.resolve("none"));
        assertThat(fixture.settle()).containsExactly("in.sql");
    }

    @Test
    void whatIsReachedByItsOwnName_isNotTakenAgainThroughALink() throws Exception {
        options.followLinks = true;
        options.exclude = "hidden.*";
        fixture.open(options);
        Path inside = fixture.dump("sub/inside.sql", "content");
        Path excluded = fixture.dump("sub/hidden.sql", "content");
        Files.createSymbolicLink(fixture.drop.resolve("in.sql"), inside);
        Files.createSymbolicLink(fixture.drop.resolve("link"), inside.getParent());
        Files.createSymbolicLink(fixture.drop.resolve("shown.sql"), excluded);
        assertThat(fixture.settle()).containsExactly("shown.sql", "sub/inside.sql");
    }

    @Test
    void linkBesideItsFile_isNotTakenEvenWithoutSubdirectories() throws Exception {
        options.followLinks = true;
        options.recursive = false;
        fixture.open(options);
        Path dump = fixture.dump("a.sql", "content");
        Files.createSymbolicLink(fixture.drop.resolve("latest.sql"), dump);
        assertThat(fixture.settle()).containsExactly("a.sql");
    }

    @Test
    void pipes_areNotFiles() throws Exception {
        fixture.open();
        Path pipe = fixture.drop.resolve("pipe.sql");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThat(fixture.settle()).isEmpty();
    }

    @Test
    void dumpsInHand_areLimitedAndTheOthersFollow() throws Exception {
        fixture.open();
        for (int number = 0; number <= Watch.MOST_IN_HAND; number++) {
            fixture.dump(number + ".sql", "content");
        }
        List<String> first = fixture.settle();
        assertThat(first).hasSize(Watch.MOST_IN_HAND);
        assertThat(fixture.poll()).isEmpty();
        String name = first.get(0);
        fixture.pushed(name, fixture.begin(name));
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.poll()).hasSize(1).doesNotContainAnyElementsOf(first);
    }

    @Test
    void manyOpenFiles_doNotKeepOthersFromBeingTaken() throws Exception {
        options.quietPeriod = Duration.ZERO;
        fixture.open(options);
        for (int number = 0; number < Watch.MOST_IN_HAND + 10; number++) {
            Path open = fixture.dump("open-" + number, "content");
            fixture.writers.put(Files.readAttributes(open, BasicFileAttributes.class).fileKey().toString(),
                    new OpenFiles.Writer(4711, "tar"));
        }
        fixture.poll();
        fixture.dump("good.sql", "content");
        List<String> taken = new ArrayList<>();
        for (int poll = 0; poll < 20; poll++) {
            fixture.pass(Duration.ofMillis(500));
            taken.addAll(fixture.poll());
        }
        assertThat(taken).containsExactly("good.sql");
    }

    @Test
    void deepDirectories_areReportedAndTheOthersTaken() throws Exception {
        fixture.open();
        Files.createDirectories(fixture.drop.resolve("d/".repeat(DirectoryScan.DEEPEST + 50)));
        fixture.dump("a.sql", "content");
        assertThat(fixture.settle()).containsExactly("a.sql");
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.SUBDIRECTORY_UNREADABLE);
    }

    @Test
    void directoriesWithNamesThatCannotBeRead_areReportedAndLeftAlone() throws Exception {
        fixture.open();
        assertThat(new ProcessBuilder("sh", "-c", "for name in '\\351' '\\350'; do d=$(printf \"x$name\"); mkdir \"$d\" && "
                + "echo content > \"$d/a.sql\"; done").directory(fixture.drop.toFile()).start().waitFor()).isZero();
        assertThat(fixture.settle()).isEmpty();
        assertThat(fixture.troubleKinds()).containsOnly(TroubleKind.DUMP_UNREADABLE);
    }

    @Test
    void linksToDirectoriesAndLoops_areNoTrouble() throws Exception {
        options.followLinks = true;
        fixture.open(options);
        fixture.dump("sub/a.sql", "content");
        Files.createSymbolicLink(fixture.drop.resolve("latest"), fixture.drop.resolve("sub"));
        Files.createSymbolicLink(fixture.drop.resolve("loop"), Path.of("loop"));
        assertThat(fixture.settle()).containsExactly("sub/a.sql");
        assertThat(fixture.troubleKinds()).isEmpty();
    }
}
