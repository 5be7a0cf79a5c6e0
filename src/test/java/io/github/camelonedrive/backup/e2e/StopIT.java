package io.github.camelonedrive.backup.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** SIGTERM in a large upload whose connection takes no more bytes: the program ends soon, and later goes on where it was. */
class StopIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int FRAGMENT = 10 * 1024 * 1024;
    private static final int SIZE = 30 * 1024 * 1024;

    @TempDir
    private Path directory;

    private final CountDownLatch never = new CountDownLatch(1);
    private Installation installation;

    @BeforeEach
    void install() throws Exception {
        installation = new Installation(directory).initialized();
        installation.simulator.fault(Fault.on(Step.FRAGMENT).nth(2).stallReading(never));
    }

    @AfterEach
    void stop() {
        never.countDown();
        installation.close();
    }

    @Test
    void pushEndsSoonAndPushedAgainItGoesOn() throws Exception {
        Path dump = Files.write(directory.resolve("dump.sql"), new byte[SIZE]);
        try (Launched push = installation.start("push", "offsite", dump.toString())) {
            terminateWithinTheUpload(push);
        }
        assertThat(dump).hasSize(SIZE);

        try (Launched push = installation.start("push", "--json", "offsite", dump.toString())) {
            assertThat(push.exitCode()).as(push.err()).isZero();
            JsonNode file = new ObjectMapper().readTree(push.out()).at("/files/0");
            assertThat(file.at("/resumed").asBoolean()).isTrue();
            assertThat(file.at("/bytesSent").asInt()).isEqualTo(SIZE - FRAGMENT);
            assertThat(push.err()).contains("dump.sql: resumed at 10.0 MB of 30.0 MB");
        }
        assertOneFileByOneSession();
    }

    @Test
    void runEndsSoonKeepsTheDumpAndGoesOnWhenItIsStartedAgain() throws Exception {
        Path drop = installation.watch("stopped", "/Backups");
        try (Launched run = installation.start("run")) {
            Files.write(drop.resolve("dump.sql"), new byte[SIZE]);
            terminateWithinTheUpload(run);
            assertThat(run.err()).contains("Stopped.").doesNotContain("\tat ");
        }
        assertThat(drop.resolve("dump.sql")).hasSize(SIZE);
        assertThat(drop.resolve(".done")).isEmptyDirectory();
        assertThat(drop.resolve(".failed")).isEmptyDirectory();

        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(drop.resolve(".done/dump.sql")).hasSize(SIZE));
            run.eventually(() -> assertThat(run.err()).contains("/Backups/dump.sql is resumed at 10.0 MB")
                    .contains("3 fragments, resumed"));
        }
        assertOneFileByOneSession();
    }

    /** The first moments of Java, our program and Camel: none of them may end with another code, or with words of Java. */
    @ParameterizedTest
    @ValueSource(ints = { 50, 200, 400, 600, 800, 1100, 1500 })
    @Tag("full")
    void runThatIsStoppedWhileItStartsEndsWithTheSignalsCodeAndComplainsOfNothing(int milliseconds) throws Exception {
        installation.watch("stopped", "/Backups");
        boolean started = false;
        for (int i = 0; i < 20 && !started; i++) {
            started = stoppedAfter(milliseconds);
        }
        assertThat(started).as("was stopped only before Java had started").isTrue();
    }

    /**
     * Java that gets the signal in the few milliseconds of its own initialization, before any class of a program is loaded, may
     * end with 1 and "Error occurred during initialization of VM". No program can change that, so such a start shows nothing.
     *
     * @return whether Java had started, or was not yet begun
     */
    private boolean stoppedAfter(int milliseconds) throws Exception {
        try (Launched run = installation.start("run")) {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            run.terminate();
            int exitCode = run.exitCode();
            if ((run.err() + run.out()).contains("Error occurred during initialization of VM")) {
                return false;
            }
            assertThat(exitCode).as(run.err() + run.out()).isEqualTo(143);
            assertThat(run.err()).doesNotContain("in progress", "Exception", "\tat ");
            assertThat(run.out()).isEmpty();
            return true;
        }
    }

    private void assertOneFileByOneSession() {
        assertThat(installation.simulator.paths()).containsExactly("/Backups/dump.sql");
        assertThat(installation.simulator.createdSessions()).isEqualTo(1);
        assertThat(installation.simulator.openSessions()).isEmpty();
        assertThat(installation.records()).isEmpty();
        assertThat(installation.simulator.violations()).isEmpty();
    }

    private void terminateWithinTheUpload(Launched program) throws Exception {
        program.eventually(() -> assertThat(installation.simulator.openSessions())
                .anyMatch(session -> session.fragments() == 1 && session.received() < SIZE));
        program.eventually(() -> assertThat(installation.simulator.requests(Step.FRAGMENT)).hasSize(2));
        program.terminate();
        Awaitility.await().atMost(SOON).until(() -> !program.isRunning());
        assertThat(program.exitCode()).isEqualTo(143);
        assertThat(installation.simulator.openSessions()).as("left to the next attempt").hasSize(1);
        assertThat(installation.simulator.paths()).isEmpty();
    }
}
