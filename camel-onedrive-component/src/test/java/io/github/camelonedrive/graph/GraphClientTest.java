package io.github.camelonedrive.graph;

import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.transport.ThrottleGate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GraphClientTest {

    private static final Reply ITEM = Reply.json(200, "{\"id\":\"01A\",\"name\":\"a\"}");

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final GraphFixture graph = new GraphFixture(request -> {
        request.body();
        if (replies.isEmpty()) {
            return ITEM;
        }
        if (replies.peek().status() == 0) {
            replies.remove();
            throw new SocketException("Connection reset");
        }
        return replies.remove();
    });

    @Test
    void everyRequestToGraphCarriesTheTokenAndAnIdOfItsOwn() throws Exception {
        get();
        get();
        List<FakeHttp.Request> seen = graph.http.seen();
        assertThat(seen).allSatisfy(request -> {
            assertThat(request.url()).isEqualTo("https://graph.test/v1.0/me/drive/items/01A");
            assertThat(request.header("Authorization")).contains("Bearer test-access-token-1");
            assertThat(request.header("client-request-id").orElseThrow()).hasSize(36);
        });
        assertThat(seen.get(0).header("client-request-id")).isNotEqualTo(seen.get(1).header("client-request-id"));
    }

    @Test
    @Tag("C68")
    void anUnexpected401IsAnsweredByOneRefreshAndNoPause() throws Exception {
        replies.add(Reply.error(401, "InvalidAuthenticationToken"));
        assertThat(get().id()).isEqualTo("01A");
        assertThat(graph.tokens.replaced()).isEqualTo(1);
        assertThat(graph.http.seen().get(1).header("Authorization")).contains("Bearer test-access-token-2");
        assertThat(graph.time.sleeps()).isEmpty();
    }

    @Test
    @Tag("C68")
    void aSecond401IsAMatterOfSigningIn() {
        replies.add(Reply.error(401, "InvalidAuthenticationToken"));
        replies.add(Reply.error(401, "InvalidAuthenticationToken"));
        assertThatExceptionOfType(GraphException.Unauthenticated.class).isThrownBy(this::get)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN));
        assertThat(graph.http.seen()).hasSize(2);
        assertThat(graph.tokens.replaced()).isEqualTo(1);
    }

    @Test
    void aSecond401WithAClockThatIsOffSaysSo() {
        String theirs = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                graph.time.now().plus(Duration.ofMinutes(20)).atZone(ZoneOffset.UTC));
        replies.add(Reply.error(401, "InvalidAuthenticationToken").with("Date", theirs));
        replies.add(Reply.error(401, "InvalidAuthenticationToken").with("Date", theirs));
        assertThatExceptionOfType(GraphException.Unauthenticated.class).isThrownBy(this::get)
                .withMessageContaining("This machine's clock is 20 min behind Microsoft's.");
    }

    private static Reply challenge(String claims) {
        return Reply.error(401, "InvalidAuthenticationToken").with("WWW-Authenticate", ClaimsChallengeTest.header(claims));
    }

    @Test
    @Tag("C69")
    void aClaimsChallengeIsAnsweredOnceByATokenWithTheClaims() throws Exception {
        replies.add(challenge("{\"access_token\":{}}"));
        assertThat(get().id()).isEqualTo("01A");
        assertThat(graph.tokens.claims()).containsExactly("{\"access_token\":{}}");
        assertThat(graph.http.seen()).extracting(request -> request.header("Authorization").orElseThrow())
                .containsExactly("Bearer test-access-token-1", "Bearer test-access-token-2");
        assertThat(graph.time.sleeps()).isEmpty();
    }

    @Test
    void aSecondClaimsChallengeEndsWithAnExceptionThatSaysWhatToDo() {
        replies.add(challenge("{\"a\":1}"));
        replies.add(challenge("{\"a\":2}"));
        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(this::get)
                .withMessageContaining("'offsite'").withMessageContaining("Authorize the destination again")
                .withMessageContaining("administrator").withMessageContaining("TokenProvider.replace(refused, claims)")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN));
        assertThat(graph.tokens.claims()).containsExactly("{\"a\":1}");
        assertThat(graph.http.seen()).hasSize(2);
    }

    @Test
    void aChallengeOfTheTokenThatReplacedAnExpiredOneIsAnsweredToo() throws Exception {
        replies.add(Reply.error(401, "InvalidAuthenticationToken"));
        replies.add(challenge("{}"));
        assertThat(get().id()).isEqualTo("01A");
        assertThat(graph.tokens.claims()).containsExactly("{}");
        assertThat(graph.http.seen()).hasSize(3);
    }

    @Test
    void aPlain401AfterTheClaimsIsAMatterOfSigningIn() {
        replies.add(challenge("{}"));
        replies.add(Reply.error(401, "InvalidAuthenticationToken"));
        assertThatExceptionOfType(GraphException.Unauthenticated.class).isThrownBy(this::get);
        assertThat(graph.http.seen()).hasSize(2);
    }

    @Test
    void aChallengeAmongOtherHeadersIsFoundWhateverTheirOrder() throws Exception {
        String challenge = ClaimsChallengeTest.header("{}");
        replies.add(Reply.empty(401).with("WWW-Authenticate", "Negotiate").with("www-authenticate", challenge));
        get();
        replies.add(Reply.empty(401).with("WWW-Authenticate", challenge).with("www-authenticate", "Negotiate"));
        get();
        assertThat(graph.tokens.claims()).containsExactly("{}", "{}");
    }

    @Test
    void aChallengeThatMakesNoSenseIsAPlain401() throws Exception {
        replies.add(Reply.empty(401).with("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"%%%\""));
        get();
        assertThat(graph.tokens.claims()).isEmpty();
        assertThat(graph.tokens.replaced()).isEqualTo(1);
    }

    @Test
    void aTokenProviderThatKnowsNothingOfClaimsIsAskedForAnotherToken() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        TokenProvider simple = () -> new AccessToken(Secret.of("test-access-token-" + asked.incrementAndGet()), Instant.MAX);
        assertThat(simple.replace(simple.accessToken(), "{}").value().reveal()).isEqualTo("test-access-token-2");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 423, 429, 509, 0})
    @Tag("C47")
    void aPassingFailureIsTriedAgain(int status) throws Exception {
        replies.add(Reply.empty(status));
        replies.add(Reply.empty(status));
        assertThat(get().id()).isEqualTo("01A");
        assertThat(graph.http.seen()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 411, 412, 415, 422, 507, 302, 304})
    @Tag("C48")
    void aPermanentFailureIsNot(int status) {
        replies.add(Reply.empty(status));
        assertThatExceptionOfType(GraphException.class).isThrownBy(this::get)
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(status));
        assertThat(graph.http.seen()).hasSize(1);
        assertThat(graph.time.sleeps()).isEmpty();
    }

    @Test
    void patienceEndsWithTheLastFailure() {
        for (int i = 0; i < 10; i++) {
            replies.add(Reply.empty(503));
        }
        assertThatExceptionOfType(GraphException.Unavailable.class).isThrownBy(this::get);
        assertThat(graph.http.seen()).hasSize(1 + GraphFixture.RETRIES.maxRetries());
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7000", "429, 2.128, 2128", "503, 7, 7000", "509, 7, 7000", "500, 7, 7000",
        "429, 'Sun, 01 Mar 2026 08:00:20 GMT', 20000"})
    @Tag("C59")
    void retryAfterIsObeyedBeforeTheVeryNextRequest(int status, String retryAfter, long atLeast) throws Exception {
        replies.add(Reply.empty(status).with("Retry-After", retryAfter));
        get();
        assertThat(graph.time.slept()).isGreaterThanOrEqualTo(Duration.ofMillis(atLeast))
                .isLessThan(Duration.ofMillis(atLeast + 500));
    }

    @ParameterizedTest
    @CsvSource({"429, 'Sun, 01 Mar 2026 10:00:00 GMT', 'Sun, 01 Mar 2026 10:00:20 GMT'",
        "503, 'Sun, 01 Mar 2026 05:00:00 GMT', 'Sun, 01 Mar 2026 05:00:20 GMT'",
        "429, 'Fri, 01 Mar 2024 08:00:00 GMT', 'Fri, 01 Mar 2024 08:00:20 GMT'"})
    @Tag("C59")
    @Tag("C109")
    void call_retryAfterIsADate_isReadByTheResponsesOwnDate(int status, String date, String retryAfter) throws Exception {
        replies.add(Reply.empty(status).with("Date", date).with("Retry-After", retryAfter));
        get();
        assertThat(graph.time.slept()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31536000", "99999999999999999999", "Mon, 01 Mar 2027 08:00:00 GMT"})
    @Tag("C109")
    void call_retryAfterIsAYear_nextRequestGoesAfterAnHour(String retryAfter) throws Exception {
        replies.add(Reply.empty(429).with("Retry-After", retryAfter));
        assertThatExceptionOfType(ThrottledTooLongException.class).isThrownBy(this::get).withMessageContaining("3600 s");
        graph.time.pass(Duration.ofMinutes(59));
        assertThatExceptionOfType(ThrottledTooLongException.class).isThrownBy(() -> graph.client.giveUp(upload(), "X"))
                .withMessageContaining(" 60 s");
        assertThat(graph.http.seen()).hasSize(1);
        graph.time.pass(Duration.ofMinutes(1));
        get();
        get();
        assertThat(graph.http.seen()).hasSize(3);
    }

    /** A request of each kind, as the one that goes first after an hour. */
    private enum Probe {
        CALL(graph -> graph.client.attempt("GET", "/me/drive", null, Map.of(), "X")),
        UPLOAD(graph -> graph.client.preauthenticated("PUT", upload(), null, Map.of(), "X")),
        MONITOR(graph -> graph.client.monitor(upload(), "X")),
        DOWNLOAD(graph -> graph.client.download(upload(), "X", (head, body) -> body.readAllBytes())),
        OPEN(graph -> graph.client.open(upload(), Map.of(), "X").close());

        private final Request request;

        Probe(Request request) {
            this.request = request;
        }

        private interface Request {
            void send(GraphFixture graph) throws Exception;
        }
    }

    private static PreauthenticatedUrl upload() throws UnexpectedAnswerException {
        return PreauthenticatedUrl.of("https://upload.test/session?t=1", false);
    }

    @ParameterizedTest
    @EnumSource(Probe.class)
    @Tag("C109")
    void probe_taken_opensTheGateForAll(Probe probe) throws Exception {
        graph.gate.closeFor(Duration.ofDays(365));
        graph.time.pass(ThrottleGate.LONGEST);
        probe.request.send(graph);
        assertThat(graph.gate.pass(Duration.ZERO)).isPresent();
        assertThat(graph.gate.pass(Duration.ZERO)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Probe.class)
    @Tag("C109")
    void probe_throttledOrWithoutResponse_keepsTheOthersBack(Probe probe) throws Exception {
        graph.gate.closeFor(Duration.ofDays(365));
        graph.time.pass(ThrottleGate.LONGEST);
        replies.add(Reply.empty(0));
        assertThatExceptionOfType(ConnectionFailedException.class).isThrownBy(() -> probe.request.send(graph));
        replies.add(Reply.empty(503).with("Retry-After", "31536000"));
        assertThatExceptionOfType(GraphException.Unavailable.class).isThrownBy(() -> probe.request.send(graph));
        assertThat(graph.gate.remaining()).isEqualTo(ThrottleGate.LONGEST);
        graph.time.pass(ThrottleGate.LONGEST);
        replies.add(Reply.error(404, "itemNotFound"));
        assertThatExceptionOfType(GraphException.NotFound.class).isThrownBy(() -> probe.request.send(graph));
        assertThat(graph.gate.pass(Duration.ZERO)).isPresent();
        assertThat(graph.gate.pass(Duration.ZERO)).isPresent();
    }

    @Test
    void theLongerOfRetryAfterAndRateLimitResetIsObeyed() throws Exception {
        replies.add(Reply.empty(429).with("Retry-After", "7").with("RateLimit-Reset", "31"));
        get();
        assertThat(graph.time.slept()).isEqualTo(Duration.ofSeconds(31));
    }

    @Test
    @Tag("C64")
    void rateLimitHeadersOfASuccessChangeNothing() throws Exception {
        replies.add(Reply.json(200, "{\"id\":\"x\"}").with("RateLimit-Limit", "1250").with("RateLimit-Remaining", "3")
                .with("RateLimit-Reset", "31"));
        get();
        get();
        assertThat(graph.time.sleeps()).isEmpty();
    }

    @Test
    void oneThrottledRequestHoldsUpAllOthersOfTheAccount() throws Exception {
        replies.add(Reply.empty(429).with("Retry-After", "60"));
        assertThatExceptionOfType(GraphException.Throttled.class)
                .isThrownBy(() -> graph.client.attempt("GET", "/me/drive", null, Map.of(), "X"));
        graph.client.attempt("GET", "/me/drive/items/other", null, Map.of(), "Y");
        assertThat(graph.time.slept()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void call_throttledWhileTheTokenIsFetched_waits() throws Exception {
        graph.tokens.duringNext(() -> graph.gate.closeFor(Duration.ofSeconds(60)));
        graph.tokens.duringNext(() -> graph.gate.closeFor(Duration.ofSeconds(7)));
        get();
        assertThat(graph.time.sleeps()).containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(7));
        assertThat(graph.http.seen()).hasSize(1);
    }

    @Test
    void call_throttledForLongWhileTheTokenIsFetched_fails() {
        graph.tokens.duringNext(() -> graph.gate.closeFor(Duration.ofMinutes(30)));
        assertThatExceptionOfType(ThrottledTooLongException.class).isThrownBy(this::get).withMessageContaining("1800 s");
        assertThat(graph.http.seen()).isEmpty();
    }

    @Test
    void call_throttledWhileTheTokenIsReplaced_waits() throws Exception {
        replies.add(Reply.error(401, "InvalidAuthenticationToken"));
        graph.tokens.duringNext(() -> { });
        graph.tokens.duringNext(() -> graph.gate.closeFor(Duration.ofSeconds(60)));
        get();
        assertThat(graph.time.sleeps()).containsExactly(Duration.ofSeconds(60));
        assertThat(graph.http.seen()).hasSize(2);
    }

    /** Another request goes first then. */
    @Test
    void probe_throttledWhileTheTokenIsFetched_keepsTheOthersBackUntilItIsSent() throws Exception {
        graph.gate.closeFor(ThrottleGate.LONGEST);
        graph.time.pass(ThrottleGate.LONGEST);
        graph.tokens.duringNext(() -> graph.gate.closeFor(Duration.ofSeconds(60)));
        get();
        assertThat(graph.time.sleeps()).containsExactly(Duration.ofSeconds(60));
        assertThat(graph.gate.pass(Duration.ZERO)).isPresent();
        assertThat(graph.gate.pass(Duration.ZERO)).isPresent();
    }

    @Test
    @Tag("C61")
    void beingThrottledWithoutAFigureHoldsUpOthersToo() throws Exception {
        replies.add(Reply.empty(429));
        graph.time.whileSleeping(slept -> assertThat(graph.gate.remaining()).isZero());
        get();
        assertThat(graph.time.sleeps()).hasSize(1);
    }

    @Test
    void aWaitBeyondMaxThrottleWaitFailsAtOnceAndSaysSo() {
        replies.add(Reply.empty(429).with("Retry-After", "3600"));
        assertThatExceptionOfType(ThrottledTooLongException.class).isThrownBy(this::get)
                .withMessageContaining("3600 s").withMessageContaining("300 s").withMessageContaining("maxThrottleWait")
                .withCauseInstanceOf(GraphException.Throttled.class);
        assertThat(graph.time.sleeps()).isEmpty();
        assertThat(graph.http.seen()).hasSize(1);
    }

    @Test
    void soDoesARequestThatComesAfterwards() {
        graph.gate.closeFor(Duration.ofHours(1));
        assertThatExceptionOfType(ThrottledTooLongException.class).isThrownBy(this::get).withMessageContaining("3600 s");
        assertThat(graph.time.sleeps()).isEmpty();
        assertThat(graph.http.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Sign in to the guest network</html>", "{}", "[1,2]", "null", "{\"id\":\"", "\"x\""})
    void aSuccessThatMakesNoSenseIsTriedAgainAndThenReported(String body) {
        for (int i = 0; i < 10; i++) {
            replies.add(Reply.json(200, body));
        }
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(this::get);
    }

    @Test
    void anErrorInHtmlIsAnErrorAllTheSame() {
        replies.add(Reply.json(403, "<html>blocked by proxy</html>"));
        assertThatExceptionOfType(GraphException.AccessDenied.class).isThrownBy(this::get)
                .satisfies(failure -> assertThat(failure.code()).isEmpty());
    }

    @Test
    void aBrokenConnectionNamesTheHostAndWhatToCheck() {
        for (int i = 0; i < 10; i++) {
            replies.add(Reply.empty(0));
        }
        assertThatExceptionOfType(ConnectionFailedException.class).isThrownBy(this::get)
                .withMessageContaining("graph.test").withMessageContaining("Connection reset");
    }

    @Test
    void anInterruptBeforeARequestEndsIt() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::get);
        assertThat(graph.http.seen()).isEmpty();
    }

    @Test
    void anInterruptWhilePausingEndsIt() {
        replies.add(Reply.empty(503).with("Retry-After", "60"));
        graph.time.whileSleeping(slept -> {
            throw new InterruptedException();
        });
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::get);
        assertThat(graph.http.seen()).hasSize(1);
    }

    @Test
    @Tag("C8")
    @Tag("C71")
    void allPagesOfAListingAreReadAndTheirLinksAreUsedAsTheyCame() throws Exception {
        replies.add(Reply.json(200, "{\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"@odata.nextLink\":"
                + "\"https://graph.test/v1.0/drives/b!F/items/01/children?$top=1&$skiptoken='a'%2Bb\"}"));
        replies.add(Reply.json(200, "{\"value\":[],\"@odata.nextLink\":\"https://graph.test/v1.0/x?$skiptoken=2\"}"));
        replies.add(Reply.json(200, "{\"value\":[{\"id\":\"3\"}]}"));
        assertThat(graph.items.children(ItemPath.ROOT)).extracting(DriveItem::id).containsExactly("1", "2", "3");
        assertThat(graph.http.seen()).extracting(FakeHttp.Request::target).containsExactly("/v1.0/me/drive/root/children",
                "/v1.0/drives/b!F/items/01/children?$top=1&$skiptoken='a'%2Bb", "/v1.0/x?$skiptoken=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.test/v1.0/x", "http://graph.test/v1.0/x", "https://graph.test/v1.0evil/x",
        "https://graph.test.evil/v1.0/x", "/v1.0/x"})
    void aNextPageElsewhereGetsNoToken(String link) {
        replies.add(Reply.json(200, "{\"value\":[],\"@odata.nextLink\":\"" + link + "\"}"));
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(() -> graph.items.children(ItemPath.ROOT));
        assertThat(graph.http.seen()).hasSize(1);
    }

    @Test
    void contentIsReadFromTheRedirectWithoutTheToken() throws Exception {
        String place = "https://files.test/download.aspx?UniqueId=1&tempauth='x'%2By";
        replies.add(Reply.empty(302).with("Location", place));
        replies.add(Reply.json(200, "the content"));
        StringBuilder read = new StringBuilder();
        graph.items.readContent("01A", content -> read.append(new String(content.readAllBytes())));
        assertThat(read).hasToString("the content");
        FakeHttp.Request download = graph.http.seen().get(1);
        assertThat(download.url()).isEqualTo(place);
        assertThat(download.headerNames()).doesNotContain("authorization");
    }

    @Test
    void aRedirectFromTheRedirectIsNoContent() {
        replies.add(Reply.empty(302).with("Location", "https://files.test/1"));
        replies.add(Reply.empty(302).with("Location", "https://files.test/2"));
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> graph.items.readContent("01A", content -> {
                })).satisfies(failure -> assertThat(failure.status()).isEqualTo(302));
    }

    @Test
    void contentOverPlainHttpIsNotFetched() {
        replies.add(Reply.empty(302).with("Location", "http://files.test/1"));
        assertThatExceptionOfType(UnexpectedAnswerException.class)
                .isThrownBy(() -> graph.items.readContent("01A", content -> {
                }));
        assertThat(graph.http.seen()).hasSize(1);
    }

    @Test
    void anAnswerThatMakesNoSenseIsAskedForAgain() throws Exception {
        replies.add(Reply.json(200, "<html>Please sign in to the guest network</html>"));
        replies.add(Reply.json(200, "{}"));
        assertThat(get().id()).isEqualTo("01A");
        assertThat(graph.http.seen()).hasSize(3);
    }

    @Test
    void answersThatNeverMakeSenseAreSaidSoWithWhatWasAskedFor() {
        for (int i = 0; i < 5; i++) {
            replies.add(Reply.json(200, "{}"));
        }
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(this::get)
                .withMessageStartingWith("Looking up the item with the id '01A' in 'offsite' failed");
        assertThat(graph.http.seen()).hasSize(5);
    }

    @Test
    void aListingWithoutAListIsNoEmptyFolder() throws Exception {
        replies.add(Reply.json(200, "{}"));
        replies.add(Reply.json(200, "{\"value\":[{\"id\":\"1\"}]}"));
        assertThat(graph.items.children(ItemPath.ROOT)).extracting(DriveItem::id).containsExactly("1");
    }

    private DriveItem get() throws Exception {
        return graph.items.get("01A");
    }
}
