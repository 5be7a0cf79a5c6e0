package io.github.camelonedrive.backup.runtime;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.KeySources;
import io.github.camelonedrive.files.FileOwner;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A home of another user, and files that somebody planted in ours. */
class HomeOwnershipTest {

    private static final int NOBODY = 65_534;
    private static final int WITHOUT_A_NAME = 54_321;

    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void make() throws Exception {
        home = Home.locate(Optional.empty(), Map.of(), directory);
        home.create();
    }

    @Test
    void homeOfAnotherUser_isRefusedByRoot_withTheCommandToRun() throws Exception {
        assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give files away");
        Files.setAttribute(home.directory(), "unix:uid", NOBODY);

        for (BackupException refusal : new BackupException[] {
            catchThrowableOfType(BackupException.class, () -> RunLock.take(home)),
            catchThrowableOfType(BackupException.class, home::create),
            catchThrowableOfType(BackupException.class,
                    () -> Credentials.open(home, KeySources.of(Map.of(), Optional.empty())))}) {
            assertThat(refusal.kind()).isEqualTo(FailureKind.VAULT);
            assertThat(refusal).hasMessageContaining("runuser -u " + Files.getOwner(home.directory()).getName() + " -- ");
        }
        assertThat(home.directory()).isEmptyDirectory();
    }

    @Test
    void userWithoutAName_isNamedByNumber() throws Exception {
        assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give files away");
        Files.setAttribute(home.directory(), "unix:uid", WITHOUT_A_NAME);
        Files.setAttribute(home.directory(), "unix:gid", WITHOUT_A_NAME + 1);

        assertThatThrownBy(home::requireOurs)
                .hasMessageContaining("setpriv --reuid 54321 --regid 54322 --clear-groups -- onedrive-backup");
    }

    @Test
    void remedy_forAUserWhoIsNotRoot_isAnotherHome() {
        assertThat(Home.remedy(new FileOwner(1, 1, Optional.of("ada")), false)).contains("--home").doesNotContain("runuser");
    }

    @Test
    void homeBehindALinkOfAnotherUser_isRefused() throws Exception {
        assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give links away");
        Path link = Files.createSymbolicLink(directory.resolve("link"), home.directory());
        Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);

        for (Path way : new Path[] {link, link.resolve("below")}) {
            assertThatThrownBy(() -> Home.locate(Optional.of(way), Map.of(), directory).create())
                    .isInstanceOf(BackupException.class).hasMessageContaining("symbolic link of the user");
        }
        assertThat(home.directory()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "dangling link", "hard link", "pipe", "directory", "foreign file"})
    void plantedRunLock_neverChangesWhatItLeadsTo(String kind) throws Exception {
        Path foreign = Files.writeString(directory.resolve("foreign"), "4711\n");
        Object owner = Files.getAttribute(foreign, "unix:uid");
        plant(kind, home.lockFile(), foreign);
        Object planted = Files.getAttribute(home.lockFile(), "unix:uid", LinkOption.NOFOLLOW_LINKS);

        if (kind.equals("hard link")) {
            // A lock is taken on the file, and that is all.
            RunLock.take(home).close();
        } else {
            assertThatThrownBy(() -> RunLock.take(home)).isInstanceOf(BackupException.class)
                    .hasMessageContaining("can't be taken");
        }

        assertThat(foreign).hasContent("4711\n");
        assertThat(Files.getAttribute(foreign, "unix:uid")).isEqualTo(owner);
        assertThat(Files.getAttribute(home.lockFile(), "unix:uid", LinkOption.NOFOLLOW_LINKS)).isEqualTo(planted);
        assertThat(directory.resolve("not-there")).doesNotExist();
    }

    private void plant(String kind, Path lock, Path foreign) throws Exception {
        switch (kind) {
            case "link" -> Files.createSymbolicLink(lock, foreign);
            case "dangling link" -> Files.createSymbolicLink(lock, directory.resolve("not-there"));
            case "hard link" -> Files.createLink(lock, foreign);
            case "pipe" -> assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor()).isZero();
            case "directory" -> Files.createDirectory(lock);
            default -> {
                assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give files away");
                Files.setAttribute(Files.createFile(lock), "unix:uid", NOBODY);
            }
        }
    }
}
