package io.github.camelonedrive.backup.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class SecretFileTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void secret() throws Exception {
        file = Files.writeString(directory.resolve("secret"), "made up\n");
        mode("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void fileOfOurOwn_isRead(String mode) throws Exception {
        mode(mode);

        assertThat(SecretFile.read(file, "client secret").reveal()).isEqualTo("made up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rw-r--r--", "rw-rw-rw-"})
    void fileThatIsOpenToOthers_isRefusedWithTheCommandToRun(String mode) throws Exception {
        mode(mode);

        assertThatThrownBy(() -> SecretFile.read(file, "client secret")).isInstanceOf(BackupException.class)
                .hasMessageContaining(mode).hasMessageContaining("chmod 600 '" + file + "'").hasMessageNotContaining("made up");
    }

    @Test
    void linkOfOurOwn_isFollowed_asContainersMountSecrets() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("secret"));

        assertThat(SecretFile.read(link, "client secret").reveal()).isEqualTo("made up");
    }

    @Test
    void linkOrFileOfAnotherUser_isRefused() throws Exception {
        assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give files away");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("secret"));
        Files.setAttribute(link, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
        assertThatThrownBy(() -> SecretFile.read(link, "client secret")).hasMessageContaining("symbolic link of the user");

        Files.setAttribute(file, "unix:uid", 65534);
        assertThatThrownBy(() -> SecretFile.read(file, "client secret")).hasMessageContaining("belongs to the user");
    }

    @Test
    void directoryPipeAndDevice_areRefused() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        for (Path other : new Path[] {directory, pipe, Path.of("/dev/zero")}) {
            assertThatThrownBy(() -> SecretFile.read(other, "client secret")).hasMessageContaining("no regular file");
        }
    }

    @Test
    void missingEmptyAndHugeFile_areToldApart() throws Exception {
        assertThatThrownBy(() -> SecretFile.read(directory.resolve("none"), "client secret"))
                .hasMessageContaining("no such file");
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> SecretFile.read(file, "client secret")).hasMessageContaining("holds no client secret");
        Files.write(file, new byte[100_000]);
        assertThatThrownBy(() -> SecretFile.read(file, "client secret")).hasMessageContaining("longer than");
    }

    private void mode(String permissions) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
