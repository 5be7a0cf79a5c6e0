package io.github.camelonedrive.backup.e2e;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands besides {@code run}, each as a process: results, exit codes, and what a person reads when it fails. */
class CommandsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private Installation installation;

    @BeforeEach
    void install() throws Exception {
        installation = new Installation(directory);
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void demoProvesItsDumpsAndLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path own = Files.writeString(directory.resolve("Größe 数据.sql"), "own");
        installation.environment.put("JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        Launched samples = installation.expect(0, "demo");
        assertThat(samples.out()).contains("single PUT").contains("session, 3 fragments").doesNotContain("NOT PROVEN");
        Launched files = installation.expect(0, "demo", own.toString(), "--json");
        JsonNode result = JSON.readTree(files.out());
        assertThat(result.at("/files/0/file").asText()).isEqualTo("Größe 数据.sql");
        assertThat(result.at("/proven").asBoolean()).isTrue();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> !file.getFileName().toString().startsWith("hsperfdata"))).isEmpty();
        }
        assertThat(own).hasContent("own");
    }

    @Test
    void demoUsesAKeyOfItsOwnWhateverTheEnvironmentNames() throws Exception {
        installation.environment.put("ONEDRIVE_VAULT_KEY", "malformed");
        assertThat(installation.environment).containsKey("ONEDRIVE_VAULT_KEY_FILE");
        Path own = Files.writeString(directory.resolve("own.sql"), "own");
        installation.expect(0, "demo", own.toString());
    }

    @Test
    @Tag("full")
    void aDemoThatIsInterruptedLeavesNothingBehindEither() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        installation.environment.put("JAVA_OPTS", "-Djava.io.tmpdir=" + temporary + " -XX:-UsePerfData");
        try (Launched demo = installation.start("demo")) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> demo.err().contains("Dropped:"));
            demo.interrupt();
            assertThat(demo.exitCode()).isEqualTo(143);
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void pushUploadsSeveralFilesAndStandardInputAndListShowsThem() throws Exception {
        installation.initialized();
        Path one = Files.writeString(directory.resolve("one.sql"), "one");
        Path two = Files.write(directory.resolve("two.sql"), new byte[5 * 1024 * 1024]);
        JsonNode pushed = JSON.readTree(
                installation.expect(0, "push", "--json", "offsite", one.toString(), two.toString()).out());
        assertThat(pushed.at("/files/0/mode").asText()).isEqualTo("simple");
        assertThat(pushed.at("/files/1/mode").asText()).isEqualTo("session");
        assertThat(pushed.at("/files/1/quickXorHash").asText())
                .isEqualTo(installation.simulator.file("/Backups/two.sql").orElseThrow().quickXorHash());

        try (Launched piped = installation.start("push", "offsite", "-", "--name", "piped.sql")) {
            piped.input("from a pipe".getBytes(StandardCharsets.UTF_8));
            assertThat(piped.exitCode()).as(piped.err()).isZero();
            assertThat(piped.out()).contains("piped.sql").contains("proven");
        }
        assertThat(installation.simulator.file("/Backups/piped.sql").orElseThrow().bytes()).asString().isEqualTo("from a pipe");

        assertThat(installation.expect(0, "list", "offsite").out())
                .contains("one.sql").contains("5.0 MB").contains("piped.sql");
        assertThat(installation.expect(0, "list", "offsite", "/").out()).contains("Backups/").doesNotContain("one.sql");
        assertThat(installation.expect(0, "list", "-r", "offsite", "/").out()).contains("Backups/one.sql");
        installation.expect(1, "list", "offsite", "/no such folder");

        assertThat(installation.expect(2, "delete", "offsite", "/Backups/one.sql").err()).contains("--yes");
        assertThat(installation.expect(0, "delete", "--yes", "offsite", "/Backups/one.sql", "/Backups/never").out())
                .contains("moved to the recycle bin").contains("was not there");
        assertThat(installation.simulator.paths()).containsExactly("/Backups/piped.sql", "/Backups/two.sql");
    }

    @Test
    void getBringsFilesBackAndInterruptedOrKilledItLeavesNoBrokenOne() throws Exception {
        installation.initialized();
        byte[] content = new byte[3 * 1024 * 1024];
        new Random(1).nextBytes(content);
        Path dump = Files.write(directory.resolve("dump.sql"), content);
        installation.expect(0, "push", "offsite", dump.toString());
        assertThat(installation.expect(2, "get", "offsite", "/Backups/dump.sql").err()).contains("is there already");
        Files.delete(dump);

        CountDownLatch hold = new CountDownLatch(1);
        for (boolean killed : new boolean[] {false, true}) {
            installation.simulator.clearJournal();
            installation.simulator.fault(Fault.on(Step.CONTENT).truncated());
            installation.simulator.fault(Fault.on(Step.CONTENT).stall(hold));
            try (Launched get = installation.start("get", "offsite", "/Backups/dump.sql")) {
                Awaitility.await().atMost(Duration.ofSeconds(60))
                        .until(() -> installation.simulator.requests(Step.CONTENT).size() == 2);
                if (killed) {
                    get.kill();
                } else {
                    get.interrupt();
                    assertThat(get.exitCode()).isEqualTo(143);
                    assertThat(get.err()).doesNotContain("\tat ");
                }
            }
            assertThat(dump).doesNotExist();
        }
        hold.countDown();

        Launched again = installation.expect(0, "get", "offsite", "/Backups/dump.sql");
        assertThat(again.out()).contains("proven, resumed");
        assertThat(again.err()).contains("dump.sql: resumed at 2.3 MB of 3.0 MB");
        assertThat(dump).hasBinaryContent(content);
        Launched piped = installation.expect(0, "get", "offsite", "/Backups/dump.sql", "-o", "-");
        assertThat(piped.outFile()).hasBinaryContent(content);
    }

    @Test
    @Tag("full")
    void aPushThatFailsInPartSaysSoByItsExitCode() throws Exception {
        installation.initialized();
        Path good = Files.writeString(directory.resolve("good.sql"), "good");
        Path bad = Files.writeString(directory.resolve("b:a:d.sql"), "bad");
        Launched partly = installation.expect(4, "push", "offsite", good.toString(), bad.toString());
        assertThat(partly.out()).contains("proven").contains("FAILED");
        assertThat(partly.err()).contains("b:a:d.sql").doesNotContain("\tat ");
        installation.expect(1, "push", "offsite", bad.toString());
    }

    @Test
    void aPushThatFailsLeavesNoSessionAndNoRecord() throws Exception {
        installation.initialized();
        installation.setting("camel.component.onedrive.max-retries", 1);
        installation.simulator.fault(Fault.on(Step.FRAGMENT).nth(2).always().answer(503));
        Path dump = Files.write(directory.resolve("dump.sql"), new byte[25 * 1024 * 1024]);
        installation.expect(1, "push", "offsite", dump.toString());
        assertThat(installation.simulator.createdSessions()).isEqualTo(1);
        assertThat(installation.simulator.openSessions()).isEmpty();
        assertThat(installation.records()).isEmpty();
        assertThat(Files.getPosixFilePermissions(directory.resolve("home/journal"))).hasSize(3);
    }

    @Test
    @Tag("full")
    void eachKindOfTroubleHasItsExitCodeAndMessage() throws Exception {
        Path file = Files.writeString(directory.resolve("x.sql"), "x");
        assertThat(installation.expect(1, "push", "offsite", file.toString()).err()).contains("vault");
        installation.initialized();
        assertThat(installation.expect(2, "push", "nowhere", file.toString()).err()).contains("nowhere").contains("offsite");
        assertThat(installation.expect(2, "push", "offsite", "missing.sql").err()).contains("missing.sql");
        assertThat(installation.expect(2, "push", "offsite", "-").err()).contains("--name");
        assertThat(installation.expect(2, "push").err()).contains("DESTINATION");
        assertThat(installation.expect(2, "pusch", "offsite").err()).contains("push");
        assertThat(installation.expect(2, "destination", "add", "x").err()).contains("--client-id");
        assertThat(installation.expect(2, "push", "offsite", file.toString(), "-D",
                "camel.component.onedrive.chunk-size=1MB").err())
                .contains("320");
        assertThat(installation.expect(1, "vault", "init").err()).contains("already");

        installation.simulator.revokeGrant();
        Launched revoked = installation.expect(3, "push", "offsite", file.toString());
        assertThat(revoked.err()).doesNotContain("\tat ");
        assertThat(installation.expect(3, "push", "offsite", file.toString(), "-v").err()).contains("\tat ");
        assertThat(installation.expect(3, "destination", "test", "offsite").err()).contains("offsite");

        Path otherKey = installation.newKey("other.key");
        installation.environment.put("ONEDRIVE_VAULT_KEY_FILE", otherKey.toString());
        Launched wrongKey = installation.expect(1, "--json", "vault", "check");
        assertThat(JSON.readTree(wrongKey.out()).at("/error/kind").asText()).isEqualTo("vault");
    }

    @Test
    void destinationsAreShownWithoutTheirSecrets() throws Exception {
        installation.initialized();
        String shown = installation.expect(0, "destination", "show", "offsite").out()
                + installation.expect(0, "destination", "list", "--json").out()
                + installation.expect(0, "-v", "-D", "logging.level.root=TRACE", "destination", "test", "offsite").err();
        assertThat(shown).contains("offsite").contains("/Backups")
                .doesNotContain(installation.simulator.refreshToken()).doesNotContain(installation.simulator.clientSecret());
        installation.expect(2, "destination", "remove", "offsite", "nowhere");
        installation.expect(0, "destination", "remove", "offsite");
        installation.expect(2, "destination", "show", "offsite");
    }

    @Test
    @Tag("full")
    void aTestThatIsInterruptedLeavesNothingInTheDrive() throws Exception {
        installation.initialized();
        CountDownLatch hold = new CountDownLatch(1);
        installation.simulator.fault(Fault.on(Step.CONTENT).stall(hold));
        try (Launched test = installation.start("destination", "test", "offsite")) {
            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .until(() -> !installation.simulator.requests(Step.CONTENT).isEmpty());
            assertThat(installation.simulator.paths()).hasSize(1);
            test.interrupt();
            assertThat(test.exitCode()).isEqualTo(143);
            assertThat(test.out()).contains("clean up").contains("Deleted the test file and the folder made for it");
        } finally {
            hold.countDown();
        }
        assertThat(installation.simulator.paths()).isEmpty();
        assertThat(installation.expect(0, "browse", "offsite").out()).contains("really empty");
    }

    @Test
    void aKeyNobodyGaveIsMadeOutsideTheHomeAndItsPlaceIsPrinted() throws Exception {
        installation.environment.clear();
        installation.environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
        String printed = installation.expect(0, "vault", "init").out();
        Path key = directory.resolve("config/onedrive-backup/vault.key");
        assertThat(printed).contains(key.toString());
        assertThat(Files.getPosixFilePermissions(key)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE);
        assertThat(Files.getPosixFilePermissions(directory.resolve("home"))).hasSize(3);
        installation.expect(0, "vault", "check");
    }

    @Test
    void theSimulatorCommandServesTheCommandsThatItPrints() throws Exception {
        try (Launched simulator = installation.start("simulator", "--port", "0", "--json")) {
            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .until(() -> simulator.out().strip().endsWith("}"));
            JsonNode given = JSON.readTree(simulator.out());
            installation.expect(0, "vault", "init");
            installation.expect(0, "destination", "add", "simulated", "--client-id", given.get("clientId").asText(),
                    "--client-secret-file", given.get("clientSecretFile").asText(),
                    "--refresh-token-file", given.get("refreshTokenFile").asText());
            installation.expect(0, "destination", "test", "simulated",
                    "-D", "camel.component.onedrive.graph-endpoint=" + given.get("graphEndpoint").asText(),
                    "-D", "camel.component.onedrive.login-endpoint=" + given.get("loginEndpoint").asText());
            simulator.interrupt();
            assertThat(simulator.exitCode()).isEqualTo(143);
            assertThat(Path.of(given.get("clientSecretFile").asText())).doesNotExist();
        }
    }

    @Test
    void helpDocumentsTheExitCodesAndTheLauncherFollowsLinksToItself() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("backup link"), Launched.LAUNCHER);
        ProcessBuilder linked = new ProcessBuilder(link.toString(), "--version").directory(directory.toFile());
        linked.environment().clear();
        Process process = linked.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("onedrive-backup");
        assertThat(process.waitFor()).isZero();
        Files.delete(link);
        for (List<String> command : List.of(List.of("--help"), List.of("push", "--help"), List.of("vault", "init", "-h"))) {
            assertThat(installation.expect(0, command.toArray(String[]::new)).out()).contains("Exit codes:").contains("--home");
        }
        assertThat(Launched.start(directory, Map.of(), List.of()).exitCode()).isEqualTo(2);
    }
}
