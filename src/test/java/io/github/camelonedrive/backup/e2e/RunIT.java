package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code run} as a process, against a simulator in this JVM: real files, real signals. */
class RunIT {

    @TempDir
    private Path directory;

    private Installation installation;

    @BeforeEach
    void install() throws Exception {
        installation = new Installation(directory).initialized();
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void dumpsOfSeveralWatchesArriveByteForByteAndAreMovedAway() throws Exception {
        Path mysql = installation.watch("mysql", "/Backups/mysql");
        Path files = installation.watch("files", "drop #2 & 50% {{x}} a=b (new) +x;ü%41", "/Files #1 & 100% (new) +x");
        installation.setting("backup.watch.files.recursive", true).setting("backup.watch.mysql.min-size", 0);
        byte[] small = random(10_000);
        byte[] large = random(12 * 1024 * 1024 + 1);
        try (Launched run = installation.start("run")) {
            Files.write(mysql.resolve("shop.sql"), small);
            Files.write(mysql.resolve("empty.sql"), new byte[0]);
            Path year = Files.createDirectories(files.resolve("2026/nov"));
            Files.write(year.resolve("photos.tar"), large);

            run.eventually(() -> {
                assertThat(mysql.resolve(".done/shop.sql")).hasBinaryContent(small);
                assertThat(mysql.resolve(".done/empty.sql")).isEmptyFile();
                assertThat(files.resolve(".done/2026/nov/photos.tar")).hasBinaryContent(large);
            });
            assertThat(stored("/Backups/mysql/shop.sql")).isEqualTo(small);
            assertThat(stored("/Backups/mysql/empty.sql")).isEmpty();
            assertThat(stored("/Files #1 & 100% (new) +x/2026/nov/photos.tar")).isEqualTo(large);
            assertThat(pending(mysql)).isEmpty();
            // The line is written just after the move.
            run.eventually(() -> assertThat(run.err()).contains("watching " + mysql.toRealPath())
                    .contains("shop.sql is in OneDrive, proven"));
            assertThat(run.out()).isEmpty();
        }
        assertThat(installation.simulator.violations()).isEmpty();
    }

    @Test
    void namesInUnicodeArriveFromAnEmptyEnvironment() throws Exception {
        List<String> names = List.of("Zürich größe.sql", "数据库备份.sql", "dump 🎉.sql", "a'b [c] #1 100% +x&y.sql",
                "é-decomposed-e\u0301.sql", "n".repeat(200));
        Path drop = installation.watch("names", "/Ünïcode 备份");
        Path key = Path.of(installation.environment.get("ONEDRIVE_VAULT_KEY_FILE"));
        installation.environment.clear();
        try (Launched run = installation.start("run", "--key-file", key.toString())) {
            for (String name : names) {
                Files.writeString(drop.resolve(name), name);
            }
            run.eventually(() -> assertThat(pending(drop)).isEmpty());
            for (String name : names) {
                assertThat(new String(stored("/Ünïcode 备份/" + name), StandardCharsets.UTF_8)).isEqualTo(name);
                assertThat(drop.resolve(".done").resolve(name)).hasContent(name);
            }
        }
    }

    @Test
    void unfinishedHiddenAndLinkedFilesStayWhereTheyAre() throws Exception {
        Path drop = installation.watch("strict", "/Backups");
        Path outside = Files.writeString(directory.resolve("outside.sql"), "not yours");
        Files.createSymbolicLink(drop.resolve("link.sql"), outside);
        Files.writeString(drop.resolve("dump.sql.part"), "unfinished");
        Files.writeString(drop.resolve("dump.TMP"), "unfinished");
        Files.writeString(drop.resolve(".hidden"), "hidden");
        try (Launched run = installation.start("run")) {
            Files.writeString(drop.resolve("whole.sql"), "whole");
            run.eventually(() -> assertThat(drop.resolve(".done/whole.sql")).exists());
            assertThat(installation.simulator.paths()).containsExactly("/Backups/whole.sql");
            assertThat(pending(drop)).containsExactlyInAnyOrder("link.sql", "dump.sql.part", "dump.TMP", ".hidden");
        }
    }

    @Test
    void aGrowingDumpIsTakenOnlyWhenItStandsStill() throws Exception {
        Path drop = installation.watch("growing", "/Backups");
        installation.setting("backup.watch.growing.quiet-period", "2s");
        Path dump = drop.resolve("growing.sql");
        try (Launched run = installation.start("run"); var out = Files.newOutputStream(dump)) {
            run.eventually(() -> assertThat(run.err()).contains("watching"));
            byte[] part = random(1000);
            int parts = 40;
            for (int number = 0; number < parts; number++) {
                out.write(part);
                assertThat(installation.simulator.paths()).isEmpty();
                Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            }
            // As long as it is open for writing it is not complete either.
            out.close();
            run.eventually(() -> assertThat(drop.resolve(".done/growing.sql")).hasSize(parts * 1000L));
            assertThat(stored("/Backups/growing.sql")).hasSize(parts * 1000);
        }
    }

    @Test
    void aDumpThatOneDriveCannotStoreIsSetAsideWithTheReason() throws Exception {
        Path drop = installation.watch("names", "/Backups");
        try (Launched run = installation.start("run", "--json")) {
            Files.writeString(drop.resolve("a:b.sql"), "illegal name");
            Path report = drop.resolve(".failed/a:b.sql.error.json");
            run.eventually(() -> assertThat(drop.resolve(".failed/a:b.sql")).hasContent("illegal name"));
            JsonNode reason = new ObjectMapper().readTree(report.toFile());
            assertThat(reason.get("kind").asText()).isEqualTo("source");
            assertThat(reason.get("problem").asText()).contains("a:b.sql");
            assertThat(reason.get("remedy").asText()).isNotBlank();
            assertThat(reason.get("destination").asText()).isEqualTo("offsite");
            run.eventually(() -> assertThat(run.out()).contains("\"event\":\"setaside\""));
            run.eventually(() -> assertThat(run.err()).contains("can't be pushed"));
            assertThat(run.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void aDumpThatOneDriveRefusesIsSetAsideWithItsAnswer() throws Exception {
        Path drop = installation.watch("refused", "/Backups");
        installation.simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(400).error("invalidRequest", "No.", "pathIsTooLong"));
        try (Launched run = installation.start("run")) {
            Files.writeString(drop.resolve("refused.sql"), "refused");
            run.eventually(() -> assertThat(drop.resolve(".failed/refused.sql")).exists());
            JsonNode reason = new ObjectMapper().readTree(drop.resolve(".failed/refused.sql.error.json").toFile());
            assertThat(reason.get("status").asInt()).isEqualTo(400);
            assertThat(reason.get("code").asText()).isEqualTo("invalidRequest");
            assertThat(reason.get("innermostCode").asText()).isEqualTo("pathIsTooLong");
            assertThat(reason.get("requestId").asText()).isNotBlank();
        }
    }

    @Test
    void aRevokedGrantLeavesTheDumpsAndIsLoggedOnceForTheDestination() throws Exception {
        Path drop = installation.watch("later", "/Backups");
        installation.simulator.revokeGrant();
        try (Launched run = installation.start("run", "--json")) {
            Files.writeString(drop.resolve("later.sql"), "later");
            Files.writeString(drop.resolve("later-still.sql"), "later");
            run.eventually(() -> assertThat(run.out().lines().filter(line -> line.contains("\"event\":\"postponed\""))
                    .filter(line -> line.contains("\"next\":"))).anyMatch(line -> line.contains("later.sql"))
                    .anyMatch(line -> line.contains("later-still.sql")));
            assertThat(run.err().lines().filter(line -> line.contains("WARN  Destination"))).singleElement().asString()
                    .contains("Destination offsite: ").contains("authorize offsite");
            assertThat(run.err()).doesNotContain("stays where it is");
            assertThat(pending(drop)).containsExactlyInAnyOrder("later.sql", "later-still.sql");
            assertThat(run.err()).doesNotContain("\tat ");
            assertThat(run.isRunning()).isTrue();
        }
    }

    @Test
    void aSecondRunOnTheSameHomeIsRefusedWhilePushWorksBesideIt() throws Exception {
        installation.watch("first", "/Backups");
        Path file = Files.writeString(directory.resolve("beside.sql"), "beside");
        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(run.err()).contains("watching"));
            Launched second = installation.expect(1, "run");
            assertThat(second.err()).contains("Another 'run'");
            installation.expect(0, "push", "offsite", file.toString());
            assertThat(stored("/Backups/beside.sql")).asString().isEqualTo("beside");
        }
    }

    @Test
    void sigtermStopsItCleanly() throws Exception {
        installation.watch("stopped", "/Backups");
        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(run.err()).contains("watching"));
            run.terminate();
            assertThat(run.exitCode()).isIn(0, 143);
            assertThat(run.err()).contains("Stopped.").doesNotContain("Exception");
        }
        try (Launched again = installation.start("run")) {
            again.eventually(() -> assertThat(again.err()).contains("watching"));
            again.interrupt();
            assertThat(again.exitCode()).isIn(0, 143);
        }
    }

    @Test
    void whatCannotWorkIsRefusedAtTheStart() throws Exception {
        Path drop = installation.watch("bad", "/Backups");
        assertThat(installation.expect(2, "run", "-D", "backup.watch.bad.destination=nowhere").err()).contains("nowhere");
        assertThat(installation.expect(2, "run", "-D", "camel.component.onedrive.verify=none").err()).contains("verify");
        assertThat(installation.expect(2, "-D", "backup.watch.bad.folders=/x", "run").err())
                .contains("backup.watch.bad.folder?");
        assertThat(installation.expect(2, "run", "-D", "camel.component.onedrive.no-such-option=1").err())
                .contains("camel.component.onedrive.noSuchOption");
        Files.deleteIfExists(drop.resolve(".done"));
        Files.createSymbolicLink(drop.resolve(".done"), directory);
        assertThat(installation.expect(2, "run").err()).contains(".done is a link");
        Files.delete(drop.resolve(".done"));
        deleteTree(drop);
        assertThat(installation.expect(2, "run").err()).contains("is not there").contains(drop.toString());
    }

    @Test
    void deleteAfterZeroDeletesThePushedDumpAfterOneMoreQuietPeriod() throws Exception {
        Path drop = installation.watch("brief", "/Backups");
        installation.setting("backup.watch.brief.delete-after", "0s");
        try (Launched run = installation.start("run")) {
            Files.writeString(drop.resolve("brief.sql"), "brief");
            run.eventually(() -> assertThat(run.err()).contains("brief.sql was deleted from .done"));
            assertThat(pending(drop)).isEmpty();
            assertThat(drop.resolve(".done")).isEmptyDirectory();
            assertThat(stored("/Backups/brief.sql")).asString().isEqualTo("brief");
        }
    }

    private byte[] stored(String path) {
        return installation.simulator.file(path).orElseThrow(() -> new AssertionError("Not in OneDrive: " + path + ". There is "
                + installation.simulator.paths())).bytes();
    }

    private static List<String> pending(Path drop) throws IOException {
        try (Stream<Path> files = Files.list(drop)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !List.of(".done", ".failed").contains(name)).toList();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
