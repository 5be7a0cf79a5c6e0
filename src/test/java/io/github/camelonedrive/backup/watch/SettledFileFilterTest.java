package io.github.camelonedrive.backup.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.camelonedrive.backup.settings.WatchSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettledFileFilterTest {

    @TempDir
    private Path directory;

    private WatchFixture fixture;

    @BeforeEach
    void drop() throws Exception {
        fixture = new WatchFixture(directory);
    }

    @Test
    void aDumpIsTakenWhenItStoodStillForTheQuietPeriodHoweverOldItLooks() throws Exception {
        fixture.open();
        Path dump = fixture.dump("a.sql", "content");
        Files.setLastModifiedTime(dump, FileTime.fromMillis(0));
        assertThat(fixture.poll(dump)).isFalse();
        fixture.pass(Duration.ofMillis(9999));
        assertThat(fixture.poll(dump)).isFalse();
        fixture.pass(Duration.ofMillis(1));
        assertThat(fixture.poll(dump)).isTrue();
    }

    @Test
    void growingStartsTheQuietPeriodAnew() throws Exception {
        fixture.open();
        Path dump = fixture.dump("a.sql", "content");
        fixture.poll(dump);
        fixture.pass(Duration.ofSeconds(9));
        Files.writeString(dump, "more", StandardOpenOption.APPEND);
        assertThat(fixture.poll(dump)).isFalse();
        fixture.pass(Duration.ofSeconds(9));
        assertThat(fixture.poll(dump)).isFalse();
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.poll(dump)).isTrue();
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeStartsTheQuietPeriodAnew() throws Exception {
        fixture.open();
        Path dump = fixture.dump("a.sql", "content");
        FileTime time = Files.getLastModifiedTime(dump);
        fixture.poll(dump);
        fixture.pass(Duration.ofSeconds(10));
        Path other = Files.writeString(directory.resolve("other"), "CONTENT");
        Files.setLastModifiedTime(other, time);
        Files.move(other, dump, StandardCopyOption.REPLACE_EXISTING);
        assertThat(fixture.poll(dump)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.sql.part", "a.PART", "a.tmp", "a.sql.Tmp", ".a.sql"})
    void unfinishedAndHiddenFilesAreNeverTaken(String name) throws Exception {
        fixture.open();
        assertThat(fixture.settle(fixture.dump(name, "content"))).isFalse();
    }

    @Test
    void includeAndExcludeMatchWholeNamesAndExcludeWins() throws Exception {
        fixture.open(".*\\.sql", "private.*", false, null);
        assertThat(fixture.settle(fixture.dump("a.sql", "content"))).isTrue();
        assertThat(fixture.settle(fixture.dump("a.sql.gz", "content"))).isFalse();
        assertThat(fixture.settle(fixture.dump("private.sql", "content"))).isFalse();
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        fixture.open();
        Path outside = Files.writeString(directory.resolve("outside.sql"), "content");
        Path inside = fixture.dump("inside.sql", "content");
        Path outsideDirectory = Files.createDirectory(directory.resolve("outside"));
        assertThat(fixture.settle(Files.createSymbolicLink(fixture.drop.resolve("a.sql"), outside))).isFalse();
        assertThat(fixture.settle(Files.createSymbolicLink(fixture.drop.resolve("b.sql"), inside))).isFalse();
        assertThat(fixture.poll(Files.createSymbolicLink(fixture.drop.resolve("dir"), outsideDirectory))).isFalse();
    }

    @Test
    void linksThatAreFollowedMustStayBelowTheDirectory() throws Exception {
        fixture.open(following(false, null));
        Path outside = Files.writeString(directory.resolve("outside.sql"), "content");
        Path inside = fixture.dump("sub/inside.sql", "content");
        Path done = fixture.dump(".done/old.sql", "content");
        assertThat(fixture.settle(Files.createSymbolicLink(fixture.drop.resolve("in.sql"), inside))).isTrue();
        assertThat(fixture.settle(Files.createSymbolicLink(fixture.drop.resolve("out.sql"), outside))).isFalse();
        assertThat(fixture.settle(Files.createSymbolicLink(fixture.drop.resolve("done.sql"), done))).isFalse();
        assertThat(fixture.poll(Files.createSymbolicLink(fixture.drop.resolve("up"), directory))).isFalse();
        assertThat(fixture.poll(Files.createSymbolicLink(fixture.drop.resolve("loop"), fixture.drop))).isFalse();
        Path dead = Files.createSymbolicLink(fixture.drop.resolve("dead.sql"), directory.resolve("none"));
        assertThat(fixture.poll(dead)).isFalse();
    }

    @Test
    void whatIsReachedByItsOwnNameIsNotPushedOnceMoreThroughALink() throws Exception {
        fixture.open(following(true, Pattern.compile("hidden.*")));
        Path inside = fixture.dump("sub/inside.sql", "content");
        Path excluded = fixture.dump("sub/hidden.sql", "content");
        assertThat(fixture.settle(inside)).isTrue();
        assertThat(fixture.settle(Files.createSymbolicLink(fixture.drop.resolve("in.sql"), inside))).isFalse();
        assertThat(fixture.poll(Files.createSymbolicLink(fixture.drop.resolve("link"), inside.getParent()))).isFalse();
        assertThat(fixture.settle(Files.createSymbolicLink(fixture.drop.resolve("shown.sql"), excluded))).isTrue();
    }

    @Test
    void aLinkBesideItsFileIsNotPushedEvenWithoutSubDirectories() throws Exception {
        fixture.open(following(false, null));
        Path dump = fixture.dump("a.sql", "content");
        assertThat(fixture.settle(Files.createSymbolicLink(fixture.drop.resolve("latest.sql"), dump))).isFalse();
        assertThat(fixture.settle(dump)).isTrue();
    }

    private WatchSettings following(boolean recursive, Pattern exclude) {
        return new WatchSettings("test", fixture.drop, "offsite", Optional.empty(), Optional.empty(),
                Optional.ofNullable(exclude), recursive, Duration.ofSeconds(10), true, Optional.empty());
    }

    @Test
    void pipesAreNotFiles() throws Exception {
        fixture.open();
        Path pipe = fixture.drop.resolve("pipe.sql");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThat(fixture.settle(pipe)).isFalse();
    }
}
