package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code push} of nothing, and of files whose names OneDrive takes for one. */
class PushTest {

    @TempDir
    private Path directory;

    private OneDriveSimulator simulator;
    private ProgramInThisJvm program;

    @BeforeEach
    void start() throws Exception {
        simulator = OneDriveSimulator.builder().accountType(AccountType.PERSONAL).port(0).start();
        program = new ProgramInThisJvm(directory).on(simulator);
        program.expect(0, "vault", "init").add("offsite", simulator, "--folder", "/Backups");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void anEmptyFile_failsAndLeavesTheGoodOneInPlace() throws Exception {
        file("dump.sql", "good");
        program.expect(0, "push", "offsite", "dump.sql");
        file("dump.sql", "");
        program.expect(1, "push", "offsite", "dump.sql");
        assertThat(program.err()).contains("dump.sql is empty").contains("--allow-empty");
        assertThat(program.out()).contains("FAILED");
        assertThat(stored("dump.sql")).isEqualTo("good");
        program.expect(0, "push", "offsite", "dump.sql", "--allow-empty");
        assertThat(stored("dump.sql")).isEmpty();
    }

    @Test
    void emptyStandardInput_fails() throws Exception {
        program.reading("good", "push", "offsite", "-", "--name", "dump.sql");
        assertThat(program.reading("", "push", "offsite", "-", "--name", "dump.sql")).isEqualTo(1);
        assertThat(program.err()).contains("dump.sql is empty").contains("--allow-empty");
        assertThat(stored("dump.sql")).isEqualTo("good");
        assertThat(program.reading("", "push", "offsite", "-", "--name", "dump.sql", "--allow-empty")).isZero();
        assertThat(stored("dump.sql")).isEmpty();
    }

    @Test
    void oneByteOfStandardInput_isUploaded() {
        assertThat(program.reading("x", "push", "offsite", "-", "--name", "dump.sql")).as(program.err()).isZero();
        assertThat(stored("dump.sql")).isEqualTo("x");
    }

    @Test
    void anEmptyFileAmongOthers_failsAlone() throws Exception {
        file("one.sql", "one");
        file("two.sql", "");
        program.expect(4, "push", "offsite", "one.sql", "two.sql", "--json");
        assertThat(simulator.paths()).containsExactly("/Backups/one.sql");
        assertThat(program.json().at("/files/1/ok").asBoolean()).isFalse();
        assertThat(program.json().at("/files/1/error/kind").asText()).isEqualTo("source");
        file("one.sql", "");
        program.expect(1, "push", "offsite", "one.sql", "two.sql");
        assertThat(stored("one.sql")).isEqualTo("one");
    }

    @Test
    void aFileTruncatedWhileItWaitsForItsTurn_isNotUploaded() throws Exception {
        file("one.sql", "one");
        Path dump = file("two.sql", "good");
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).fileName("one.sql").run(() -> truncate(dump)));
        program.expect(4, "push", "offsite", "one.sql", "two.sql", "-D", "camel.component.onedrive.max-concurrent-uploads=1");
        assertThat(program.err()).contains("two.sql is empty");
        assertThat(simulator.requests(Step.SIMPLE_UPLOAD)).hasSize(1);
        assertThat(simulator.paths()).containsExactly("/Backups/one.sql");
    }

    @Test
    void aFileTruncatedWhileItIsSent_isNotStored() throws Exception {
        Path dump = file("dump.sql", "good");
        simulator.fault(Fault.on(Step.TOKEN).run(() -> truncate(dump)));
        program.expect(1, "push", "offsite", "dump.sql");
        assertThat(simulator.paths()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fifo, '-', '--name'", "/dev/null, '-', '--name'", "directory, directory, the files in it"})
    void whatIsNoRegularFile_isRefusedWithTheWayToDoIt(String name, String one, String other) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", directory.resolve("fifo").toString()).start().waitFor()).isZero();
        Files.createDirectory(directory.resolve("directory"));
        program.expect(2, "push", "offsite", name, "--allow-empty");
        assertThat(program.err()).contains("is not a regular file").contains(one).contains(other);
        assertThat(simulator.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Sales.sql, sales.sql", "SALES.SQL, sales.sql", "café.sql, cafe\u0301.sql", "CAFÉ.sql, cafe\u0301.sql",
            "Æther.sql, aether.sql", "Ædil.sql, ædil.sql", "ΣΑΣ.sql, σας.sql", "Straße.sql, STRAßE.sql", "x.sql, x.sql",
            "Б.sql, б.sql"})
    void twins_areRefusedBeforeAByteIsSent(String one, String other) throws Exception {
        Files.createDirectory(directory.resolve("a"));
        Files.createDirectory(directory.resolve("b"));
        file("a/" + one, "one");
        file("b/" + other, "other");
        file("third.sql", "third");
        program.expect(2, "push", "offsite", "third.sql", "a/" + one, "b/" + other);
        assertThat(program.err()).contains("a/" + one).contains("b/" + other).contains("--name");
        assertThat(simulator.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.sql, b.sql", "a.sql, á.sql", "ö.sql, oe.sql", "a.sql, а.sql"})
    void namesThatOneDriveTellsApart_arePushedTogether(String one, String other) throws Exception {
        file(one, "one");
        file(other, "other");
        program.expect(0, "push", "offsite", one, other);
        assertThat(simulator.paths()).hasSize(2);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static void truncate(Path file) {
        try {
            Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String stored(String name) {
        return new String(simulator.file("/Backups/" + name).orElseThrow().bytes());
    }
}
