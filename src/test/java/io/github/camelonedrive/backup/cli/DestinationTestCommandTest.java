package io.github.camelonedrive.backup.cli;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code destination test} shows of the steps, and its exit code. */
class DestinationTestCommandTest {

    private final OneDriveSimulator simulator = OneDriveSimulator.builder().start();

    @TempDir
    private Path directory;

    private ProgramInThisJvm program;

    @BeforeEach
    void makeTheDestination() throws Exception {
        program = new ProgramInThisJvm(directory).on(simulator).expect(0, "vault", "init");
        program.add("offsite", simulator, "--folder", "/Backups");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void eachStepIsALine() {
        program.expect(0, "destination", "test", "offsite");
        assertThat(program.out()).containsSubsequence("offsite\n", "[ok]", "vault", "[ok]", "sign-in", "as a person",
                "client secret", "[ok]", "account", "[ok]", "drive", "personal", "free", "[ok]", "folder", "/Backups",
                "first upload makes it", "[ok]", "write", "[ok]", "read back", "[ok]", "clean up");
        assertThat(program.out().lines().filter(line -> line.startsWith("  [ok]"))).hasSize(8);
        assertThat(program.err()).containsOnlyOnce("\n").contains("unencrypted");
        assertThat(simulator.paths()).isEmpty();
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void aStepThatFailsComesWithItsRemedyAndTheRestIsStillReported() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(507));
        program.expect(1, "destination", "test", "offsite");
        assertThat(program.out()).containsSubsequence("[failed]", "write", "507", "drive is full", "[skipped]", "read back",
                "[ok]", "clean up");
        assertThat(program.err()).contains("offsite").contains("507").doesNotContain("\tat ");
        program.expect(0, "destination", "test", "offsite", "-v");
    }

    @Test
    void severalAreAllTestedAndTheFirstFailureDecides() throws Exception {
        program.add("second", simulator, "--folder", "/Second");
        simulator.createFolder("/Second");
        program.expect(2, "destination", "test", "--json", "nowhere", "offsite", "second");
        JsonNode tested = program.json().get("destinations");
        assertThat(tested).hasSize(3);
        assertThat(tested.at("/0/ok").asBoolean()).isFalse();
        assertThat(tested.at("/0/error/problem").asText()).contains("nowhere");
        assertThat(tested.at("/1/ok").asBoolean()).isTrue();
        assertThat(tested.at("/2/folderExists").asBoolean()).isTrue();
        assertThat(program.err()).contains("nowhere");
    }

    @Test
    void aProgramReadsTheSteps() throws Exception {
        program.expect(0, "--json", "destination", "test", "offsite");
        JsonNode tested = program.json().at("/destinations/0");
        assertThat(tested.get("name").asText()).isEqualTo("offsite");
        assertThat(tested.get("signIn").asText()).isEqualTo("delegated");
        assertThat(tested.get("driveType").asText()).isEqualTo("personal");
        assertThat(tested.get("total").asLong()).isPositive();
        assertThat(tested.get("steps").findValuesAsText("step")).isEqualTo(List.of("vault", "sign-in", "account", "drive",
                "folder", "write", "read back", "clean up"));
        assertThat(tested.get("steps").findValuesAsText("outcome")).containsOnly("ok");
    }

    @Test
    void aRefusedSignInIsCodeThree() throws Exception {
        simulator.revokeGrant();
        program.expect(3, "--json", "destination", "test", "offsite");
        JsonNode tested = program.json().at("/destinations/0");
        assertThat(tested.at("/error/aadsts").asInt()).isEqualTo(700082);
        assertThat(tested.at("/steps/1/outcome").asText()).isEqualTo("failed");
        assertThat(tested.at("/steps/1/remedy").asText()).isNotBlank();
        assertThat(tested.at("/steps/5/outcome").asText()).isEqualTo("skipped");
    }

    @Test
    void aVaultThatDoesNotOpenIsTheFirstStep() throws Exception {
        String otherKey = program.secret("other.key", "ab".repeat(32));
        program.expect(1, "destination", "test", "offsite", "--key-file", otherKey);
        assertThat(program.out()).containsSubsequence("[failed]", "vault", "[skipped]", "sign-in");
    }

    @Test
    void oneThatNobodyHasSignedInToSaysHowTo() {
        program.expect(0, "destination", "add", "new", "--client-id", simulator.clientId());
        program.expect(3, "destination", "test", "new");
        assertThat(program.out()).containsSubsequence("[failed]", "sign-in", "not authorized");
    }
}
