package io.github.camelonedrive.backup.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;

import io.github.camelonedrive.backup.failure.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DropDirectoryTest {

    @TempDir
    private Path directory;

    @Test
    void theDirectoryMustBeThere() {
        assertThatThrownBy(() -> open(directory.resolve("missing"))).isInstanceOf(BackupException.class)
                .hasMessageContaining("missing").hasMessageContaining("backup.watch.test.directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {".done", ".failed", ".quarantine"})
    void aLinkInPlaceOfOneOfOurDirectoriesStopsTheWatch(String place) throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve(place), elsewhere);
        assertThatThrownBy(() -> open(directory)).isInstanceOf(BackupException.class)
                .hasMessageContaining(place + " is a link");
    }

    @ParameterizedTest
    @ValueSource(strings = {".done", ".failed", ".quarantine"})
    void aDirectoryOfAnotherUserInTheirPlaceStopsTheWatch(String place) throws Exception {
        Files.createDirectory(directory.resolve(place));
        UserPrincipal other = () -> "somebody-else";
        assertThatThrownBy(() -> DropDirectory.open("test", directory, other, InstantSource.system()))
                .isInstanceOf(BackupException.class).hasMessageContaining("somebody-else");
    }

    @Test
    void quarantineIsNotMade() throws Exception {
        open(directory);
        assertThat(directory.resolve(".done")).isDirectory();
        assertThat(directory.resolve(".failed")).isDirectory();
        assertThat(directory.resolve(".quarantine")).doesNotExist();
    }

    @Test
    void ourPlacesAreMadeForOurUserOnly() throws Exception {
        DropDirectory drop = open(directory);
        Files.createDirectory(drop.root().resolve("sub"));
        Path dump = Files.writeString(drop.root().resolve("sub/a.sql"), "content");
        drop.moveToDone(dump, FileIdentity.of(dump, false).orElseThrow());
        for (String place : new String[] {".done", ".failed", ".done/sub"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(drop.root().resolve(place))))
                    .as(place).isEqualTo("rwx------");
        }
    }

    @Test
    void aFileThatTookTheDumpsPlaceAtTheLastMomentIsPutBack() throws Exception {
        DropDirectory drop = open(directory);
        Path dump = Files.writeString(drop.root().resolve("a.sql"), "content");
        FileIdentity proven = FileIdentity.of(dump, false).orElseThrow();
        Files.delete(dump);
        Files.writeString(dump, "another dump");
        assertThatThrownBy(() -> drop.moveToDone(dump, proven)).isInstanceOf(DropDirectory.DumpReplacedException.class);
        assertThat(dump).hasContent("another dump");
        assertThat(drop.root().resolve(".done")).isEmptyDirectory();
    }

    private DropDirectory open(Path path) throws Exception {
        return DropDirectory.open("test", path, Files.getOwner(directory), InstantSource.system());
    }
}
