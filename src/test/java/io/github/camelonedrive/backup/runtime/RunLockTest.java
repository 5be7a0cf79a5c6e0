package io.github.camelonedrive.backup.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunLockTest {

    @TempDir
    private Path directory;

    @Test
    void oneRunHoldsAHomeAndTheLockIsForOurUserOnly() throws Exception {
        Home home = Home.locate(Optional.empty(), Map.of(), directory);
        home.create();
        try (RunLock lock = RunLock.take(home)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.lockFile()))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.directory()))).isEqualTo("rwx------");
            assertThatThrownBy(() -> RunLock.take(home)).isInstanceOf(BackupException.class)
                    .hasMessageContaining("Another 'run'");
        }
        RunLock.take(home).close();
    }
}
