package io.github.camelonedrive.graph;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIAuthority;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.transport.Endpoints;
import io.github.camelonedrive.transport.RetryBudget;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.transport.ThrottleGate;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Requests of one account. Every one waits at the account's gate first, every answer is checked, a throttled one closes the
 * gate for all, an unexpected 401 of Graph's is answered by one token refresh (statement 68), and a claims challenge by one
 * with the claims (statement 69). Safe for many threads.
 */
public final class GraphClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RetrySettings WHEN_GIVING_UP = new RetrySettings(2, Duration.ofSeconds(1), Duration.ofSeconds(10));

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final HttpSender sender;
    private final URI endpoint;
    private final TokenProvider tokens;
    private final ThrottleGate gate;
    private final RetrySettings retries;
    private final TimeSource time;
    private final RandomGenerator random;

    /**
     * @param client   sends without redirects, retries, cookies or authentication of its own
     * @param endpoint Graph's v1.0 endpoint, without a trailing slash, already checked by {@link Endpoints}
     */
    public GraphClient(HttpClient client, URI endpoint, TokenProvider tokens, ThrottleGate gate, RetrySettings retries,
                       TimeSource time, RandomGenerator random) {
        this.sender = new HttpSender(client, time);
        this.endpoint = endpoint;
        this.tokens = tokens;
        this.gate = gate;
        this.retries = retries;
        this.time = time;
        this.random = random;
    }

    private GraphClient(GraphClient other, RetrySettings retries) {
        this.sender = other.sender;
        this.endpoint = other.endpoint;
        this.tokens = other.tokens;
        this.gate = other.gate;
        this.retries = retries;
        this.time = other.time;
        this.random = other.random;
    }

    /** The same client for what is done on the way out: it tries each request twice more and waits ten seconds at most. */
    GraphClient inAHurry() {
        return new GraphClient(this, WHEN_GIVING_UP);
    }

    /** Makes of a successful answer what it stands for. */
    @FunctionalInterface
    interface AnswerReader<T> {

        /** @throws UnexpectedAnswerException when it makes no sense; the request is then tried again */
        T read(GraphAnswer answer, String purpose) throws UnexpectedAnswerException;
    }

    /** A request to Graph itself. @param path from the endpoint, encoded, with its query; @param body JSON, or null */
    <T> T call(String method, String path, JsonNode body, String purpose, AnswerReader<T> reader)
            throws OneDriveException, InterruptedException {
        return patiently(method, path, body == null ? null : json(body), purpose, reader);
    }

    /** As {@link #call}, with any body that can be sent again; null for none. */
    <T> T patiently(String method, String path, HttpEntity body, String purpose, AnswerReader<T> reader)
            throws OneDriveException, InterruptedException {
        return patiently(method, path, body, Map.of(), purpose, reader);
    }

    /** As {@link #patiently(String, String, HttpEntity, String, AnswerReader)}, with further headers. */
    <T> T patiently(
            String method, String path, HttpEntity body, Map<String, String> headers, String purpose, AnswerReader<T> reader)
            throws OneDriveException, InterruptedException {
        Patience patience = patience((pause, reason) -> {
        });
        while (true) {
            try {
                return reader.read(attempt(method, path, body, headers, purpose), purpose);
            } catch (OneDriveException e) {
                patience.pauseOrFail(e);
            }
        }
    }

    /**
     * As {@link #call}, for a GET to which 410 is an answer and no failure, because it says where to start anew (statement 78).
     */
    <T> T callUnlessGone(String path, String purpose, AnswerReader<T> reader, AnswerReader<T> whenGone)
            throws OneDriveException, InterruptedException {
        Patience patience = patience((pause, reason) -> {
        });
        while (true) {
            try {
                GraphAnswer answer = authorized("GET", path, null, Map.of(), purpose);
                return answer.status() == 410 ? whenGone.read(answer, purpose) : reader.read(checked(answer, purpose), purpose);
            } catch (OneDriveException e) {
                patience.pauseOrFail(e);
            }
        }
    }

    /** As {@link #call}, but once: the caller decides what a failure means. */
    GraphAnswer attempt(String method, String path, HttpEntity body, Map<String, String> headers, String purpose)
            throws OneDriveException, InterruptedException {
        return checked(authorized(method, path, body, headers, purpose), purpose);
    }

    /** Asks Graph once for an address at which a pre-authenticated one is handed out by redirect; does not follow it. */
    PreauthenticatedUrl redirect(String path, String purpose) throws OneDriveException, InterruptedException {
        GraphAnswer answer = authorized("GET", path, null, Map.of(), purpose);
        if (isRedirect(answer)) {
            return preauthenticated(answer.header("location").orElse(""));
        }
        checked(answer, purpose);
        throw new UnexpectedAnswerException(purpose + " failed: OneDrive named no place to read from.");
    }

    private GraphAnswer authorized(String method, String path, HttpEntity body, Map<String, String> headers, String purpose)
            throws OneDriveException, InterruptedException {
        AccessToken token = null;
        GraphAnswer answer = null;
        while (answer == null) {
            try (ThrottleGate.Passage passage = passGate(retries.maxThrottleWait(), purpose)) {
                token = tokens.accessToken();
                // A sign-in may have taken long: the gate may be closed by now.
                if (passage.isOpen()) {
                    answer = noted(send(method, path, body, headers, purpose, token), passage, purpose);
                }
            }
        }
        if (answer.status() == 401 && ClaimsChallenge.in(answer).isEmpty()) {
            token = tokens.replace(token);
            answer = sendAgain(method, path, body, headers, purpose, token);
        }
        Optional<String> claims = ClaimsChallenge.in(answer);
        if (claims.isEmpty()) {
            return answer;
        }
        answer = sendAgain(method, path, body, headers, purpose, tokens.replace(token, claims.get()));
        if (ClaimsChallenge.in(answer).isPresent()) {
            throw AuthenticationException.claimsNotMet(purpose);
        }
        return answer;
    }

    private GraphAnswer sendAgain(
            String method, String path, HttpEntity body, Map<String, String> headers, String purpose, AccessToken newer)
            throws OneDriveException, InterruptedException {
        try (ThrottleGate.Passage passage = passGate(retries.maxThrottleWait(), purpose)) {
            return noted(send(method, path, body, headers, purpose, newer), passage, purpose);
        }
    }

    private GraphAnswer send(
            String method, String path, HttpEntity body, Map<String, String> headers, String purpose, AccessToken token)
            throws OneDriveException, InterruptedException {
        HttpUriRequestBase request = HttpSender.request(method, endpoint.getScheme(),
                new URIAuthority(endpoint.getHost(), endpoint.getPort()), endpoint.getRawPath() + path);
        request.setHeader("Authorization", "Bearer " + token.value().reveal());
        request.setHeader("Accept", "application/json");
        request.setHeader("client-request-id", UUID.randomUUID().toString());
        headers.forEach(request::setHeader);
        return sender.send(request, body, purpose);
    }

    /** A request to an upload URL: once, never with {@code Authorization} (statement 11). */
    GraphAnswer preauthenticated(
            String method, PreauthenticatedUrl url, HttpEntity body, Map<String, String> headers, String purpose)
            throws OneDriveException, InterruptedException {
        return preauthenticated(method, url, body, headers, retries.maxThrottleWait(), purpose, null);
    }

    /**
     * Ends what an upload URL stands for. It is done on the way out, so nobody waits long for it: after two more tries, after
     * some ten seconds, or while the service wants to be left alone for longer, the session is left to expire.
     */
    void giveUp(PreauthenticatedUrl url, String purpose) throws OneDriveException, InterruptedException {
        long started = time.nanoTime();
        RetryBudget budget = new RetryBudget(WHEN_GIVING_UP, random);
        Patience patience = new Patience(WHEN_GIVING_UP, budget, gate, time, (pause, reason) -> {
        });
        while (true) {
            try {
                preauthenticated("DELETE", url, null, Map.of(), WHEN_GIVING_UP.maxThrottleWait(), purpose, null);
                return;
            } catch (OneDriveException failure) {
                if (time.nanoTime() - started > WHEN_GIVING_UP.maxThrottleWait().toNanos()) {
                    throw failure;
                }
                patience.pauseOrFail(failure);
            }
        }
    }

    /**
     * Asks once how something that goes on in OneDrive stands; never with {@code Authorization} (statement 12). A 303, which
     * says that it is done, is an answer and not followed (statement 76).
     */
    GraphAnswer monitor(PreauthenticatedUrl url, String purpose) throws OneDriveException, InterruptedException {
        try (ThrottleGate.Passage passage = passGate(retries.maxThrottleWait(), purpose)) {
            GraphAnswer answer = noted(sender.send(
                    HttpSender.request("GET", url.scheme(), url.authority(), url.target()), null, purpose), passage, purpose);
            return answer.status() == 303 ? answer : checked(answer, purpose);
        }
    }

    /** Reads what a pre-authenticated address holds, once. */
    GraphAnswer download(PreauthenticatedUrl url, String purpose, HttpSender.BodyReader reader)
            throws OneDriveException, InterruptedException {
        return preauthenticated("GET", url, null, Map.of(), retries.maxThrottleWait(), purpose, reader);
    }

    /**
     * Opens what a pre-authenticated address holds, once; its body is the caller's to read and to close. Redirects are followed
     * as the first one was: without the token (statement 12), and only to addresses that keep the content secret.
     */
    OpenAnswer open(PreauthenticatedUrl url, Map<String, String> headers, String purpose)
            throws OneDriveException, InterruptedException {
        PreauthenticatedUrl place = url;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpUriRequestBase request = HttpSender.request("GET", place.scheme(), place.authority(), place.target());
            headers.forEach(request::setHeader);
            OpenAnswer answer;
            try (ThrottleGate.Passage passage = passGate(retries.maxThrottleWait(), purpose)) {
                answer = sender.open(request, purpose);
                noted(answer.head(), passage, purpose);
            }
            if (!isRedirect(answer.head())) {
                checked(answer.head(), purpose);
                return answer;
            }
            place = place.redirected(answer.head().header("location").orElse(""), Endpoints.isHttpOnLoopback(endpoint));
        }
        throw new UnexpectedAnswerException(purpose + " failed: it was redirected more than " + MOST_REDIRECTS + " times.");
    }

    private static boolean isRedirect(GraphAnswer answer) {
        return REDIRECTS.contains(answer.status());
    }

    private GraphAnswer preauthenticated(String method, PreauthenticatedUrl url, HttpEntity body, Map<String, String> headers,
                                         Duration longest, String purpose, HttpSender.BodyReader reader)
            throws OneDriveException, InterruptedException {
        HttpUriRequestBase request = HttpSender.request(method, url.scheme(), url.authority(), url.target());
        headers.forEach(request::setHeader);
        try (ThrottleGate.Passage passage = passGate(longest, purpose)) {
            HttpSender.BodyReader noting = reader == null ? null : (head, content) -> {
                passage.taken();
                reader.read(head, content);
            };
            return checked(noted(sender.send(request, body, purpose, noting), passage, purpose), purpose);
        }
    }

    /** When one request is throttled, all of the account wait; but not for longer than configured. */
    private ThrottleGate.Passage passGate(Duration longest, String purpose) throws OneDriveException, InterruptedException {
        Optional<ThrottleGate.Passage> passage = gate.pass(longest);
        if (passage.isEmpty()) {
            throw new ThrottledTooLongException(purpose, gate.remaining(), longest);
        }
        return passage.get();
    }

    /** Closes the gate for a response that asks for no more requests; any other response shows that it is open. */
    private GraphAnswer noted(GraphAnswer answer, ThrottleGate.Passage passage, String purpose) {
        if (answer.status() < 400 || !asksToStayAway(GraphException.of(purpose, answer))) {
            passage.taken();
        } else {
            answer.retryAfter().ifPresent(gate::closeFor);
        }
        return answer;
    }

    /** An address that Graph gave out for a next page: absolute, used as it came, but still Graph's and so with a token. */
    String pathOfLink(String link) throws UnexpectedAnswerException {
        if (!ownsLink(link)) {
            throw new UnexpectedAnswerException("OneDrive handed out a next page on another host; it was not followed.");
        }
        return link.substring(endpoint.toString().length());
    }

    /** Whether an address is one of the Graph endpoint's own, which alone gets our token. */
    boolean ownsLink(String link) {
        return link.startsWith(endpoint + "/");
    }

    PreauthenticatedUrl preauthenticated(String url) throws UnexpectedAnswerException {
        return PreauthenticatedUrl.of(url, Endpoints.isHttpOnLoopback(endpoint));
    }

    /** Patience for one operation of this account. */
    public Patience patience(Patience.PauseListener listener) {
        return new Patience(retries, new RetryBudget(retries, random), gate, time, listener);
    }

    /** The account's time. */
    public TimeSource time() {
        return time;
    }

    private GraphAnswer checked(GraphAnswer answer, String purpose) throws GraphException {
        if (answer.isSuccess()) {
            return answer;
        }
        throw GraphException.of(purpose, answer, time.now());
    }

    private static boolean asksToStayAway(GraphException failure) {
        return failure instanceof GraphException.Throttled || failure instanceof GraphException.Unavailable;
    }

    static HttpEntity json(JsonNode body) {
        try {
            return new ByteArrayEntity(JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8),
                    ContentType.APPLICATION_JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
