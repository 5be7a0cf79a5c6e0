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

/** Arguments are taken as they are: a file's name is never read as options, a file of options, or a variable. */
class ArgumentsTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"@z", "@@z", "${HOME}.sql", "$HOME", "-v", "--help", "--json", "-Da=b", "'z'",
            "a=b", "-", "--", "$(z)", "%s"})
    void push_takesAFileOfAnyName(String name) throws Exception {
        Files.writeString(directory.resolve(name), "--name stolen.key " + directory.resolve("offsite-secret"));
        // What '-' alone means is standard input, as everywhere.
        program.expect(0, "push", "offsite", "--", name.equals("-") ? "./-" : name);
        assertThat(simulator.paths()).containsExactly("/Backups/" + name);
    }

    @Test
    void push_takesAFileThatLooksLikeAnArgumentFile_withoutDoubleDash() throws Exception {
        Files.writeString(directory.resolve("@z"), "--name=stolen.key\n" + directory.resolve("offsite-secret"));
        program.expect(0, "push", "offsite", "@z");
        assertThat(simulator.paths()).containsExactly("/Backups/@z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--home= list offsite", "--config= list offsite", "--key-file= list offsite", "push offsite ",
            "get offsite /Backups/a.sql -o ", "vault rotate --new-key-file=", "destination update offsite --client-secret-file=",
            "destination update offsite --refresh-token-file=", "destination update offsite --certificate="})
    void anEmptyFileName_isRefused_andDoesNotStandForTheCurrentDirectory(String line) throws Exception {
        program.expect(2, line.split(" ", -1));
        assertThat(program.err()).contains("'' names no file or directory.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@list", "@@list", "${HOME}"})
    void argumentFile_isNotReadInOptionValuesEither(String value) throws Exception {
        Files.writeString(directory.resolve("list"), "stolen");
        program.expect(0, "push", "offsite", "list", "--name", value);
        program.expect(2, "list", value);
        assertThat(program.err()).contains(value);
        program.expect(2, "vault", "check", "-D", value);
        program.expect(1, "vault", "check", "--home", value);
        assertThat(simulator.paths()).containsExactly("/Backups/" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${env:PATH}", "${sys:user.name}", "${DEFAULT-VALUE}", "\"z\""})
    void variablesAndQuotes_areNotReplaced(String file) {
        program.expect(2, "push", "offsite", file);
        assertThat(program.err()).contains("/" + file + " is not there");
    }

    @Test
    void argumentFile_isNotReadInPlaceOfACommand() throws Exception {
        Files.writeString(directory.resolve("z"), "--version");
        program.expect(2, "@z");
        assertThat(program.out()).isEmpty();
    }

    @Test
    void settingWithEqualsSignsInItsValue_isTakenWhole() {
        program.expect(2, "vault", "check", "-D", "backup.console.public-url=x=y=z");
        assertThat(program.err()).contains("'x=y=z'");
    }
}
