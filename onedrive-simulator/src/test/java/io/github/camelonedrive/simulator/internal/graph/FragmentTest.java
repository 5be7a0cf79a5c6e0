package io.github.camelonedrive.simulator.internal.graph;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 8, 11, 15, 32–42. */
class FragmentTest extends SimulatorTestBase {

    private static String next(HttpResponse<String> progress) {
        return GraphClient.json(progress).path("nextExpectedRanges").toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, UNIT - 1, UNIT, UNIT + 1, 3 * UNIT - 1, 3 * UNIT, 3 * UNIT + 1})
    void anySizeMayBeUploadedInFragments(int size) {
        start();
        byte[] file = GraphClient.bytes(size);
        assertThat(client.upload(client.session("/x"), file, UNIT).statusCode()).isEqualTo(201);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S42")
    void moreIsExpectedUntilTheLastFragment() {
        start();
        byte[] file = GraphClient.bytes(2 * UNIT);
        String url = client.session("/x");
        HttpResponse<String> first = client.fragment(url, file, 0, UNIT);
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(next(first)).isEqualTo("[\"327680-\"]");
        assertThat(next(client.status(url))).isEqualTo("[\"327680-\"]");
        assertThat(simulator.openSessions()).singleElement()
                .satisfies(session -> assertThat(session.received()).isEqualTo(UNIT));
        assertThat(client.fragment(url, file, UNIT, UNIT).statusCode()).isEqualTo(201);
    }

    @Test
    void rangesMayBeClosed() {
        start(builder -> builder.closedRanges());
        byte[] file = GraphClient.bytes(2 * UNIT);
        assertThat(next(client.fragment(client.session("/x"), file, 0, UNIT))).isEqualTo("[\"327680-655359\"]");
    }

    @Test
    void aCommittedSessionIsGone() {
        start();
        String url = client.session("/x");
        client.upload(url, new byte[] {1}, UNIT);
        assertError(client.status(url), 404, "itemNotFound");
        assertError(client.fragment(url, new byte[] {1}, 0, 1), 404, "itemNotFound");
        assertError(client.cancel(url), 404, "itemNotFound");
    }

    @Test
    @Tag("S11")
    void anAuthorizationHeaderIs401AndAViolation() {
        start();
        String url = client.session("/x");
        for (String method : new String[] {"PUT", "GET", "DELETE"}) {
            assertError(client.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer x")
                    .method(method, BodyPublishers.ofByteArray(new byte[1]))), 401, "unauthenticated");
        }
        assertThat(simulator.violations()).hasSize(3).allMatch(v -> v.contains("Authorization header sent to an upload URL"));
    }

    @Test
    @Tag("S8")
    void aChangedUploadUrlIsRefused() {
        start();
        String url = client.session("/x");
        for (String changed : new String[] {url.replace("'", "%27"), url.replace("%2B", "+"), url.replace("%2B", "%2b"),
            url.replace("%2B", "%252B")}) {
            assertError(client.status(changed), 403, "accessDenied");
        }
        assertThat(simulator.violations()).anyMatch(v -> v.contains("byte for byte"));
        assertThat(client.status(url).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-1/2", "bytes 0-9", "bytes 0--1/0", "bytes=0-9/10", "bytes 9-0/10", "bytes 0-10/10",
        "rubbish", "bytes 0-9/*"})
    @Tag("S32")
    void contentRangeAndBodyMustAgree(String contentRange) {
        start();
        assertError(client.fragment(client.session("/x"), contentRange, BodyPublishers.ofByteArray(new byte[10])),
                400, "invalidRequest");
        assertThat(simulator.violations()).isNotEmpty();
    }

    @Test
    @Tag("S15")
    void aSessionCannotCarryZeroBytes() {
        start();
        String url = client.session("/x");
        assertError(client.fragment(url, "bytes 0--1/0", BodyPublishers.noBody()), 400, "invalidRequest");
        assertError(client.fragment(url, "bytes 0-0/0", BodyPublishers.noBody()), 400, "invalidRequest");
    }

    @Test
    @Tag("S32")
    void contentRangeAndContentLengthAreNeeded() {
        start();
        String url = client.session("/x");
        assertError(client.send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(new byte[10]))),
                400, "invalidRequest");
        assertError(client.fragment(url, "bytes 0-9/10",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10]))), 400, "invalidRequest");
    }

    @Test
    @Tag("S33")
    void theTotalMustNotChange() {
        start();
        String url = client.session("/x");
        client.fragment(url, "bytes 0-327679/1000000", BodyPublishers.ofByteArray(new byte[UNIT]));
        assertError(client.fragment(url, "bytes 327680-655359/1000001", BodyPublishers.ofByteArray(new byte[UNIT])),
                400, "invalidRequest", "fragmentLengthMismatch");
    }

    @Test
    @Tag("S34")
    void oddFragmentsAreAcceptedAndMakeTheCommitFail() {
        start();
        byte[] file = GraphClient.bytes(3000);
        String url = client.session("/x");
        assertThat(client.fragment(url, file, 0, 1000).statusCode()).isEqualTo(202);
        assertError(client.fragment(url, file, 1000, 2000), 500, "generalException");
        assertThat(simulator.violations()).anyMatch(v -> v.contains("no multiple of 320 KiB"));
        assertThat(simulator.paths()).isEmpty();
    }

    @Test
    @Tag("S35")
    void aRequestOf60MebibytesIsTooLarge() {
        start(builder -> builder.discardContent());
        String url = client.session("/x");
        byte[] file = new byte[192 * UNIT];
        assertError(client.fragment(url, file, 0, 192 * UNIT), 413, "invalidRequest", "maxFragmentLengthExceeded");
        assertThat(client.fragment(url, file, 0, 191 * UNIT).statusCode()).isEqualTo(202);
    }

    @Test
    @Tag("S36")
    void gapsAreOutOfOrder() {
        start();
        byte[] file = GraphClient.bytes(3 * UNIT);
        assertError(client.fragment(client.session("/x"), file, UNIT, UNIT), 416, "invalidRange", "fragmentOutOfOrder");
    }

    @Test
    @Tag("S37")
    void bytesThatAreThereOverlap() {
        start();
        byte[] file = GraphClient.bytes(3 * UNIT);
        String url = client.session("/x");
        client.fragment(url, file, 0, UNIT);
        assertError(client.fragment(url, file, 0, UNIT), 416, "invalidRange", "fragmentOverlap");
        assertThat(next(client.status(url))).isEqualTo("[\"327680-\"]");
        client.fragment(url, file, UNIT, UNIT);
        assertThat(client.fragment(url, file, 2 * UNIT, UNIT).statusCode()).isEqualTo(201);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
    }

    @Test
    @Tag("S41")
    void eachFragmentExtendsTheSession() {
        AdjustableClock clock = AdjustableClock.stopped();
        start(builder -> builder.clock(clock));
        byte[] file = GraphClient.bytes(3 * UNIT);
        String url = client.session("/x");
        Instant created = simulator.openSessions().get(0).expires();
        clock.advance(Duration.ofMinutes(14));
        client.fragment(url, file, 0, UNIT);
        assertThat(simulator.openSessions().get(0).expires()).isEqualTo(created.plus(Duration.ofMinutes(14)));
        clock.advance(Duration.ofMinutes(14));
        assertThat(client.fragment(url, file, UNIT, UNIT).statusCode()).isEqualTo(202);
        clock.advance(Duration.ofMinutes(15));
        assertError(client.status(url), 404, "itemNotFound");
        assertThat(simulator.openSessions()).isEmpty();
    }

    @Test
    void anUploadUrlDiesAfter24Hours() {
        AdjustableClock clock = AdjustableClock.stopped();
        start(builder -> builder.clock(clock));
        byte[] file = GraphClient.bytes(200 * UNIT);
        String url = client.session("/x");
        for (int i = 0; i < 24 * 5; i++) {
            assertThat(client.fragment(url, file, i * UNIT, UNIT).statusCode()).isEqualTo(202);
            clock.advance(Duration.ofMinutes(12));
        }
        assertError(client.status(url), 401, "unauthenticated", "expiredToken");
    }

    @Test
    void cancellingLeavesNothing() {
        start();
        String url = client.session("/x");
        client.fragment(url, GraphClient.bytes(2 * UNIT), 0, UNIT);
        assertThat(client.cancel(url).statusCode()).isEqualTo(204);
        assertThat(simulator.openSessions()).isEmpty();
        assertThat(simulator.paths()).isEmpty();
        assertError(client.cancel(url), 404, "itemNotFound");
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S42")
    void theOldContentIsThereUntilTheCommit() {
        start();
        simulator.putFile("/x", new byte[] {9});
        byte[] file = GraphClient.bytes(2 * UNIT);
        String url = client.session("/x");
        client.fragment(url, file, 0, UNIT);
        assertThat(simulator.file("/x").orElseThrow().bytes()).containsExactly(9);
        assertThat(client.fragment(url, file, UNIT, UNIT).statusCode()).isEqualTo(200);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
    }

    @Test
    void aNameTakenMeanwhileConflictsAtTheCommitAndTheSessionStays() {
        start();
        String failing = client.session("/x", "fail");
        String renaming = client.session("/x", "rename");
        simulator.putFile("/x", new byte[] {9});
        assertError(client.upload(failing, new byte[] {1}, UNIT), 409, "nameAlreadyExists");
        assertThat(next(client.status(failing))).isEqualTo("[\"0-\"]");
        assertThat(client.cancel(failing).statusCode()).isEqualTo(204);
        assertThat(GraphClient.json(client.upload(renaming, new byte[] {1}, UNIT)).path("name").asText()).isEqualTo("x 1");
    }

    @Test
    void conflictsMayBeReportedAtTheCommitOnly() {
        start(builder -> builder.conflictsAtCommit());
        simulator.putFile("/x", new byte[] {9});
        assertError(client.upload(client.session("/x", "fail"), new byte[] {1}, UNIT), 409, "nameAlreadyExists");
        assertThat(simulator.file("/x").orElseThrow().bytes()).containsExactly(9);
    }

    @Test
    void whatDoesNotFitFailsAtTheCommit() {
        start(builder -> builder.quota(1));
        assertError(client.upload(client.session("/x"), new byte[] {1, 2}, UNIT), 507, "quotaLimitReached");
    }
}
