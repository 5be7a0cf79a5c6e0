package io.github.camelonedrive.graph;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.transport.Endpoints;
import io.github.camelonedrive.transport.RetryBudget;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.transport.ThrottleGate;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Requests of one account. Every one waits at the account's gate first, every answer is checked, a throttled one closes the
 * gate for all, and an unexpected 401 of Graph's is answered by one token refresh (statement 68). Safe for many threads.
 */
public final class GraphClient {

    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** A request to Graph itself. @param path from the endpoint, encoded, with its query; @param body JSON, or null */
    GraphAnswer call(String method, String path, JsonNode body, String purpose)
            throws OneDriveException, InterruptedException {
        Patience patience = patience((pause, reason) -> {
        });
        while (true) {
            try {
                return attempt(method, path, body == null ? null : json(body), Map.of(), purpose);
            } catch (OneDriveException e) {
                patience.pauseOrFail(e);
            }
        }
    }

    /** As {@link #call}, but once: the caller decides what a failure means. */
    GraphAnswer attempt(String method, String path, HttpEntity body, Map<String, String> headers, String purpose)
            throws OneDriveException, InterruptedException {
        gate.await();
        AccessToken token = tokens.accessToken();
        try {
            return attempt(method, path, body, headers, purpose, token);
        } catch (GraphException.Unauthenticated refused) {
            AccessToken newer = tokens.replace(token);
            gate.await();
            return attempt(method, path, body, headers, purpose, newer);
        }
    }

    private GraphAnswer attempt(
            String method, String path, HttpEntity body, Map<String, String> headers, String purpose, AccessToken token)
            throws OneDriveException, InterruptedException {
        HttpUriRequestBase request = HttpSender.request(method, endpoint.getScheme(),
                new URIAuthority(endpoint.getHost(), endpoint.getPort()), endpoint.getRawPath() + path);
        request.setHeader("Authorization", "Bearer " + token.value().reveal());
        request.setHeader("Accept", "application/json");
        request.setHeader("client-request-id", UUID.randomUUID().toString());
        headers.forEach(request::setHeader);
        return checked(sender.send(request, body, purpose), purpose);
    }

    /** A request to an upload URL: once, never with {@code Authorization} (statement 11). */
    GraphAnswer preauthenticated(
            String method, PreauthenticatedUrl url, HttpEntity body, Map<String, String> headers, String purpose)
            throws OneDriveException, InterruptedException {
        gate.await();
        HttpUriRequestBase request = HttpSender.request(method, url.scheme(), url.authority(), url.target());
        headers.forEach(request::setHeader);
        return checked(sender.send(request, body, purpose), purpose);
    }

    /** Reads what a pre-authenticated address holds, once. */
    GraphAnswer download(PreauthenticatedUrl url, String purpose, HttpSender.BodyReader reader)
            throws OneDriveException, InterruptedException {
        gate.await();
        HttpUriRequestBase request = HttpSender.request("GET", url.scheme(), url.authority(), url.target());
        return checked(sender.send(request, null, purpose, reader), purpose);
    }

    /** An address that Graph gave out for a next page: absolute, used as it came, but still Graph's and so with a token. */
    String pathOfLink(String link) throws UnexpectedAnswerException {
        String prefix = endpoint.toString();
        if (!link.startsWith(prefix + "/")) {
            throw new UnexpectedAnswerException("OneDrive handed out a next page on another host; it was not followed.");
        }
        return link.substring(prefix.length());
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
        if (answer.isSuccess() || answer.status() == 302) {
            return answer;
        }
        GraphException failure = GraphException.of(purpose, answer);
        answer.retryAfter().filter(wait -> asksToStayAway(failure)).ifPresent(gate::closeFor);
        throw failure;
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
