package io.github.camelonedrive.backup.cli;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelonedrive.simulator.AccountType;
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

/** {@code delete}: asks, says what became of each, and never touches what was not meant. */
class DeleteTest {

    private final OneDriveSimulator simulator = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).start();

    @TempDir
    private Path directory;

    private ProgramInThisJvm program;

    @BeforeEach
    void makeTheDestination() throws Exception {
        program = new ProgramInThisJvm(directory).on(simulator).expect(0, "vault", "init");
        program.add("offsite", simulator, "--folder", "/Backups");
        simulator.putFile("/Backups/a.sql", new byte[2048]);
        simulator.putFile("/Backups/old/b.sql", new byte[3]);
        simulator.putFile("/a.sql", new byte[1]);
    }

    @AfterEach
    void close() {
        assertThat(simulator.violations()).isEmpty();
        simulator.close();
    }

    @Test
    void pathsStartAtTheRootAndGoToTheRecycleBin() {
        program.expect(0, "delete", "--yes", "offsite", "/a.sql", "Backups/old");
        assertThat(program.out().lines().map(line -> line.replaceAll(" {2,}", "|")).toList()).containsExactly("PATH|RESULT",
                "/a.sql|moved to the recycle bin", "/Backups/old|moved to the recycle bin",
                "They are in the drive's recycle bin, and can be restored there in a browser until OneDrive empties it.");
        assertThat(simulator.paths()).containsExactly("/Backups/a.sql");
    }

    @Test
    void whatIsNotThereIsDone() {
        program.expect(0, "delete", "--yes", "offsite", "/never/there");
        assertThat(program.out()).contains("was not there").doesNotContain("recycle bin");
    }

    @Test
    void aTerminalShowsWhatThereIsAndAsks() {
        assertThat(program.typing("maybe\nyes\n", "delete", "offsite", "/Backups/a.sql", "/Backups/old", "/no")).isZero();
        assertThat(program.err()).contains("/Backups/a.sql: a file of 2.0 kB").contains("/Backups/old: a folder with 1 item")
                .contains("/no: not there").contains("to the recycle bin?").contains("Please answer yes or no.");
        assertThat(simulator.paths()).containsExactly("/a.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no\n", "\n", "n\n"})
    void whoDoesNotSayYesLosesNothing(String answer) {
        assertThat(program.typing(answer, "delete", "offsite", "/a.sql")).isEqualTo(1);
        assertThat(program.err()).contains("Nothing was deleted.");
        assertThat(simulator.paths()).hasSize(3);
        assertThat(simulator.requests(Step.DELETE)).isEmpty();
    }

    @Test
    void anInputThatEndsIsNoYes() {
        assertThat(program.typing("", "delete", "offsite", "/a.sql")).isEqualTo(2);
        assertThat(simulator.paths()).hasSize(3);
    }

    @Test
    void withoutATerminalItTakesAYes() {
        program.expect(2, "delete", "offsite", "/a.sql");
        assertThat(program.err()).contains("--yes");
        assertThat(simulator.requests(Step.DELETE)).isEmpty();
    }

    @Test
    void aFileThatChangedSinceItWasShownStays() {
        simulator.fault(Fault.on(Step.DELETE).run(() -> simulator.putFile("/a.sql", new byte[9])));
        assertThat(program.typing("yes\n", "delete", "offsite", "/a.sql")).isEqualTo(1);
        assertThat(program.err()).contains("/a.sql").contains("412");
        assertThat(simulator.paths()).contains("/a.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "", "//", ".", "/a/..", "/.."})
    void theRootIsRefusedBeforeAnythingIsTouched(String root) {
        program.expect(2, "delete", "--yes", "offsite", "/a.sql", root);
        assertThat(program.err()).contains("root");
        assertThat(simulator.paths()).hasSize(3);
        assertThat(simulator.requests(Step.DELETE)).isEmpty();
    }

    @Test
    void ofSeveralOneThatFailsLeavesTheOthersAlone() throws Exception {
        simulator.fault(Fault.on(Step.DELETE).path("/a.sql").always().answer(403).error("accessDenied", "No."));
        JsonNode result = program.expect(4, "delete", "--yes", "--json", "offsite", "/a.sql", "/Backups/a.sql", "/no").json();
        assertThat(result.fieldNames()).toIterable().containsExactly("destination", "items");
        assertThat(result.at("/items/0").toString()).startsWith("{\"path\":\"/a.sql\",\"ok\":false,\"deleted\":false,"
                + "\"recycleBin\":false,\"error\":{\"kind\":\"service\"").contains("\"status\":403");
        assertThat(result.at("/items/1")).hasToString(
                "{\"path\":\"/Backups/a.sql\",\"ok\":true,\"deleted\":true,\"recycleBin\":true}");
        assertThat(result.at("/items/2")).hasToString("{\"path\":\"/no\",\"ok\":true,\"deleted\":false,\"recycleBin\":false}");
        assertThat(program.err()).contains("/a.sql").contains("accessDenied");
        assertThat(simulator.paths()).containsExactly("/Backups/old/b.sql", "/a.sql");
        program.expect(1, "delete", "--yes", "offsite", "/a.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "100 % #1", "a+b & c", "it's", "Größe 数据", "🎉 party", "(a) [b] {c}"})
    void namesOfAllKinds(String name) {
        simulator.putFile("/top/" + name + "/f", new byte[1]);
        program.expect(0, "delete", "-y", "offsite", "/top/" + name);
        assertThat(simulator.paths()).noneMatch(path -> path.startsWith("/top"));
    }

    @Test
    void forGoodWhereTheDriveCan() throws Exception {
        program.expect(0, "delete", "--yes", "--permanent", "offsite", "/a.sql");
        assertThat(program.out()).contains("deleted for good").doesNotContain("recycle bin");
        assertThat(simulator.requests(Step.PERMANENT_DELETE)).hasSize(1);
        try (OneDriveSimulator personal = OneDriveSimulator.builder().start()) {
            personal.putFile("/a.sql", new byte[1]);
            program.on(personal).add("private", personal).expect(2, "delete", "--yes", "--permanent", "private", "/a.sql");
            assertThat(program.err()).contains("Nothing was deleted");
            assertThat(personal.paths()).containsExactly("/a.sql");
        }
    }

    @Test
    void wrongUsage() {
        for (List<String> arguments : List.of(List.of("delete"), List.of("delete", "offsite"),
                List.of("delete", "--yes", "nowhere", "/a.sql"))) {
            program.expect(2, arguments.toArray(String[]::new));
        }
        assertThat(program.expect(0, "delete", "--help").out()).contains("recycle bin").contains("--yes");
    }
}
