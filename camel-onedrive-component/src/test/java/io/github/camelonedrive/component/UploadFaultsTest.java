package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.VerificationFailedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Faults of which more is to be said than {@code faults.FaultTable} does: texts, conflict policies, options, and waits by the
 * real clock.
 */
class UploadFaultsTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final int SIZE = 3 * CHUNK + 1;
    private static final String IN_FRAGMENTS = "onedrive:offsite?folderPath=/Backups&simpleUploadLimit=0&chunkSize=320kB";
    private static final String IN_ONE_PUT = "onedrive:offsite?folderPath=/Backups";

    @TempDir
    Path directory;

    @Test
    void whatDoesNotMatchIsKeptAndReported() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).lastFragment().damageContent());

        Exchange exchange = send(IN_FRAGMENTS, SimulatedRoute.file(directory, "dump.sql", SIZE));

        assertThat(exchange.getException()).isInstanceOf(VerificationFailedException.class)
                .hasMessageContaining("was kept").hasMessageContaining("keeps no version of the item from before");
        assertThat(onedrive.file("/Backups/dump.sql")).isPresent();
        assertThat(onedrive.requests(Step.DELETE)).isEmpty();
    }

    @Test
    void withoutAHashTheItemIsReadBack() throws Exception {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).missingHash());

        Exchange exchange = send("onedrive:offsite?verifyTimeout=10", SimulatedRoute.file(directory, "dump.sql", 1000));

        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.requests(Step.CONTENT)).hasSize(1);
        assertThat(onedrive.requests(Step.CONTENT).get(0).header("authorization")).isEmpty();
    }

    @Test
    @Tag("C19")
    void conflictFailIsAConflictOfTheFileItself() throws Exception {
        onedrive.putFile("/Backups/dump.sql", SimulatedRoute.content(5));

        for (String uri : new String[] { IN_ONE_PUT, IN_FRAGMENTS }) {
            Exchange exchange = send(uri + "&conflictBehavior=fail", SimulatedRoute.file(directory, "dump.sql", SIZE));

            assertThat(exchange.getException()).isInstanceOf(GraphException.NameConflict.class);
            assertThat(exchange.getException(GraphException.class).kind()).isEqualTo(FailureKind.SOURCE);
        }
        assertThat(route.holds("/Backups/dump.sql", SimulatedRoute.content(5))).isTrue();
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    @Tag("C20")
    @Tag("C58")
    void conflictRenameReportsTheNewNameAndNeverCopiesItsOwnSuccess() throws Exception {
        onedrive.putFile("/Backups/dump.sql", SimulatedRoute.content(SIZE));
        onedrive.fault(Fault.on(Step.FRAGMENT).lastFragment().cutAfter());
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).cutAfter());

        for (String uri : new String[] { IN_FRAGMENTS, IN_ONE_PUT }) {
            Exchange exchange = send(uri + "&conflictBehavior=rename", SimulatedRoute.file(directory, "dump.sql", SIZE));
            assertThat(exchange.getException()).isNull();
        }
        assertThat(onedrive.paths())
                .containsExactlyInAnyOrder("/Backups/dump.sql", "/Backups/dump 1.sql", "/Backups/dump 2.sql");
    }

    static Stream<Arguments> formsOfRetryAfter() {
        return Stream.of(
                arguments("1", Duration.ofSeconds(1)),
                arguments("1.128", Duration.ofMillis(1128)),
                // A date has whole seconds, so the wait is one to two of them.
                arguments("date", Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("formsOfRetryAfter")
    void theServersWaitIsObeyedBeforeTheVeryNextRequest(String form, Duration atLeast) throws Exception {
        onedrive.fault(form.equals("date")
                ? Fault.on(Step.FRAGMENT).nth(2).throttleUntil(Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS))
                : Fault.on(Step.FRAGMENT).nth(2).throttle(form));

        route.upload(IN_FRAGMENTS, "dump.sql", SimulatedRoute.file(directory, "dump.sql", SIZE));

        RecordedRequest refused = onedrive.requests().stream().filter(request -> request.status() == 429).findFirst()
                .orElseThrow();
        RecordedRequest next = onedrive.requests().get((int) refused.number());
        assertThat(next.number()).isEqualTo(refused.number() + 1);
        if (!form.equals("date")) {
            assertThat(Duration.between(refused.time(), next.time())).isGreaterThanOrEqualTo(atLeast);
        }
        assertThat(route.holds("/Backups/dump.sql", SimulatedRoute.content(SIZE))).isTrue();
    }

    @Test
    @Tag("C63")
    void aWaitBeyondMaxThrottleWaitFailsAtOnce() throws Exception {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).always().throttle("3600"));

        Exchange exchange = send(IN_ONE_PUT + "&maxThrottleWait=1000", SimulatedRoute.file(directory, "dump.sql", 10));

        assertThat(exchange.getException()).hasMessageContaining("longer than the 1 s that we wait");
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(1);
    }

    @Test
    void retriesAreBounded() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).always().answer(500));

        Exchange exchange = send(IN_FRAGMENTS + "&maxRetries=3", SimulatedRoute.file(directory, "dump.sql", SIZE));

        assertThat(exchange.getException()).isInstanceOf(GraphException.Unavailable.class);
        assertThat(onedrive.requests(Step.FRAGMENT)).hasSize(4);
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void aFileThatIsRefusedAsInfectedIsItsOwnFault() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).lastFragment().answer(400).error("malwareDetected"));

        Exchange exchange = send(IN_FRAGMENTS, SimulatedRoute.file(directory, "dump.sql", SIZE));

        assertThat(exchange.getException()).isInstanceOf(GraphException.ContentRefused.class);
        assertThat(exchange.getException(GraphException.class).kind()).isEqualTo(FailureKind.SOURCE);
        assertThat(onedrive.paths()).isEmpty();
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void aLockThatComesWithAWaitIsTriedAgainAfterIt() throws Exception {
        for (int status : new int[] { 409, 423 }) {
            onedrive.clearJournal();
            onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(status).error("resourceModified").header("Retry-After", "1"));

            route.upload(IN_ONE_PUT, "dump.sql", SimulatedRoute.file(directory, "dump.sql", 100 + status));

            RecordedRequest refused = onedrive.requests().stream().filter(request -> request.status() == status).findFirst()
                    .orElseThrow();
            RecordedRequest next = onedrive.requests().get(onedrive.requests().indexOf(refused) + 1);
            assertThat(Duration.between(refused.time(), next.time())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    @Tag("C62")
    void aThrottledFragmentPausesTheOtherUploadsOfTheAccountOnEveryHost() throws Exception {
        Path large = SimulatedRoute.file(directory, "large.sql", SIZE);
        route.upload(IN_ONE_PUT, "first.sql", "1");
        onedrive.clearJournal();
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).throttle("2"));
        CompletableFuture<Exchange> throttled = CompletableFuture.supplyAsync(() -> send(IN_FRAGMENTS, large));
        Awaitility.await().until(() -> refused().isPresent());
        Instant answered = Instant.now();

        route.upload(IN_ONE_PUT, "small.sql", "2");

        assertThat(throttled.get().getException()).isNull();
        RecordedRequest refused = refused().orElseThrow();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(1).allMatch(
                request -> !request.time().isBefore(refused.time().plusSeconds(2)), "not before the two seconds are over");
        assertThat(answered).isBefore(refused.time().plusSeconds(2));
    }

    private Optional<RecordedRequest> refused() {
        return onedrive.requests().stream().filter(request -> request.status() == 429).findFirst();
    }

    private Exchange send(String uri, Path file) {
        return route.send(uri, file, Map.of(Exchange.FILE_NAME, "dump.sql"));
    }
}
