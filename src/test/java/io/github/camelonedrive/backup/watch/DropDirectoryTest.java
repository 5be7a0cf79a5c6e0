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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
        assumeTrue(Files.getOwner(directory).getName().equals("root"), "only root can give files away");
        UserPrincipal nobody = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(Files.createDirectory(directory.resolve(place)), nobody);
        assertThatThrownBy(() -> open(directory)).isInstanceOf(BackupException.class).hasMessageContaining("nobody");
        assertThat(directory.resolve(place)).isEmptyDirectory();
    }

    @Test
    void ownersThatTheFileSystemMakesUpAreAccepted() throws Exception {
        UserPrincipal weAreShownAsSomebodyElse = () -> "us";
        DropDirectory.open("test", directory, weAreShownAsSomebodyElse, InstantSource.system());
        assertThat(directory.resolve(".done")).isEmptyDirectory();
    }

    @Test
    void anotherDirectoryInTheWatchedOnesPlaceIsNoticed() throws Exception {
        Path watched = Files.createDirectory(directory.resolve("watched"));
        DropDirectory drop = open(watched);
        Files.move(watched, directory.resolve("elsewhere"));
        Files.createDirectory(watched);
        assertThatThrownBy(drop::handle).isInstanceOf(DropDirectory.DirectoryReplacedException.class);
        Files.delete(watched);
        Files.move(directory.resolve("elsewhere"), watched);
        drop.handle().close();
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
        Files.writeString(drop.root().resolve("sub/a.sql"), "content");
        drop.move(DumpPath.of(Path.of("sub/a.sql")), DropDirectory.DONE, Path.of("sub/a.sql"));
        for (String place : new String[] {".done", ".failed", ".done/sub"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(drop.root().resolve(place))))
                    .as(place).isEqualTo("rwx------");
        }
    }

    private DropDirectory open(Path path) throws Exception {
        return DropDirectory.open("test", path, Files.getOwner(directory), InstantSource.system());
    }
}
