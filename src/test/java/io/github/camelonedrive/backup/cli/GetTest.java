package io.github.camelonedrive.backup.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code get}: files come back proven, nothing is overwritten by accident, and what fails says so. */
class GetTest {

    private static final byte[] CONTENT = "Not text: \u0000\u0001\u00ff\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final OneDriveSimulator simulator = OneDriveSimulator.builder().start();

    @TempDir
    private Path directory;

    private ProgramInThisJvm program;

    @BeforeEach
    void makeTheDestination() throws Exception {
        program = new ProgramInThisJvm(directory).on(simulator).expect(0, "vault", "init");
        program.add("offsite", simulator, "--folder", "/Backups");
        simulator.putFile("/Backups/Größe 数据.sql", CONTENT);
        simulator.putFile("/Backups/two.sql", new byte[70_000]);
    }

    @AfterEach
    void close() {
        assertThat(simulator.violations()).isEmpty();
        simulator.close();
    }

    @Test
    void aFileComesBackUnderItsNameAndIsProven() throws Exception {
        program.expect(0, "get", "offsite", "/Backups/Größe 数据.sql");
        assertThat(directory.resolve("Größe 数据.sql")).hasBinaryContent(CONTENT);
        assertThat(program.out()).contains("/Backups/Größe 数据.sql").contains("proven")
                .contains(simulator.file("/Backups/Größe 数据.sql").orElseThrow().quickXorHash());
        assertThat(program.err()).contains("Größe 数据.sql: downloading 15 B").contains("Größe 数据.sql: proven after");
    }

    @Test
    void pathsAreFromTheRootWithoutASlashToo() {
        program.expect(0, "get", "offsite", "Backups/two.sql", "-o", "elsewhere.bin");
        assertThat(directory.resolve("elsewhere.bin")).hasBinaryContent(new byte[70_000]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"back", "back/"})
    void severalGoIntoADirectory(String output) throws Exception {
        Files.createDirectory(directory.resolve("back"));
        program.expect(0, "get", "-o", output, "--json", "offsite", "/Backups/two.sql", "/Backups/Größe 数据.sql");
        assertThat(directory.resolve("back/two.sql")).hasBinaryContent(new byte[70_000]);
        assertThat(directory.resolve("back/Größe 数据.sql")).hasBinaryContent(CONTENT);
        JsonNode first = program.json().at("/files/0");
        assertThat(first.at("/path").asText()).isEqualTo("/Backups/two.sql");
        assertThat(first.at("/ok").asBoolean()).isTrue();
        assertThat(first.at("/file").asText()).isEqualTo(directory.resolve("back/two.sql").toString());
        assertThat(first.at("/size").asLong()).isEqualTo(70_000);
        assertThat(first.at("/verdict").asText()).isEqualTo("hash");
        assertThat(first.at("/resumed").asBoolean()).isFalse();
        assertThat(first.at("/quickXorHash").asText())
                .isEqualTo(simulator.file("/Backups/two.sql").orElseThrow().quickXorHash());
    }

    @Test
    void standardOutputGetsTheBytesAndNothingElse() {
        program.expect(0, "get", "offsite", "/Backups/Größe 数据.sql", "-o", "-");
        assertThat(program.outBytes()).isEqualTo(CONTENT);
        assertThat(program.err()).contains("proven after");
    }

    @Test
    void nothingIsOverwrittenUnlessItIsSaid() throws Exception {
        Path old = Files.writeString(directory.resolve("two.sql"), "old");
        program.expect(2, "get", "offsite", "/Backups/Größe 数据.sql", "/Backups/two.sql");
        assertThat(program.err()).contains(old + " is there already").contains("--force");
        assertThat(old).hasContent("old");
        assertThat(directory.resolve("Größe 数据.sql")).doesNotExist();
        assertThat(simulator.requests(Step.CONTENT)).isEmpty();
        program.expect(0, "get", "--force", "offsite", "/Backups/two.sql");
        assertThat(old).hasBinaryContent(new byte[70_000]);
    }

    @Test
    void wrongUsageIsFoundBeforeAnythingIsSent() throws Exception {
        Files.createDirectory(directory.resolve("dir"));
        for (List<String> wrong : List.of(
                List.of("/Backups/two.sql", "/Backups/Größe 数据.sql", "-o", "one-name"),
                List.of("/Backups/two.sql", "/Backups/Größe 数据.sql", "-o", "-"),
                List.of("/Backups/two.sql", "/Other/two.sql"),
                List.of("/Backups/two.sql", "-o", "missing/"),
                List.of("/Backups/two.sql", "-o", "missing/two.sql"),
                List.of("/Backups/two.sql", "-o", "-", "--json"),
                List.of("/Backups/two.sql", "-o", "/dev/null"),
                List.of("/"), List.of("/Backups/.."),
                List.of("/Backups/two.sql", "-D", "camel.component.onedrive.verify=size"))) {
            List<String> all = new ArrayList<>(List.of("get", "offsite"));
            all.addAll(wrong);
            program.expect(2, all.toArray(String[]::new));
            assertThat(program.err()).as(wrong.toString()).isNotBlank().doesNotContain("\tat ");
        }
        program.expect(2, "get", "nowhere", "/Backups/two.sql");
        program.expect(2, "get", "offsite");
        assertThat(simulator.requests(Step.CONTENT)).isEmpty();
    }

    @Test
    void whatIsNotThereOrIsAFolderSaysSoAndTheOthersCome() throws Exception {
        program.expect(4, "get", "--json", "offsite", "/Backups/none.sql", "/Backups/two.sql", "/Backups");
        assertThat(directory.resolve("two.sql")).exists();
        assertThat(directory.resolve("none.sql")).doesNotExist();
        assertThat(program.json().at("/files/0/error/status").asInt()).isEqualTo(404);
        assertThat(program.json().at("/files/2/error/problem").asText()).contains("is a folder");
        program.expect(1, "get", "offsite", "/Backups/none.sql");
        assertThat(program.err()).contains("/Backups/none.sql").contains("404");
        assertThat(program.out()).contains("FAILED");
        program.expect(2, "get", "offsite", "/Backups");
    }

    @Test
    void aSignInThatIsNoMoreHasItsExitCode() {
        simulator.revokeGrant();
        program.expect(3, "get", "offsite", "/Backups/two.sql");
    }

    @Test
    void whatIsNotProvenCountsAsFailedAndLeavesNoFile() throws Exception {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).missingHash());
        Path source = Files.write(directory.resolve("odd.sql"), CONTENT);
        String soon = "camel.component.onedrive.verify-timeout=100";
        program.expect(0, "push", "offsite", source.toString(), "-D", soon);
        Files.delete(source);
        program.expect(1, "get", "offsite", "/Backups/odd.sql", "-D", soon);
        assertThat(program.err()).contains("OneDrive gave no hash of the item");
        assertThat(source).doesNotExist();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith("-part"))).isEmpty();
        }
    }

    @Test
    void brokenOffItGoesOnWhenItIsCalledAgain() throws Exception {
        simulator.fault(Fault.on(Step.CONTENT).truncated());
        simulator.fault(Fault.on(Step.CONTENT).times(3).answer(503));
        program.expect(1, "get", "offsite", "/Backups/two.sql", "-D", "camel.component.onedrive.max-retries=2");
        assertThat(directory.resolve("two.sql")).doesNotExist();
        program.expect(0, "get", "offsite", "/Backups/two.sql");
        assertThat(program.out()).contains("proven, resumed");
        assertThat(program.err()).contains("two.sql: resumed at 34.2 kB of 68.4 kB");
        assertThat(directory.resolve("two.sql")).hasBinaryContent(new byte[70_000]);
    }

    @Test
    void aBarShowsHowItGoesOnATerminal() {
        program.typing("", "get", "offsite", "/Backups/two.sql");
        assertThat(program.err()).contains("Downloading");
        assertThat(directory.resolve("two.sql")).exists();
    }
}
