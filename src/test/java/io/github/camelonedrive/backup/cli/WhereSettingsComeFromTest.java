package io.github.camelonedrive.backup.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings, routes and home come from beside the launcher or from where they are named, never from the current directory. */
class WhereSettingsComeFromTest {

    @TempDir
    private Path directory;

    private Path installation;
    private Path drop;
    private OneDriveSimulator simulator;
    private OneDriveSimulator attacker;
    private ProgramInThisJvm program;

    @BeforeEach
    void start() throws Exception {
        installation = Files.createDirectory(directory.resolve("installation"));
        drop = Files.createDirectory(directory.resolve("drop"));
        simulator = OneDriveSimulator.builder().accountType(AccountType.PERSONAL).port(0).start();
        attacker = OneDriveSimulator.builder().accountType(AccountType.PERSONAL).port(0).start();
        program = new ProgramInThisJvm(installation);
        Files.writeString(installation.resolve("application.properties"), endpoints(simulator));
        program.expect(0, "vault", "init").add("offsite", simulator, "--folder", "/Backups");
    }

    @AfterEach
    void stop() {
        simulator.close();
        attacker.close();
    }

    private static String endpoints(OneDriveSimulator of) {
        return "camel.component.onedrive.graph-endpoint = " + of.graphEndpoint() + "\n"
                + "camel.component.onedrive.login-endpoint = " + of.loginEndpoint() + "\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"list offsite /", "browse offsite", "destination test offsite", "push offsite dump.sql",
            "delete --yes offsite /x"})
    void settingsInTheCurrentDirectory_areNotObeyed(String command) throws Exception {
        Files.writeString(drop.resolve("application.properties"), endpoints(attacker));
        Files.writeString(drop.resolve("dump.sql"), "dump");
        program.calledFrom(drop).expect(0, command.split(" "));
        assertThat(attacker.requests()).isEmpty();
        assertThat(simulator.requests()).isNotEmpty();
        assertThat(program.err().lines().filter(line -> line.contains("--config ./application.properties"))).hasSize(1);
    }

    @Test
    void settingsInTheCurrentDirectory_areObeyedWhereTheyAreNamedOrLieBesideTheLauncher() throws Exception {
        program.calledFrom(installation).expect(0, "list", "offsite", "/");
        assertThat(program.err()).doesNotContain("--config");
        Files.writeString(drop.resolve("application.properties"), endpoints(simulator));
        program.calledFrom(drop).expect(0, "list", "offsite", "/", "--config", "application.properties",
                "--home", installation.resolve(".onedrive-backup").toString());
        assertThat(program.err()).doesNotContain("--config");
    }

    @Test
    void aLinkToTheSettingsInUse_isNoOtherSettings() throws Exception {
        Files.createSymbolicLink(drop.resolve("application.properties"), installation.resolve("application.properties"));
        program.calledFrom(drop).expect(0, "list", "offsite", "/");
        assertThat(program.err()).doesNotContain("--config");
    }

    @Test
    void aHomeInTheCurrentDirectory_isNotUsedAndTheOptionIsNamed() throws Exception {
        Files.createDirectory(drop.resolve(".onedrive-backup"));
        program.calledFrom(drop).expect(0, "list", "offsite", "/");
        assertThat(program.err().lines().filter(line -> line.contains("--home ./.onedrive-backup"))).hasSize(1);
        Files.createFile(drop.resolve("application.properties"));
        program.expect(0, "list", "offsite", "/");
        assertThat(program.err().lines().filter(line -> line.contains("give --config ./application.properties "
                + "--home ./.onedrive-backup"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "push offsite dump.sql"})
    void aVaultInTheCurrentDirectoryOnly_endsRunAndPush(String command) throws Exception {
        Files.move(installation.resolve(".onedrive-backup"), drop.resolve(".onedrive-backup"));
        Files.writeString(drop.resolve("dump.sql"), "dump");
        program.calledFrom(drop).expect(2, command.split(" "));
        assertThat(program.err()).contains("has no vault").contains("--home ./.onedrive-backup");
        assertThat(installation.resolve(".onedrive-backup")).doesNotExist();
        program.expect(0, "push", "offsite", "dump.sql", "--home", "./.onedrive-backup");
    }

    @Test
    void routesInTheCurrentDirectory_areNotLoaded() throws Exception {
        Files.createDirectory(drop.resolve("routes"));
        Files.writeString(drop.resolve("routes/watch.camel.yaml"), "- from: nonsense");
        program.calledFrom(drop).expect(2, "run");
        assertThat(program.err()).contains("The routes folder " + installation.resolve("routes"));
        program.expect(2, "demo");
        assertThat(program.err()).contains("The routes folder " + installation.resolve("routes"));
    }

    /** Settings may make Camel load routes; a command that only asks OneDrive something does not let it. */
    @Test
    void routesThatTheSettingsName_areLoadedByNoCommandButRun() throws Exception {
        Path route = Files.writeString(installation.resolve("evil.camel.yaml"), """
                - from:
                    uri: timer:evil
                    parameters: { repeatCount: 1, delay: 0 }
                    steps:
                      - setBody: { constant: evil }
                      - to: file:%s?fileName=evil.txt
                """.formatted(directory));
        Files.writeString(installation.resolve("application.properties"), endpoints(simulator)
                + "camel.main.routes-include-pattern = file:" + route + "\ncamel.main.duration-max-messages = 1\n");
        for (String command : new String[] {"list offsite /", "browse offsite", "destination test offsite"}) {
            program.expect(0, command.split(" "));
        }
        assertThat(directory.resolve("evil.txt")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.properties", "routes", "routes/watch.camel.yaml"})
    void whatOthersCanWrite_isRefused(String name) throws Exception {
        Path routes = Files.createDirectory(installation.resolve("routes"));
        Files.copy(Path.of("..", "routes", "watch.camel.yaml"), routes.resolve("watch.camel.yaml"));
        Files.setAttribute(installation, "unix:mode", 0755);
        Path file = installation.resolve(name);
        Files.setAttribute(file, "unix:mode", Files.isDirectory(file) ? 0777 : 0666);
        program.expect(2, "run");
        assertThat(program.err()).contains("another user could have written it").contains("chmod go-w");
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void plainEndpoints_areAnnouncedOnce() throws Exception {
        program.expect(0, "list", "offsite", "/");
        assertThat(program.err().lines().filter(line -> line.contains("WARN"))).hasSize(1).first().asString()
                .contains(simulator.graphEndpoint().toString()).contains(simulator.loginEndpoint().toString())
                .contains("unencrypted");
    }
}
