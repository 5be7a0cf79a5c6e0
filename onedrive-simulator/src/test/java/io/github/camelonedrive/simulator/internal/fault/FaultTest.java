package io.github.camelonedrive.simulator.internal.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.StoredFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Which requests a rule meets, what is answered, and what happens to connections and tokens. */
class FaultTest extends SimulatorTestBase {
    private static final String X = "/me/drive/root:/a/x.txt:/content";
    private static final String Y = "/me/drive/root:/a/y.txt:/content";

    @BeforeEach
    void startPersonal() {
        start();
        simulator.createFolder("/a");
    }

    private int put(String path) {
        return client.put(path, new byte[] {1}).statusCode();
    }

    private void assertCut(String path) {
        assertThatThrownBy(() -> client.trySend(client.graph(path).PUT(BodyPublishers.ofByteArray(new byte[200_000]))))
                .isInstanceOf(IOException.class);
    }

    // --- which requests ---

    @Test
    void aRuleAppliesAsOftenAsItSays() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).times(2).answer(500));
        assertThat(new int[] {put(X), put(X), put(X)}).containsExactly(500, 500, 201);
    }

    @Test
    void aRuleMayStartLater() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).nth(2).answer(500));
        assertThat(new int[] {put(X), put(X), put(X)}).containsExactly(201, 500, 200);
    }

    @Test
    void aRuleMayApplyForGood() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).always().answer(500));
        assertThat(new int[] {put(X), put(X), put(X)}).containsOnly(500);
    }

    @Test
    void rulesAreConsumedInOrder() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(500));
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(502));
        assertThat(new int[] {put(X), put(X), put(X)}).containsExactly(500, 502, 201);
    }

    @Test
    void aRuleMeetsOneStepOnly() {
        simulator.fault(Fault.on(Step.CHILDREN).answer(500));
        assertThat(put(X)).isEqualTo(201);
        assertThat(client.get("/me/drive/root/children").statusCode()).isEqualTo(500);
    }

    @Test
    void aTestMayActBeforeARequestIsLookedAt() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).run(() -> simulator.putFile("/a/x.txt", new byte[] {2})));
        assertThat(put(X)).as("replaced").isEqualTo(200);
        assertThat(simulator.file("/a/x.txt").orElseThrow().versionCount()).isEqualTo(2);
    }

    @Test
    void aTestMayActBetweenAnEffectAndItsAnswer() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).afterEffect().run(() -> simulator.delete("/a/x.txt")));
        assertThat(put(X)).as("created").isEqualTo(201);
        assertThat(simulator.paths()).isEmpty();
    }

    @Test
    void aRuleMayMeetAnyStep() {
        simulator.fault(Fault.onAny().answer(500));
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(500);
    }

    @Test
    void aRuleMayMeetOneFileOnly() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).fileName("Y.TXT").answer(500));
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).path("/A/x.txt").answer(502));
        assertThat(new int[] {put(X), put(Y)}).containsExactly(502, 500);
    }

    @Test
    void aRuleMayLookAtTheRequestItself() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD)
                .when(request -> request.header("Content-Length").orElse("").equals("1")).answer(500));
        assertThat(client.put(X, new byte[2]).statusCode()).isEqualTo(201);
        assertThat(put(X)).isEqualTo(500);
    }

    @Test
    void aRuleMayMeetOneFragmentOnly() {
        simulator.fault(Fault.on(Step.FRAGMENT).fragment(1).answer(500));
        simulator.fault(Fault.on(Step.FRAGMENT).lastFragment().answer(502));
        byte[] file = GraphClient.bytes(3 * UNIT);
        String url = client.session("/x");
        assertThat(client.fragment(url, file, 0, UNIT).statusCode()).isEqualTo(202);
        assertThat(client.fragment(url, file, UNIT, UNIT).statusCode()).isEqualTo(500);
        assertThat(client.fragment(url, file, UNIT, UNIT).statusCode()).isEqualTo(202);
        assertThat(client.fragment(url, file, 2 * UNIT, UNIT).statusCode()).isEqualTo(502);
        assertThat(client.fragment(url, file, 2 * UNIT, UNIT).statusCode()).isEqualTo(201);
    }

    // --- what is answered ---

    @Test
    void anAnswerHasTheStatusHeadersAndErrorOfTheRule() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(423).header("X-Why", "locked")
                .error("notAllowed", "The file is locked.", "resourceLocked"));
        HttpResponse<String> answer = client.put(X, new byte[1]);
        assertError(answer, 423, "notAllowed", "resourceLocked");
        assertThat(answer.headers().firstValue("X-Why")).contains("locked");
        assertThat(answer.body()).contains("The file is locked.");
        assertThat(simulator.paths()).isEmpty();
    }

    @Test
    void anErrorWithoutDetailsHasTheUsualCode() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(507));
        assertError(client.put(X, new byte[1]), 507, "quotaLimitReached");
    }

    @Test
    void anAnswerMayBeHtmlGarbageOrNothing() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(502).html());
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(500).garbage());
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(500).emptyBody());
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(200).body("text/plain", "fine"));
        assertThat(client.put(X, new byte[1]).body()).startsWith("<html>");
        HttpResponse<String> garbage = client.put(X, new byte[1]);
        assertThatThrownBy(() -> GraphClient.json(garbage)).isNotNull();
        assertThat(client.put(X, new byte[1]).body()).isEmpty();
        assertThat(client.put(X, new byte[1]).body()).isEqualTo("fine");
    }

    @Test
    void anAnswerMayStopHalfway() {
        simulator.fault(Fault.on(Step.DRIVE).truncated());
        assertThatThrownBy(() -> client.trySend(client.graph("/me/drive"))).isInstanceOf(IOException.class);
    }

    @Test
    void theEffectMayComeBeforeTheError() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).afterEffect().answer(504));
        assertThat(put(X)).isEqualTo(504);
        assertThat(simulator.paths()).containsExactly("/a/x.txt");
    }

    @Test
    void theTokenEndpointAnswersInItsOwnShape() {
        simulator.fault(Fault.on(Step.TOKEN).answer(503).header("Retry-After", "1"));
        HttpResponse<String> answer = client.token("common", client.refreshForm());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(GraphClient.json(answer).path("error").asText()).isEqualTo("temporarily_unavailable");
    }

    @Test
    void theTokenEndpointMayRefuseForAnyReason() {
        simulator.fault(Fault.on(Step.TOKEN).answer(401).tokenError("invalid_client", 7000222, "The secret has expired."));
        HttpResponse<String> answer = client.token("common", client.refreshForm());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(GraphClient.json(answer).path("error").asText()).isEqualTo("invalid_client");
        assertThat(GraphClient.json(answer).path("error_description").asText()).startsWith("AADSTS7000222: The secret has");
    }

    // --- throttling ---

    @Test
    void throttlingComesInAllForms() {
        simulator.fault(Fault.on(Step.DRIVE).throttle("2"));
        simulator.fault(Fault.on(Step.DRIVE).throttle("2.128"));
        simulator.fault(Fault.on(Step.DRIVE).throttleUntil(Instant.parse("2026-03-01T08:00:00Z")));
        simulator.fault(Fault.on(Step.DRIVE).throttleWithoutRetryAfter().rateLimit(1250, 0, 7));
        assertThat(retryAfter()).isEqualTo("2");
        assertThat(retryAfter()).isEqualTo("2.128");
        assertThat(retryAfter()).isEqualTo("Sun, 1 Mar 2026 08:00:00 GMT");
        HttpResponse<String> last = client.get("/me/drive");
        assertThat(last.headers().firstValue("Retry-After")).isEmpty();
        assertThat(last.headers().firstValue("RateLimit-Reset")).contains("7");
        assertThat(last.headers().firstValue("RateLimit-Limit")).contains("1250");
    }

    private String retryAfter() {
        HttpResponse<String> answer = client.get("/me/drive");
        assertError(answer, 429, "TooManyRequests");
        return answer.headers().firstValue("Retry-After").orElseThrow();
    }

    @Test
    void anUploadUrlIsThrottledInSharePointsWords() {
        simulator.fault(Fault.on(Step.FRAGMENT).throttle("1"));
        assertError(client.upload(client.session("/x"), new byte[1], UNIT), 429, "activityLimitReached", "throttledRequest");
    }

    // --- the connection ---

    @Test
    void theConnectionMayBeCutBeforeWithinAndAfter() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).cutBefore());
        assertCut(X);
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).cutWithin(1000));
        assertCut(X);
        assertThat(simulator.paths()).isEmpty();
        assertThat(simulator.requests(Step.SIMPLE_UPLOAD).get(1).bodyLength()).isEqualTo(1000);
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).cutAfter());
        assertCut(X);
        assertThat(simulator.file("/a/x.txt").orElseThrow().size()).isEqualTo(200_000);
        assertThat(simulator.requests(Step.SIMPLE_UPLOAD)).allMatch(request -> request.status() == 0);
    }

    @Test
    void theConnectionMayStallForAWhile() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).stall(Duration.ofMillis(300)));
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).stallReading(Duration.ofMillis(300)));
        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            assertThat(put(X)).isBetween(200, 201);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void theConnectionMayStallUntilReleased() {
        CountDownLatch release = new CountDownLatch(1);
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).stall(release));
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> put(X));
        await().until(() -> simulator.requests(Step.SIMPLE_UPLOAD).size() == 1);
        assertThat(status).isNotDone();
        assertThat(simulator.paths()).isEmpty();
        release.countDown();
        assertThat(status.join()).isEqualTo(201);
    }

    @Test
    void theAnswerMayNeverCome() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).afterEffect().stall(new CountDownLatch(1)));
        HttpRequest.Builder put = client.graph(X).PUT(BodyPublishers.ofByteArray(new byte[1]));
        assertThatThrownBy(() -> client.sendPlain(put.timeout(Duration.ofMillis(500)).build()))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(simulator.paths()).containsExactly("/a/x.txt");
    }

    @Test
    void closingTheSimulatorEndsAStall() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).stall(new CountDownLatch(1)));
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> put(X));
        await().until(() -> simulator.requests(Step.SIMPLE_UPLOAD).size() == 1);
        simulator.close();
        await().until(status::isCompletedExceptionally);
    }

    // --- tokens ---

    @Test
    void theGrantMayBeRevokedInTheMiddle() {
        simulator.fault(Fault.on(Step.TOKEN).revokeGrant());
        HttpResponse<String> answer = client.token("common", client.refreshForm());
        assertThat(GraphClient.json(answer).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(put(X)).isEqualTo(201);
    }

    @Test
    void accessTokensMayExpireInTheMiddle() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).nth(2).expireAccessTokens());
        assertThat(new int[] {put(X), put(X)}).containsExactly(201, 401);
        client.signIn();
        assertThat(put(X)).isEqualTo(200);
    }

    // --- what is stored ---

    @Test
    void theHashMayBeWrongMissingOrLate() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).wrongHash());
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).missingHash());
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).hashAfterLookups(2));
        String real = GraphClient.json(client.put("/me/drive/root:/real:/content?@microsoft.graph.conflictBehavior=fail",
                new byte[] {5})).at("/file/hashes/quickXorHash").asText();

        assertThat(real).isNotEqualTo(simulator.file("/real").orElseThrow().quickXorHash()).hasSize(28);

        assertThat(hash(client.put(X, new byte[] {5}))).isEmpty();
        assertThat(hash(client.get("/me/drive/root:/a/x.txt"))).isEmpty();

        assertThat(hash(client.put(Y, new byte[] {5}))).isEmpty();
        assertThat(hash(client.get("/me/drive/root:/a/y.txt"))).isEmpty();
        assertThat(hash(client.get("/me/drive/root:/a/y.txt"))).isEmpty();
        assertThat(hash(client.get("/me/drive/root:/a/y.txt")))
                .isEqualTo(simulator.file("/a/y.txt").orElseThrow().quickXorHash());
    }

    private static String hash(HttpResponse<String> item) {
        return GraphClient.json(item).at("/file/hashes/quickXorHash").asText();
    }

    @Test
    void theContentMayBeDamaged() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).damageContent());
        HttpResponse<String> answer = client.put(X, new byte[] {4, 2});
        StoredFile stored = simulator.file("/a/x.txt").orElseThrow();
        assertThat(stored.bytes()).containsExactly(5, 2);
        simulator.putFile("/same", new byte[] {5, 2});
        assertThat(hash(answer)).isEqualTo(simulator.file("/same").orElseThrow().quickXorHash());
    }

    @Test
    void theContentMayBeRewritten() {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).rewriteContent());
        assertThat(GraphClient.json(client.put(X, new byte[] {4, 2})).path("size").asInt()).isGreaterThan(2);
    }

    @Test
    void aDocumentLibraryMayRewriteOfficeFilesByItself() {
        simulator.close();
        start(builder -> builder.accountType(AccountType.DOCUMENT_LIBRARY).rewriteOfficeFiles());
        client.put("/me/drive/root:/a.docx:/content", new byte[10]);
        client.put("/me/drive/root:/a.sql:/content", new byte[10]);
        assertThat(simulator.file("/a.docx").orElseThrow().size()).isGreaterThan(10);
        assertThat(simulator.file("/a.sql").orElseThrow().size()).isEqualTo(10);
    }

    @Test
    void latencyDelaysEveryAnswer() {
        simulator.close();
        start(builder -> builder.latency(Duration.ofMillis(200)));
        long start = System.nanoTime();
        client.send(HttpRequest.newBuilder(URI.create(simulator.graphEndpoint() + "/me/drive")));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
}
