package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a consumer remembers when its program ends and starts anew. */
class ConsumerStateTest {

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    private Inbox inbox(String more) {
        return new Inbox(onedrive(), "stateDirectory=" + directory + "/state" + (more.isEmpty() ? "" : "&" + more));
    }

    @Test
    void aRestartEmitsNothingTwiceAndMissesNothing() {
        try (Inbox inbox = inbox("recursive=true")) {
            inbox.put("a.txt", "1").put("sub/b.txt", "2");
            inbox.awaitExactly("a.txt=1", "sub/b.txt=2");
        }
        onedrive().putFile("/Inbox/sub/c.txt", "3".getBytes());
        onedrive().putFile("/Inbox/a.txt", "changed".getBytes());
        onedrive().move("/Inbox/sub", "/Inbox/renamed");
        try (Inbox inbox = inbox("recursive=true")) {
            inbox.awaitExactly("renamed/c.txt=3", "a.txt=changed");
        }
        try (Inbox inbox = inbox("recursive=true")) {
            inbox.settle();
            assertThat(inbox.emitted()).isEmpty();
        }
    }

    @Test
    void aFailedExchangeIsEmittedAgainAfterARestart() {
        try (Inbox inbox = inbox("").failing("a.txt", Integer.MAX_VALUE)) {
            inbox.put("a.txt", "1").put("b.txt", "2");
            inbox.awaitExactly("b.txt=2");
        }
        try (Inbox inbox = inbox("")) {
            inbox.awaitExactly("a.txt=1");
        }
    }

    @Test
    void aRestartInTheMiddleOfReadingGoesOnThere() {
        for (int i = 0; i < 250; i++) {
            onedrive().putFile("/Inbox/" + i + ".txt", new byte[0]);
        }
        onedrive().fault(Fault.on(Step.CHILDREN).nth(2).answer(403).error("accessDenied"));
        Inbox stopped = inbox("maxMessagesPerPoll=100&includeBody=false");
        try (stopped) {
            stopped.await(emitted -> emitted.size() >= 150);
        }
        List<String> first = stopped.emitted();
        try (Inbox inbox = inbox("includeBody=false")) {
            inbox.await(emitted -> emitted.size() + first.size() >= 250);
            inbox.settle();
            assertThat(inbox.emitted()).doesNotContainAnyElementsOf(first).doesNotHaveDuplicates();
            assertThat(inbox.emitted().size() + first.size()).isEqualTo(250);
        }
    }

    @Test
    void aLinkThatDiedWhileTheProgramWasDownRepeatsNothing() {
        try (Inbox inbox = inbox("recursive=true")) {
            inbox.put("a.txt", "1").put("sub/b.txt", "2");
            inbox.awaitExactly("a.txt=1", "sub/b.txt=2");
        }
        onedrive().putFile("/Inbox/sub/c.txt", "3".getBytes());
        onedrive().expireDeltaTokens("resyncRequired");
        try (Inbox inbox = inbox("recursive=true")) {
            inbox.awaitExactly("sub/c.txt=3");
        }
    }

    @Test
    void otherFiltersFindWhatTheOldOnesLeftOutAndNothingElse() {
        try (Inbox inbox = inbox("include=.*csv")) {
            inbox.put("a.csv", "1").put("b.txt", "2");
            inbox.awaitExactly("a.csv=1");
        }
        try (Inbox inbox = inbox("")) {
            inbox.awaitExactly("b.txt=2");
        }
    }

    @Test
    void aMoveThatIsOwedIsDoneAfterARestart() {
        onedrive().fault(Fault.on(Step.PATCH).always().answer(403).error("accessDenied"));
        try (Inbox inbox = inbox("move=.done")) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
        }
        onedrive().clearJournal();
        try (Inbox inbox = inbox("move=.done")) {
            inbox.awaitFiles("/Inbox/.done/a.txt");
            inbox.settle();
            assertThat(inbox.emitted()).isEmpty();
        }
    }

    @Test
    void withoutAPlaceToRememberARestartEmitsWhatIsThere() {
        for (int run = 0; run < 2; run++) {
            try (Inbox inbox = new Inbox(onedrive(), "")) {
                onedrive().putFile("/Inbox/a.txt", "1".getBytes());
                inbox.awaitExactly("a.txt=1");
            }
        }
    }

    @Test
    void stoppingAndStartingTheRouteRepeatsNothing() throws Exception {
        try (Inbox inbox = new Inbox(onedrive(), "")) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            inbox.context().getRouteController().stopRoute("inbox");
            inbox.put("b.txt", "2");
            inbox.context().getRouteController().startRoute("inbox");
            inbox.awaitExactly("a.txt=1", "b.txt=2");
        }
    }

    @Test
    void theStateIsForItsOwnerAloneAndForOneConsumerAtATime() throws IOException {
        try (Inbox inbox = inbox("")) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            try (var files = Files.list(directory.resolve("state"))) {
                for (Path file : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
                }
            }
            try (Inbox second = inbox("")) {
                second.settle();
                assertThat(second.emitted()).isEmpty();
                assertThat(second.consumer().getErrorCounter()).isPositive();
            }
        }
    }

    @Test
    void aStateThatIsDamagedIsAnErrorAndIsLeftAsItIs() throws Exception {
        try (Inbox inbox = inbox("")) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
        }
        Path file;
        try (var files = Files.list(directory.resolve("state"))) {
            file = files.filter(path -> path.toString().endsWith(".jsonl")).findFirst().orElseThrow();
        }
        List<String> lines = Files.readAllLines(file);
        lines.set(1, "{damaged");
        Files.write(file, lines);
        try (SimulatedRoute route = new SimulatedRoute(onedrive())) {
            var template = route.context().createConsumerTemplate();
            assertThatThrownBy(() -> template.receive(Inbox.uri("stateDirectory=" + directory + "/state"), 1000))
                    .hasStackTraceContaining("damaged in line 2");
        }
        assertThat(Files.readAllLines(file)).isEqualTo(lines);
    }
}
