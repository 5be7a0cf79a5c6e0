package io.github.camelonedrive.simulator;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelonedrive.simulator.internal.http.PercentCoding;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests of interactive sign-in share: forms, and a client that is not signed in yet. */
public abstract class SignInTestBase extends SimulatorTestBase {
    protected static final String SCOPES = "Files.ReadWrite.All User.Read offline_access";
    protected static final String REDIRECT = "http://localhost:54321/";
    protected static final String VERIFIER = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ-._~";

    protected final AdjustableClock clock = AdjustableClock.stopped();

    protected void startSignedOut(UnaryOperator<OneDriveSimulatorBuilder> configuration) {
        simulator = configuration.apply(OneDriveSimulator.builder().clock(clock)).start();
        client = new GraphClient(simulator);
    }

    protected static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    protected HttpResponse<String> post(String path, Map<String, String> form) {
        return client.send(HttpRequest.newBuilder(URI.create(simulator.loginEndpoint() + path))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(encode(form))));
    }

    protected static String s256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The parameters of a good authorization request. */
    protected Map<String, String> question() {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("client_id", simulator.clientId());
        question.put("response_type", "code");
        question.put("redirect_uri", REDIRECT);
        question.put("scope", SCOPES);
        question.put("state", "a b+c/=&%~ü");
        question.put("code_challenge", s256(VERIFIER));
        question.put("code_challenge_method", "S256");
        return question;
    }

    protected HttpResponse<String> authorize(Map<String, String> question) {
        return authorize("common", question);
    }

    protected HttpResponse<String> authorize(String tenant, Map<String, String> question) {
        return client.send(HttpRequest.newBuilder(URI.create(simulator.loginEndpoint() + "/" + tenant
                + "/oauth2/v2.0/authorize?" + encode(question))).GET());
    }

    /** What the browser is sent back with. */
    protected static Map<String, String> redirected(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(REDIRECT + "?");
        return PercentCoding.parameters(location.substring(REDIRECT.length() + 1));
    }

    protected Map<String, String> codeForm(String code) {
        Map<String, String> form = client.refreshForm();
        form.remove("refresh_token");
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("code_verifier", VERIFIER);
        return form;
    }

    protected static void assertTokenError(HttpResponse<String> response, int status, String error, int aadsts) {
        JsonNode json = GraphClient.json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json.path("error").asText()).as(response.body()).isEqualTo(error);
        assertThat(json.path("error_codes").get(0).asInt()).as(response.body()).isEqualTo(aadsts);
    }
}
