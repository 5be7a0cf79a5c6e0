package io.github.camelonedrive.simulator.internal.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** What Graph tolerates and a good client does not do, and the journal that proves it: statements 14, 59–64. */
class ClientConductTest extends SimulatorTestBase {
    private final AdjustableClock clock = AdjustableClock.stopped();

    private void startWithClock() {
        start(builder -> builder.clock(clock));
    }

    private void assertTooEarly() {
        assertThat(simulator.violations()).anyMatch(v -> v.contains("before Retry-After had passed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "curl/8.0", "ISV|Company", "XISV|Company|App/1.0"})
    void anUndecoratedUserAgentIsNoted(String userAgent) throws Exception {
        start();
        HttpRequest.Builder request = client.graph("/me/drive");
        client.sendPlain(userAgent.isEmpty() ? request.build() : request.header("User-Agent", userAgent).build());
        assertThat(simulator.violations()).singleElement().asString().contains("User-Agent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISV|Company|App/1.0", "NONISV|A Company|My App/2", "Apache-HttpClient/5.5 NONISV|Company|App/1.0"})
    void aDecoratedUserAgentIsFine(String userAgent) throws Exception {
        start();
        client.sendPlain(client.graph("/me/drive").header("User-Agent", userAgent).build());
        assertThat(simulator.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2.128", "Sun, 1 Mar 2026 08:00:02 GMT"})
    void comingBackBeforeRetryAfterIsNoted(String retryAfter) {
        startWithClock();
        simulator.fault(Fault.on(Step.DRIVE).throttle(retryAfter));
        client.get("/me/drive");
        clock.advance(Duration.ofMillis(1500));
        client.get("/me/drive");
        assertTooEarly();
    }

    @Test
    void comingBackAfterwardsIsFine() {
        startWithClock();
        simulator.fault(Fault.on(Step.DRIVE).throttle("2.128"));
        simulator.fault(Fault.on(Step.DRIVE).answer(503).header("Retry-After", "3"));
        simulator.fault(Fault.on(Step.DRIVE).answer(503));
        client.get("/me/drive");
        clock.advance(Duration.ofMillis(2128));
        client.get("/me/drive");
        clock.advance(Duration.ofSeconds(3));
        client.get("/me/drive");
        client.get("/me/drive");
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S62")
    void whileThrottledEveryOtherRequestIsNotedToo() {
        startWithClock();
        simulator.fault(Fault.on(Step.DRIVE).throttle("5"));
        client.get("/me/drive");
        clock.advance(Duration.ofSeconds(1));
        client.session("/x");
        assertTooEarly();
    }

    @Test
    void aRequestThatWasOnItsWayIsForgiven() {
        startWithClock();
        simulator.fault(Fault.on(Step.DRIVE).throttle("5"));
        client.get("/me/drive");
        clock.advance(Duration.ofMillis(100));
        client.get("/me/drive/root");
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void theSameRequestAtOnceIsNotForgiven() {
        startWithClock();
        simulator.fault(Fault.on(Step.DRIVE).throttle("5"));
        client.get("/me/drive");
        client.get("/me/drive");
        assertTooEarly();
    }

    @Test
    void theLongerOfRetryAfterAndRateLimitResetCounts() {
        startWithClock();
        simulator.fault(Fault.on(Step.DRIVE).throttle("1").rateLimit(100, 0, 10));
        client.get("/me/drive");
        clock.advance(Duration.ofSeconds(5));
        client.get("/me/drive");
        assertTooEarly();
    }

    @Test
    void loginAndGraphAreThrottledApart() {
        startWithClock();
        simulator.fault(Fault.on(Step.DRIVE).throttle("5"));
        client.get("/me/drive");
        clock.advance(Duration.ofSeconds(1));
        client.signIn();
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S64")
    void rateLimitHeadersComeFrom80PercentOnAnd429Beyond() {
        start(builder -> builder.clock(clock).requestBudget(10));
        for (int used = 1; used <= 10; used++) {
            Optional<String> remaining = client.get("/me/drive").headers().firstValue("RateLimit-Remaining");
            assertThat(remaining).isEqualTo(used < 8 ? Optional.empty() : Optional.of(Integer.toString(10 - used)));
        }
        var refused = client.get("/me/drive");
        assertError(refused, 429, "TooManyRequests");
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        clock.advance(Duration.ofSeconds(60));
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("S62")
    void theJournalKnowsEveryRequest() {
        startWithClock();
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(500));
        client.put("/me/drive/root:/a%20b.txt:/content?@microsoft.graph.conflictBehavior=fail", new byte[7]);
        RecordedRequest request = simulator.requests(Step.SIMPLE_UPLOAD).get(0);
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.path()).isEqualTo("/v1.0/me/drive/root:/a%20b.txt:/content");
        assertThat(request.query()).isEqualTo("@microsoft.graph.conflictBehavior=fail");
        assertThat(request.itemPath()).isEqualTo("/a b.txt");
        assertThat(request.bodyLength()).isEqualTo(7);
        assertThat(request.status()).isEqualTo(500);
        assertThat(request.time()).isEqualTo(clock.instant());
        assertThat(request.header("user-agent")).contains(GraphClient.USER_AGENT);
        assertThat(request.toString()).doesNotContain("Bearer", "tempauth", simulator.clientSecret());
        simulator.clearJournal();
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void everyAnswerHasARequestIdAndEchoesTheClients() {
        start();
        var answer = client.send(client.graph("/me/drive").header("client-request-id", "mine"));
        assertThat(answer.headers().firstValue("request-id")).isPresent();
        assertThat(answer.headers().firstValue("client-request-id")).contains("mine");
        assertThat(client.status(client.session("/x")).headers().firstValue("request-id")).isPresent();
    }

    @Test
    void listensOnLoopbackOnly() {
        start();
        assertThat(simulator.loginEndpoint().getHost()).isEqualTo("127.0.0.1");
        assertThat(URI.create(client.session("/x")).getHost()).isEqualTo("127.0.0.1");
    }
}
