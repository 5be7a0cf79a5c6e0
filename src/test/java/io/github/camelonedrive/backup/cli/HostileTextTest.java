package io.github.camelonedrive.backup.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names and messages from outside can't move the cursor, forge lines or turn the direction of reading, wherever they show. */
class HostileTextTest {

    private static final String HOSTILE = "x\u001b[2J\u202egnp\u200b\u009b1A\nFORGED all dumps proven\r.sql";
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\u0080-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069&&[^\n\t]]");

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
    @ValueSource(strings = {"list offsite /", "push offsite dump.sql", "get offsite /Backups/x", "delete --yes offsite /x",
            "browse offsite", "destination test offsite", "list offsite / --json", "-v list offsite /",
            "push offsite dump.sql --json"})
    void messagesOfOneDrive(String command) throws Exception {
        Files.writeString(directory.resolve("dump.sql"), "dump");
        simulator.fault(Fault.onAny().when(request -> request.path().contains("/drive")).always().answer(403)
                .error("accessDenied" + HOSTILE, "No. " + HOSTILE));
        program.run(command.split(" "));
        assertThat(program.err()).contains("No. x?[2J?gnp");
        safe();
    }

    @Test
    void messagesOfTheSignIn() throws Exception {
        simulator.fault(Fault.onAny().when(request -> request.path().contains("/token")).always().answer(400)
                .tokenError("invalid_grant", 70008, "AADSTS70008: expired " + HOSTILE));
        program.run("list", "offsite", "/");
        assertThat(program.err()).isNotEmpty();
        safe();
    }

    @ParameterizedTest
    @ValueSource(strings = {"push offsite NAME", "push NAME dump.sql", "list NAME", "NAME", "vault NAME", "--NAME", "demo NAME",
            "list offsite /NAME", "list offsite /NAME --json", "get offsite /NAME", "delete --yes offsite /NAME",
            "browse offsite /NAME", "destination show NAME", "destination add NAME --client-id id", "push offsite dump.sql --name NAME",
            "vault check --home NAME", "vault check --config NAME", "-D NAME vault check", "-D backup.NAME=1 vault check",
            "-D backup.console.port=NAME vault check", "-D logging.level.x=NAME vault check", "-v push offsite NAME",
            "push offsite dump.sql -D camel.component.onedrive.chunk-size=NAME"})
    void argumentsThatAreEchoed(String line) throws Exception {
        Files.writeString(directory.resolve("dump.sql"), "dump");
        String[] arguments = line.split(" ");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].replace("NAME", HOSTILE);
        }
        program.run(arguments);
        safe();
    }

    @Test
    void namesOfLocalFiles() throws Exception {
        Files.writeString(directory.resolve(HOSTILE), "dump");
        program.run("push", "offsite", HOSTILE);
        assertThat(program.out() + program.err()).contains("gnp");
        safe();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list offsite /Backups", "list -r offsite /", "browse offsite /Backups", "browse offsite --tree",
            "list -r offsite / --json", "delete --yes offsite /Backups"})
    void namesInOneDrive(String command) {
        String hidden = "a\u202egnp\u2066\u200b.sql";
        simulator.putFile("/Backups/" + hidden, new byte[1]);
        simulator.createFolder("/Backups/folder" + hidden);
        program.expect(0, command.split(" "));
        safe();
    }

    @Test
    void namesThatAreUsualStayReadable() throws Exception {
        String usual = "Größe 数据 👩\u200d💻 نسخة.sql";
        Files.writeString(directory.resolve(usual), "dump");
        program.expect(0, "push", "offsite", usual);
        assertThat(program.out()).contains(usual);
        program.expect(0, "list", "offsite");
        assertThat(program.out()).contains(usual);
    }

    private void safe() {
        for (String shown : new String[] {program.out(), program.err()}) {
            assertThat(UNSAFE.matcher(shown).results().map(found -> String.format("\\u%04x", (int) found.group().charAt(0))))
                    .as(shown).isEmpty();
            assertThat(shown.lines()).as(shown).noneMatch(line -> line.startsWith("FORGED"));
        }
    }
}
