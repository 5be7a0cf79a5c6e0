package io.github.camelonedrive.backup.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody reads who typed something wrong, or whose output went nowhere. Runs command lines in this JVM. */
class WrongUsageTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"foo", "=bar", " =bar"})
    void aSettingWithoutKeyOrValueIsRefused(String text) {
        assertThat(run("vault", "check", "-D", text)).isEqualTo(2);
        assertThat(run("-D", text, "vault", "check")).isEqualTo(2);
        assertThat(text(err)).contains("-D KEY=VALUE");
    }

    @Test
    void aSettingMayHaveAnEmptyValue() {
        assertThat(run("vault", "init", "-D", "backup.routes=")).as(text(err)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"pusch --help, push", "vault chek --help, check", "--help pusch, push", "pusch -h, push"})
    void helpForACommandThatIsNotThereSaysSo(String line, String nearest) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(text(err)).contains(nearest);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void helpForACommandThatIsThereNeedsNoneOfItsArguments() {
        assertThat(run("push", "--help")).isZero();
        assertThat(text(out)).contains("push").contains("Exit codes:");
    }

    @ParameterizedTest
    @CsvSource({"2027-13-31", "2027-02-30", "31.1.2027", "soon"})
    void aDateThatIsNoneIsRefusedInPlainWords(String date) {
        assertThat(run("destination", "add", "x", "--client-id", "id", "--secret-expires", date)).isEqualTo(2);
        assertThat(text(err)).contains("'" + date + "' is not a date; write it as 2027-01-31.").doesNotContain("java");
    }

    @Test
    void aPortThatIsNoNumberIsRefusedInPlainWords() {
        assertThat(run("simulator", "--port", "http")).isEqualTo(2);
        assertThat(text(err)).contains("'http' is not a whole number.").doesNotContain("int ");
    }

    @Test
    void aDirectoryIsNoDumpToDemonstrateWith() {
        assertThat(run("demo", directory.toString())).isEqualTo(2);
        assertThat(text(err)).contains(directory + " is a directory.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json pusch", "pusch --json", "push --json", "vault --json", "-D foo vault check --json"})
    void aProgramReadsWrongUsageAsJson(String line) throws Exception {
        assertThat(run(line.split(" "))).isEqualTo(2);
        JsonNode error = new ObjectMapper().readTree(out.toByteArray()).get("error");
        assertThat(error.get("kind").asText()).isEqualTo("configuration");
        assertThat(error.get("exitCode").asInt()).isEqualTo(2);
        assertThat(error.get("remedy").asText()).contains("--help");
        assertThat(text(err)).contains(error.get("problem").asText());
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        for (String argument : new String[] {"--version", "--help"}) {
            err.reset();
            assertThat(program(new PrintStream(full, true, StandardCharsets.UTF_8)).run(argument)).isEqualTo(1);
            assertThat(text(err)).contains("output can't be written").hasLineCount(1);
        }
        assertThat(Files.exists(directory.resolve(".onedrive-backup"))).isFalse();
        assertThat(program(new PrintStream(full, true, StandardCharsets.UTF_8)).run("vault", "init")).isEqualTo(1);
        assertThat(program(new PrintStream(full, true, StandardCharsets.UTF_8)).run("pusch")).isEqualTo(2);
    }

    private int run(String... arguments) {
        out.reset();
        return program(new PrintStream(out, true, StandardCharsets.UTF_8)).run(arguments);
    }

    private CommandLineProgram program(PrintStream stdout) {
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString());
        return new CommandLineProgram(new Environment(environment, directory, directory, false,
                StandardCharsets.UTF_8, new ByteArrayInputStream(new byte[0]), stdout,
                new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
