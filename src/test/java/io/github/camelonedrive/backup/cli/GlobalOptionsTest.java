package io.github.camelonedrive.backup.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs command lines in this JVM. */
class GlobalOptionsTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void optionsWorkBeforeAndAfterTheCommand() {
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString());
        assertThat(run(environment, "--home", "before", "vault", "init")).isZero();
        assertThat(run(environment, "vault", "init", "--home", "after")).isZero();
        assertThat(run(environment, "vault", "--home", "between", "init", "--json")).isZero();
        assertThat(directory.resolve("before/vault.json")).exists();
        assertThat(directory.resolve("after/vault.json")).exists();
        assertThat(directory.resolve("between/vault.json")).exists();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("}\n");
    }

    @Test
    void settingsFromBothSidesOfTheCommandAreAllChecked() {
        assertThat(run(Map.of(), "-D", "backup.console.port=1", "vault", "check", "-D", "backup.wrong=1")).isEqualTo(2);
        assertThat(run(Map.of(), "-D", "backup.wrong=1", "vault", "check", "-D", "backup.console.port=1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("backup.wrong");
    }

    @Test
    void theHomeIsNamedByOptionElseEnvironmentElseBesideTheSettings() throws Exception {
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString(),
                "ONEDRIVE_BACKUP_HOME", directory.resolve("from-environment").toString());
        assertThat(run(environment, "vault", "init")).isZero();
        assertThat(directory.resolve("from-environment/vault.json")).exists();
        Path settings = Files.createDirectory(directory.resolve("etc")).resolve("my.properties");
        Files.createFile(settings);
        assertThat(run(Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString()), "vault", "init", "--config",
                settings.toString())).isZero();
        assertThat(directory.resolve("etc/.onedrive-backup/vault.json")).exists();
    }

    @Test
    void theHomeStaysWhereItIsWhenSettingsAppear() throws Exception {
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString());
        assertThat(run(environment, "vault", "init")).isZero();
        assertThat(directory.resolve(".onedrive-backup/vault.json")).exists();
        Files.createFile(directory.resolve("application.properties"));
        assertThat(run(environment, "vault", "check")).isZero();
    }

    @Test
    void aSecretCannotBeGivenAsAnArgument() {
        assertThat(run(Map.of(), "destination", "add", "x", "--client-id", "id", "--client-secret", "value")).isEqualTo(2);
        assertThat(run(Map.of(), "destination", "add", "x", "--client-id", "id", "--refresh-token", "value")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a:b", "/Backups/../x", ".", "/x/CON", "a\\b"})
    void aFolderThatOneDriveCannotStoreIsRefusedWhenADestinationIsAdded(String folder) {
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString());
        assertThat(run(environment, "vault", "init")).isZero();
        assertThat(run(environment, "destination", "add", "x", "--client-id", "id", "--folder", folder)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--folder");
        assertThat(run(environment, "destination", "show", "x")).isEqualTo(2);
    }

    @Test
    void laterCommandsAreNotThere() {
        for (String command : new String[] {"get", "delete", "authorize", "browse"}) {
            assertThat(run(Map.of(), command)).isEqualTo(2);
        }
    }

    @Test
    void withoutUtf8FileNamesNothingStartsAndTheRemedyIsNamed() {
        assertThat(program(Map.of(), StandardCharsets.US_ASCII).run("--version")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("US-ASCII").contains("LC_ALL=C.UTF-8");
        assertThat(out.size()).isZero();
        assertThat(program(Map.of(), StandardCharsets.UTF_8).run("--version")).isZero();
    }

    private int run(Map<String, String> environment, String... arguments) {
        out.reset();
        return program(environment, StandardCharsets.UTF_8).run(arguments);
    }

    private CommandLineProgram program(Map<String, String> environment, Charset fileNames) {
        return new CommandLineProgram(new Environment(environment, directory, directory, false, fileNames,
                new ByteArrayInputStream(new byte[0]), stream(out), stream(err)));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
