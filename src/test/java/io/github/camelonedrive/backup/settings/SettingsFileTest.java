package io.github.camelonedrive.backup.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.trust.TrustCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which settings file is read, and what a command reads from it. */
class SettingsFileTest {

    @TempDir
    private Path directory;

    @Test
    void anEmptyFileAndNoFileAreValid() throws Exception {
        assertThat(read(SettingsScope.ROUTES, Map.of()).names()).isEmpty();
        Files.createFile(directory.resolve(SettingsFile.NAME));
        assertThat(read(SettingsScope.ROUTES, Map.of()).names()).isEmpty();
    }

    @Test
    void aNamedFileMustBeThere() throws Exception {
        TrustCheck trust = TrustCheck.of(directory);
        Path missing = directory.resolve("missing.properties");
        for (SettingsFile file : new SettingsFile[] {
                SettingsFile.locate(Optional.of(missing), Map.of(), directory),
                SettingsFile.locate(Optional.empty(), Map.of("ONEDRIVE_BACKUP_CONFIG", missing.toString()), directory)}) {
            assertThatThrownBy(() -> file.read(SettingsScope.CALLS, Map.of(), trust)).isInstanceOf(BackupException.class)
                    .hasMessageContaining("missing.properties").hasMessageContaining("--config")
                    .hasMessageContaining("ONEDRIVE_BACKUP_CONFIG");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/zero", "pipe", "folder", "link"})
    @Timeout(10)
    void aFileThatIsNoRegularOneIsRefused_withoutReadingIt(String name) throws Exception {
        Path file = directory.resolve(name);
        switch (name) {
            case "pipe" -> assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
            case "folder" -> Files.createDirectory(file);
            case "link" -> Files.createSymbolicLink(file, Path.of("/dev/null"));
            default -> { }
        }
        assertThatThrownBy(() -> SettingsFile.locate(Optional.of(file), Map.of(), directory)
                .read(SettingsScope.CALLS, Map.of(), TrustCheck.of(directory)))
                .isInstanceOf(BackupException.class).hasMessageContaining("no regular file")
                .hasMessageNotContaining("chmod");
    }

    @Test
    void locate_takesTheOption_elseTheVariable_elseBesideTheLauncher() {
        Map<String, String> environment = Map.of("ONEDRIVE_BACKUP_CONFIG", "/variable/x.properties");
        assertThat(SettingsFile.locate(Optional.of(Path.of("/option/x.properties")), environment, directory).path())
                .isEqualTo(Path.of("/option/x.properties"));
        assertThat(SettingsFile.locate(Optional.empty(), environment, directory).path())
                .isEqualTo(Path.of("/variable/x.properties"));
        assertThat(SettingsFile.locate(Optional.empty(), Map.of("ONEDRIVE_BACKUP_CONFIG", " "), directory).path())
                .isEqualTo(directory.resolve(SettingsFile.NAME));
    }

    @Test
    void locate_doesNotDependOnWhetherAFileIsThere() throws Exception {
        Path before = SettingsFile.locate(Optional.empty(), Map.of(), directory).path();
        Files.createFile(directory.resolve(SettingsFile.NAME));
        assertThat(SettingsFile.locate(Optional.empty(), Map.of(), directory).path()).isEqualTo(before);
    }

    @Test
    void theFileIsUtf8AndTheCommandLineWins() throws Exception {
        Files.writeString(directory.resolve(SettingsFile.NAME), "a.folder = Größe\nb = file\n", StandardCharsets.UTF_8);
        assertThat(read(SettingsScope.ROUTES, Map.of("b", "line")).forCamel())
                .containsOnly(Map.entry("a.folder", "Größe"), Map.entry("b", "line"));
    }

    @Test
    void aCommandReadsOnlyWhatItNeedsToReachOneDrive() throws Exception {
        Files.writeString(directory.resolve(SettingsFile.NAME), """
                backup.console.port = 0
                camel.component.onedrive.verify = readback
                camel.ssl.trustManagers.keyStore = x
                camel.main.shutdown-timeout = 5
                logging.level.root = WARN
                camel.main.routesIncludePattern = file:/tmp/*.yaml
                camel.main.routes-include-pattern = file:/tmp/*.yaml
                camel.main.javaRoutesIncludePattern = **
                camel.beans.evil = #class:java.lang.Object
                camel.component.file.lazy-start-producer = true
                camel.component.onedriver.x = 1
                camel.vault.aws.accessKey = x
                my.folder = x
                """);
        assertThat(read(SettingsScope.CALLS, Map.of("given", "on the line")).names()).containsExactlyInAnyOrder(
                "backup.console.port", "camel.component.onedrive.verify", "camel.ssl.trustManagers.keyStore",
                "camel.main.shutdown-timeout", "logging.level.root", "given");
        assertThat(read(SettingsScope.ROUTES, Map.of()).names()).hasSize(13);
    }

    private Settings read(SettingsScope scope, Map<String, String> overrides) throws BackupException {
        return SettingsFile.locate(Optional.empty(), Map.of(), directory).read(scope, overrides, TrustCheck.of(directory));
    }
}
