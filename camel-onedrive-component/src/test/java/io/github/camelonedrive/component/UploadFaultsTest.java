package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
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
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What passes is ridden out without a trace, what stays fails with a clear exception, and nothing is left behind. */
class UploadFaultsTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final int SIZE = 3 * CHUNK + 1;
    private static final String IN_FRAGMENTS = "onedrive:offsite?folderPath=/Backups&simpleUploadLimit=0&chunkSize=320kB";
    private static final String IN_ONE_PUT = "onedrive:offsite?folderPath=/Backups";

    @TempDir
    Path directory;

    static Stream<Arguments> passingFaults() {
        Stream.Builder<Arguments> faults = Stream.builder();
        for (Step step : new Step[] { Step.ITEM_LOOKUP, Step.CREATE_FOLDER, Step.CREATE_SESSION, Step.FRAGMENT,
                Step.SIMPLE_UPLOAD }) {
            for (int status : new int[] { 500, 502, 503, 504, 429, 509 }) {
                add(faults, step, status + " once", () -> Fault.on(step).answer(status));
            }
            add(faults, step, "503 with Retry-After 0", () -> Fault.on(step).answer(503).header("Retry-After", "0"));
            add(faults, step, "HTML instead of JSON with 502", () -> Fault.on(step).answer(502).html());
            add(faults, step, "connection cut before", () -> Fault.on(step).cutBefore());
            add(faults, step, "connection cut after", () -> Fault.on(step).cutAfter());
            add(faults, step, "three times 500", () -> Fault.on(step).times(3).answer(500));
            add(faults, step, "truncated answer", () -> Fault.on(step).truncated());
        }
        add(faults, Step.FRAGMENT, "connection cut within", () -> Fault.on(Step.FRAGMENT).nth(2).cutWithin(100_000));
        add(faults, Step.FRAGMENT, "500 after it was stored", () -> Fault.on(Step.FRAGMENT).nth(2).afterEffect().answer(500));
        add(faults, Step.FRAGMENT, "part of it kept", () -> Fault.on(Step.FRAGMENT).nth(2).keepBytes(12_345).answer(503));
        add(faults, Step.FRAGMENT, "closed ranges",
                () -> Fault.on(Step.FRAGMENT).nth(1).nextExpectedRanges(CHUNK + "-" + (SIZE - 1)));
        add(faults, Step.FRAGMENT, "several ranges",
                () -> Fault.on(Step.FRAGMENT).nth(1).nextExpectedRanges((2 * CHUNK) + "-" + (3 * CHUNK), CHUNK + "-"));
        add(faults, Step.FRAGMENT, "no ranges", () -> Fault.on(Step.FRAGMENT).nth(1).withoutNextExpectedRanges());
        add(faults, Step.FRAGMENT, "last answer lost", () -> Fault.on(Step.FRAGMENT).lastFragment().cutAfter());
        add(faults, Step.FRAGMENT, "committed, then 504",
                () -> Fault.on(Step.FRAGMENT).lastFragment().afterEffect().answer(504));
        add(faults, Step.FRAGMENT, "202 for the last one", () -> Fault.on(Step.FRAGMENT).lastFragment().acceptedInsteadOfItem());
        add(faults, Step.FRAGMENT, "session expired", () -> Fault.on(Step.FRAGMENT).nth(2).expireSession());
        add(faults, Step.FRAGMENT, "upload URL expired (401)", () -> Fault.on(Step.FRAGMENT).nth(2).expireUploadUrl());
        add(faults, Step.FRAGMENT, "upload URL refused (403)", () -> Fault.on(Step.FRAGMENT).nth(2).forbidUploadUrl());
        add(faults, Step.FRAGMENT, "hash missing at first", () -> Fault.on(Step.FRAGMENT).lastFragment().hashAfterLookups(2));
        add(faults, Step.SIMPLE_UPLOAD, "stored, then 504", () -> Fault.on(Step.SIMPLE_UPLOAD).afterEffect().answer(504));
        add(faults, Step.SIMPLE_UPLOAD, "modified meanwhile",
                () -> Fault.on(Step.SIMPLE_UPLOAD).answer(409).error("resourceModified"));
        add(faults, Step.DRIVE, "access tokens expired", () -> Fault.on(Step.CREATE_SESSION).expireAccessTokens());
        return faults.build();
    }

    private static void add(Stream.Builder<Arguments> faults, Step step, String what, Supplier<Fault> fault) {
        String uri = step == Step.SIMPLE_UPLOAD ? IN_ONE_PUT : IN_FRAGMENTS;
        faults.add(arguments(uri, named(step + ": " + what, fault)));
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void aPassingFaultIsRiddenOut(String uri, Supplier<Fault> fault) throws Exception {
        onedrive.fault(fault.get());

        Exchange exchange = route.upload(uri, "dump.sql", SimulatedRoute.file(directory, "dump.sql", SIZE));

        assertThat(route.holds("/Backups/dump.sql", SimulatedRoute.content(SIZE))).isTrue();
        assertThat(onedrive.paths()).containsExactly("/Backups/dump.sql");
        // A session whose creation was never answered is known to nobody but the service, which lets it expire.
        assertThat(onedrive.openSessions()).allMatch(session -> session.received() == 0 && creationAnswerWasLost());
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.SIZE)).isEqualTo((long) SIZE);
    }

    private boolean creationAnswerWasLost() {
        return onedrive.requests(Step.CREATE_SESSION).size() > 1;
    }

    static Stream<Arguments> lastingFaults() {
        return Stream.of(
                lasting("full drive", GraphException.QuotaExceeded.class, FailureKind.SERVICE,
                        () -> Fault.on(Step.FRAGMENT).nth(2).answer(507).error("quotaLimitReached")),
                lasting("full drive at creation", GraphException.QuotaExceeded.class, FailureKind.SERVICE,
                        () -> Fault.on(Step.CREATE_SESSION).answer(507).error("quotaLimitReached")),
                lasting("no permission", GraphException.AccessDenied.class, FailureKind.SERVICE,
                        () -> Fault.on(Step.CREATE_SESSION).answer(403).error("accessDenied")),
                lasting("bad request", GraphException.class, FailureKind.SERVICE,
                        () -> Fault.on(Step.FRAGMENT).nth(2).answer(400).error("invalidRequest")),
                lasting("infected", GraphException.ContentRefused.class, FailureKind.SOURCE,
                        () -> Fault.on(Step.FRAGMENT).lastFragment().answer(400).error("malwareDetected")),
                lasting("precondition", GraphException.PreconditionFailed.class, FailureKind.SERVICE,
                        () -> Fault.on(Step.FRAGMENT).lastFragment().answer(412).error("resourceModified")));
    }

    private static Arguments lasting(
            String what, Class<? extends Exception> type, FailureKind kind, Supplier<Fault> fault) {
        return arguments(named(what, fault), type, kind);
    }

    @ParameterizedTest
    @MethodSource("lastingFaults")
    void aLastingFaultFailsOnceWithItsOwnExceptionAndLeavesNothing(
            Supplier<Fault> fault, Class<? extends GraphException> type, FailureKind kind)
            throws Exception {
        onedrive.fault(fault.get());

        Exchange exchange = send(IN_FRAGMENTS, SimulatedRoute.file(directory, "dump.sql", SIZE));

        assertThat(exchange.getException()).isInstanceOf(type);
        GraphException failure = exchange.getException(GraphException.class);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.requestId()).isNotEmpty();
        assertThat(failure).hasMessageContaining("dump.sql").hasMessageContaining("offsite")
                .hasMessageContaining(String.valueOf(failure.status())).hasMessageContaining(failure.requestId());
        assertThat(failure.remedy()).isNotEmpty();
        assertThat(onedrive.paths()).isEmpty();
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void anOldBackupStaysUntilTheNewOneIsWhole() throws Exception {
        byte[] old = SimulatedRoute.content(1000);
        onedrive.putFile("/Backups/dump.sql", old);
        onedrive.fault(Fault.on(Step.FRAGMENT).lastFragment().answer(507).error("quotaLimitReached"));

        send(IN_FRAGMENTS, SimulatedRoute.file(directory, "dump.sql", SIZE));

        assertThat(route.holds("/Backups/dump.sql", old)).isTrue();
    }

    @Test
    void whatDoesNotMatchIsKeptAndReported() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).lastFragment().damageContent());

        Exchange exchange = send(IN_FRAGMENTS, SimulatedRoute.file(directory, "dump.sql", SIZE));

        assertThat(exchange.getException()).isInstanceOf(VerificationFailedException.class)
                .hasMessageContaining("was kept").hasMessageContaining("Version history");
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

    private Exchange send(String uri, Path file) {
        return route.send(uri, file, Map.of(Exchange.FILE_NAME, "dump.sql"));
    }
}
