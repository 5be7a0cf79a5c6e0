package io.github.camelonedrive.simulator.internal.fault;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Trouble on upload URLs: statements 39–40, 43, 49–54. */
class SessionFaultTest extends SimulatorTestBase {
    private final byte[] file = GraphClient.bytes(3 * UNIT);
    private String url;

    @BeforeEach
    void openSession() {
        start();
        url = client.session("/x");
    }

    private HttpResponse<String> fragment(int index) {
        return client.fragment(url, file, index * UNIT, UNIT);
    }

    private void uploadAllButTheLast() {
        assertThat(fragment(0).statusCode()).isEqualTo(202);
        assertThat(fragment(1).statusCode()).isEqualTo(202);
    }

    private String next() {
        return GraphClient.json(client.status(url)).path("nextExpectedRanges").toString();
    }

    private void assertFragmentIsCut(int index) {
        String range = "bytes " + index * UNIT + "-" + (index * UNIT + UNIT - 1) + "/" + file.length;
        assertThatThrownBy(() -> client.trySend(HttpRequest.newBuilder(URI.create(url)).header("Content-Range", range)
                .PUT(BodyPublishers.ofByteArray(file, index * UNIT, UNIT)))).isInstanceOf(IOException.class);
    }

    @Test
    void theBytesOfAFailedFragmentDoNotCount() {
        simulator.fault(Fault.on(Step.FRAGMENT).fragment(1).answer(503));
        simulator.fault(Fault.on(Step.FRAGMENT).fragment(1).cutWithin(100_000));
        fragment(0);
        assertThat(fragment(1).statusCode()).isEqualTo(503);
        assertThat(next()).isEqualTo("[\"327680-\"]");
        assertFragmentIsCut(1);
        assertThat(next()).isEqualTo("[\"327680-\"]");
        fragment(1);
        assertThat(fragment(2).statusCode()).isEqualTo(201);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
    }

    @Test
    @Tag("S40")
    void aPartOfAFailedFragmentMayBeKept() {
        simulator.fault(Fault.on(Step.FRAGMENT).keepBytes(100_001).answer(503));
        assertThat(fragment(0).statusCode()).isEqualTo(503);
        assertThat(next()).isEqualTo("[\"100001-\"]");
        assertThat(client.fragment(url, file, 100_001, UNIT).statusCode()).isEqualTo(202);
        assertThat(client.fragment(url, file, 100_001 + UNIT, file.length - 100_001 - UNIT).statusCode()).isEqualTo(201);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void aPartOfACutFragmentMayBeKept() {
        simulator.fault(Fault.on(Step.FRAGMENT).keepBytes(100_001).cutWithin(200_000));
        assertFragmentIsCut(0);
        await().untilAsserted(() -> assertThat(next()).isEqualTo("[\"100001-\"]"));
        assertThat(client.fragment(url, file, 100_001, file.length - 100_001).statusCode()).isEqualTo(201);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
    }

    @Test
    void aFragmentMayBeStoredAlthoughTheAnswerIsAnError() {
        simulator.fault(Fault.on(Step.FRAGMENT).afterEffect().answer(503));
        assertThat(fragment(0).statusCode()).isEqualTo(503);
        assertError(fragment(0), 416, "invalidRange", "fragmentOverlap");
        assertThat(next()).isEqualTo("[\"327680-\"]");
    }

    @Test
    @Tag("S52")
    void aCommitMayBeFollowedByAGatewayTimeout() {
        simulator.fault(Fault.on(Step.FRAGMENT).lastFragment().afterEffect().answer(504));
        uploadAllButTheLast();
        assertThat(fragment(2).statusCode()).isEqualTo(504);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
        assertError(client.status(url), 404, "itemNotFound");
    }

    @Test
    @Tag("S52")
    void aCommitMayBeFollowedByACut() {
        simulator.fault(Fault.on(Step.FRAGMENT).lastFragment().cutAfter());
        uploadAllButTheLast();
        assertFragmentIsCut(2);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
    }

    @Test
    @Tag("S54")
    void aCommitMayFailSeveralTimesAndThenSucceed() {
        simulator.fault(Fault.on(Step.FRAGMENT).lastFragment().times(3).answer(500));
        uploadAllButTheLast();
        assertThat(new int[] {fragment(2).statusCode(), fragment(2).statusCode(), fragment(2).statusCode(),
            fragment(2).statusCode()}).containsExactly(500, 500, 500, 201);
    }

    @Test
    @Tag("S53")
    void aCommitMayConflict() {
        simulator.fault(Fault.on(Step.FRAGMENT).lastFragment().answer(409));
        uploadAllButTheLast();
        assertError(fragment(2), 409, "nameAlreadyExists");
        assertThat(simulator.openSessions()).hasSize(1);
    }

    @Test
    void theCommitMayBeHeldBack() {
        simulator.fault(Fault.on(Step.FRAGMENT).lastFragment().holdCommit());
        uploadAllButTheLast();
        assertThat(fragment(2).statusCode()).isEqualTo(202);
        assertThat(next()).isEqualTo("[]");
        assertThat(simulator.paths()).isEmpty();
    }

    @Test
    void theItemMayBeMissingFromTheLastAnswer() {
        simulator.fault(Fault.on(Step.FRAGMENT).lastFragment().acceptedInsteadOfItem());
        uploadAllButTheLast();
        HttpResponse<String> last = fragment(2);
        assertThat(last.statusCode()).isEqualTo(202);
        assertThat(last.body()).contains("\"nextExpectedRanges\":[]").doesNotContain("\"id\"");
        assertThat(simulator.paths()).containsExactly("/x");
    }

    @Test
    void expectedRangesMayBeMissingEmptyOrSeveral() {
        simulator.fault(Fault.on(Step.CREATE_SESSION).withoutNextExpectedRanges());
        simulator.fault(Fault.on(Step.FRAGMENT).nextExpectedRanges());
        simulator.fault(Fault.on(Step.SESSION_STATUS).nextExpectedRanges("327680-500000", "600000-"));
        assertThat(client.createSession("/y", GraphClient.behavior("replace")).body()).doesNotContain("nextExpectedRanges");
        assertThat(fragment(0).body()).contains("\"nextExpectedRanges\":[]");
        assertThat(next()).isEqualTo("[\"327680-500000\",\"600000-\"]");
    }

    @Test
    @Tag("S49")
    void theSessionMayExpire() {
        simulator.fault(Fault.on(Step.FRAGMENT).fragment(1).expireSession());
        fragment(0);
        assertError(fragment(1), 404, "itemNotFound");
        assertThat(simulator.openSessions()).isEmpty();
        assertThat(simulator.createdSessions()).isEqualTo(1);
    }

    @Test
    void theUploadUrlMayExpireInTwoForms() {
        simulator.fault(Fault.on(Step.FRAGMENT).expireUploadUrl());
        assertError(fragment(0), 401, "unauthenticated", "expiredToken");
        url = client.session("/y");
        simulator.fault(Fault.on(Step.FRAGMENT).forbidUploadUrl());
        assertError(fragment(0), 403, "accessDenied");
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S51")
    void usingTheOldUrlAfterRenewalIsAViolation() {
        simulator.fault(Fault.on(Step.FRAGMENT).expireSession());
        fragment(0);
        String old = url;
        url = client.session("/x");
        assertThat(fragment(0).statusCode()).isEqualTo(202);
        assertThat(client.cancel(old).statusCode()).isEqualTo(404);
        assertThat(simulator.violations()).isEmpty();
        assertError(client.fragment(old, file, UNIT, UNIT), 404, "itemNotFound");
        assertThat(simulator.violations()).anyMatch(v -> v.contains("old upload URL used"));
    }

    @Test
    void sendingToASessionThatWasReportedGoneIsAViolation() {
        simulator.fault(Fault.on(Step.FRAGMENT).expireSession());
        fragment(0);
        fragment(0);
        assertThat(simulator.violations()).anyMatch(v -> v.contains("already reported gone"));
    }

    @Test
    void aNewFragmentTakesOverFromOneThatHangs() {
        CountDownLatch release = new CountDownLatch(1);
        simulator.fault(Fault.on(Step.FRAGMENT).stallReading(release));
        CompletableFuture<HttpResponse<String>> hanging = CompletableFuture.supplyAsync(() -> fragment(0));
        await().until(() -> simulator.requests(Step.FRAGMENT).size() == 1);
        assertThat(fragment(0).statusCode()).isEqualTo(202);
        release.countDown();
        assertThat(hanging.join().statusCode()).isEqualTo(416);
        fragment(1);
        assertThat(fragment(2).statusCode()).isEqualTo(201);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(file);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void twoFragmentsOfOneSessionAtTheSameTimeAreAViolation() {
        CountDownLatch release = new CountDownLatch(1);
        InputStream slow = new SequenceInputStream(new ByteArrayInputStream(file, 0, UNIT / 2),
                new AwaitingStream(release, new ByteArrayInputStream(file, UNIT / 2, UNIT - UNIT / 2)));
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> client.fragment(url,
                "bytes 0-" + (UNIT - 1) + "/" + file.length,
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> slow), UNIT)));
        await().until(() -> simulator.requests(Step.FRAGMENT).stream().anyMatch(request -> request.bodyLength() > 0));
        assertThat(fragment(0).statusCode()).isEqualTo(202);
        release.countDown();
        assertThat(first.join().statusCode()).isEqualTo(416);
        assertThat(simulator.violations()).anyMatch(v -> v.contains("at the same time"));
    }

    /** Gives its bytes only after the latch. */
    private static final class AwaitingStream extends FilterInputStream {
        private final CountDownLatch release;

        AwaitingStream(CountDownLatch release, InputStream in) {
            super(in);
            this.release = release;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return super.read(buffer, offset, length);
        }
    }
}
