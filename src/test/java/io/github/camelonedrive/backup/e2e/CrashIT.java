package io.github.camelonedrive.backup.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code run} is killed while a dump goes up. The next one ends with one file, one session and the dump in {@code .done}. */
class CrashIT {

    private static final int SIZE = 25 * 1024 * 1024;

    @TempDir
    private Path directory;

    private final CountDownLatch never = new CountDownLatch(1);
    private final byte[] content = new byte[SIZE];
    private Installation installation;
    private Path drop;

    @BeforeEach
    void install() throws Exception {
        installation = new Installation(directory).initialized();
        drop = installation.watch("crash", "/Backups");
        new Random(SIZE).nextBytes(content);
    }

    @AfterEach
    void stop() {
        never.countDown();
        installation.close();
    }

    @Test
    void inTheMiddleOfASession() throws Exception {
        killInTheSecondFragment();
        assertThat(installation.simulator.openSessions()).hasSize(1);

        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(drop.resolve(".done/dump.sql")).hasBinaryContent(content));
            run.eventually(() -> assertThat(run.err()).contains("/Backups/dump.sql is resumed at 10.0 MB"));
            run.eventually(() -> assertThat(installation.records()).isEmpty());
        }
        assertOneFileByOneSession();
    }

    @Test
    void afterTheCommitAndBeforeTheMove() throws Exception {
        installation.simulator.fault(Fault.on(Step.FRAGMENT).lastFragment().neverAnswer());
        try (Launched run = installation.start("run")) {
            Files.write(drop.resolve("dump.sql"), content);
            run.eventually(() -> assertThat(installation.simulator.paths()).hasSize(1));
            run.kill();
        }
        assertThat(drop.resolve("dump.sql")).exists();
        int sent = installation.simulator.requests(Step.FRAGMENT).size();

        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(drop.resolve(".done/dump.sql")).hasBinaryContent(content));
            run.eventually(() -> assertThat(run.err()).contains("was there already"));
            run.eventually(() -> assertThat(installation.records()).isEmpty());
        }
        assertThat(installation.simulator.requests(Step.FRAGMENT)).hasSize(sent);
        assertOneFileByOneSession();
    }

    @Test
    void theSessionOfADumpThatIsGoneWhenItStartsAgainIsCancelled() throws Exception {
        killInTheSecondFragment();
        Files.delete(drop.resolve("dump.sql"));

        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(installation.simulator.openSessions()).isEmpty());
            run.eventually(() -> assertThat(installation.records()).isEmpty());
        }
        assertThat(installation.simulator.paths()).isEmpty();
    }

    private void killInTheSecondFragment() throws Exception {
        installation.simulator.fault(Fault.on(Step.FRAGMENT).nth(2).stallReading(never));
        try (Launched run = installation.start("run")) {
            Files.write(drop.resolve("dump.sql"), content);
            run.eventually(() -> assertThat(installation.simulator.requests(Step.FRAGMENT)).hasSize(2));
            run.kill();
        }
    }

    private void assertOneFileByOneSession() {
        assertThat(installation.simulator.paths()).containsExactly("/Backups/dump.sql");
        assertThat(installation.simulator.file("/Backups/dump.sql").orElseThrow().bytes()).isEqualTo(content);
        assertThat(installation.simulator.createdSessions()).isEqualTo(1);
        assertThat(installation.simulator.openSessions()).isEmpty();
    }
}
