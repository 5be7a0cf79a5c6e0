package io.github.camelonedrive.simulator.internal.identity;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 10, 81–92. */
class TokenEndpointTest extends SimulatorTestBase {

    private HttpResponse<String> refreshWith(String name, String value) {
        Map<String, String> form = client.refreshForm();
        if (value == null) {
            form.remove(name);
        } else {
            form.put(name, value);
        }
        return client.token("common", form);
    }

    private static void assertTokenError(HttpResponse<String> response, int status, String error, int aadsts) {
        JsonNode json = GraphClient.json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json.path("error").asText()).isEqualTo(error);
        assertThat(json.path("error_codes").get(0).asInt()).isEqualTo(aadsts);
        assertThat(json.path("error_description").asText()).startsWith("AADSTS" + aadsts + ": ");
        assertThat(json.path("correlation_id").asText()).isNotEmpty();
    }

    @Test
    @Tag("S89")
    void aRefreshBringsAnOpaqueAccessTokenAndANewRefreshToken() {
        start();
        String before = simulator.refreshToken();
        JsonNode answer = GraphClient.json(client.token("common", client.refreshForm()));
        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(3599);
        assertThat(answer.path("access_token").asText()).doesNotMatch("[^.]+\\.[^.]+\\.[^.]+");
        assertThat(answer.path("refresh_token").asText()).isEqualTo(simulator.refreshToken()).isNotEqualTo(before);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void theDescriptionIsEnoughToSignIn() {
        start();
        assertThat(simulator.describe()).containsEntry("clientId", simulator.clientId())
                .containsEntry("clientSecret", simulator.clientSecret())
                .containsEntry("refreshToken", simulator.refreshToken())
                .containsEntry("graphEndpoint", simulator.graphEndpoint().toString())
                .containsEntry("loginEndpoint", simulator.loginEndpoint().toString());
    }

    @Test
    void theSecretHoldsEveryCharacterThatNeedsFormEncoding() {
        start();
        assertThat(simulator.clientSecret()).contains("+", "/", "=", "~", "&", "%");
    }

    @Test
    void acceptsTheSecretAsHttpBasic() {
        start();
        String pair = java.net.URLEncoder.encode(simulator.clientId(), StandardCharsets.UTF_8) + ":"
                + java.net.URLEncoder.encode(simulator.clientSecret(), StandardCharsets.UTF_8);
        String body = "grant_type=refresh_token&refresh_token="
                + java.net.URLEncoder.encode(simulator.refreshToken(), StandardCharsets.UTF_8);
        HttpResponse<String> answer = client.send(HttpRequest
                .newBuilder(URI.create(simulator.loginEndpoint() + "/common/oauth2/v2.0/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void refusesAWrongSecretAnUnknownClientAndAMissingSecret() {
        start();
        assertTokenError(refreshWith("client_secret", "wrong"), 401, "invalid_client", 7000215);
        assertTokenError(refreshWith("client_secret", null), 401, "invalid_client", 7000218);
        assertTokenError(refreshWith("client_id", "00000000-0000-0000-0000-000000000000"), 400, "unauthorized_client", 700016);
    }

    @Test
    @Tag("S92")
    void aPublicClientMustNotSendASecret() {
        simulator = OneDriveSimulator.builder().publicClient().start();
        client = new GraphClient(simulator);
        assertTokenError(client.token("common", client.refreshForm()), 401, "invalid_client", 700025);
        assertThat(refreshWith("client_secret", null).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"700082", "70000", "50173"})
    void aRevokedGrantIsInvalid(int aadsts) {
        start();
        simulator.revokeGrant(aadsts);
        assertTokenError(client.token("common", client.refreshForm()), 400, "invalid_grant", aadsts);
    }

    @Test
    void refusesIncompleteAndUnknownRequests() {
        start();
        assertTokenError(refreshWith("grant_type", null), 400, "invalid_request", 900144);
        assertTokenError(refreshWith("refresh_token", null), 400, "invalid_request", 900144);
        assertTokenError(refreshWith("refresh_token", "made-up"), 400, "invalid_grant", 70000);
        assertTokenError(refreshWith("grant_type", "password"), 400, "unsupported_grant_type", 70003);
    }

    @Test
    void knowsItsTenantsOnly() {
        start(AccountType.BUSINESS);
        assertThat(client.token(simulator.tenantId(), client.refreshForm()).statusCode()).isEqualTo(200);
        assertThat(client.token("organizations", client.refreshForm()).statusCode()).isEqualTo(200);
        assertTokenError(client.token("consumers", client.refreshForm()), 400, "invalid_request", 9002332);
        assertTokenError(client.token("contoso.example", client.refreshForm()), 400, "invalid_request", 90002);
        assertTokenError(client.token("not%20a%20tenant", client.refreshForm()), 400, "invalid_request", 900023);
    }

    @Test
    @Tag("S84")
    void returnsARefreshTokenOnlyWithOfflineAccess() {
        start();
        assertThat(refreshWith("scope", "Files.ReadWrite.All offline_access").body()).contains("refresh_token");
        assertThat(refreshWith("scope", "https://graph.microsoft.com/Files.ReadWrite.All").body())
                .doesNotContain("refresh_token");
        assertTokenError(refreshWith("scope", "Mail.Read"), 400, "invalid_grant", 65001);
    }

    @Test
    @Tag("S87")
    void anOldRefreshTokenStaysValidUnlessToldOtherwise() {
        start();
        String old = simulator.refreshToken();
        client.signIn();
        assertThat(refreshWith("refresh_token", old).statusCode()).isEqualTo(200);

        simulator.close();
        start(builder -> builder.invalidateOldRefreshTokens(true));
        old = simulator.refreshToken();
        client.signIn();
        assertTokenError(refreshWith("refresh_token", old), 400, "invalid_grant", 70000);
    }

    @Test
    void withoutRotationTheRefreshTokenStays() {
        start(builder -> builder.rotateRefreshTokens(false));
        String before = simulator.refreshToken();
        client.signIn();
        assertThat(simulator.refreshToken()).isEqualTo(before);
    }

    @Test
    @Tag("S82")
    void clientCredentialsNeedATenantAndBringNoRefreshToken() {
        start(AccountType.BUSINESS);
        Map<String, String> form = client.refreshForm();
        form.put("grant_type", "client_credentials");
        form.put("scope", "https://graph.microsoft.com/.default");
        assertThat(client.token(simulator.tenantId(), form).body()).contains("access_token").doesNotContain("refresh_token");
        assertTokenError(client.token("common", form), 400, "invalid_request", 9001023);
        form.put("scope", "Files.ReadWrite.All");
        assertTokenError(client.token(simulator.tenantId(), form), 400, "invalid_scope", 70011);
    }

    @Test
    @Tag("S10")
    void graphRefusesMissingUnknownAndExpiredTokens() {
        AdjustableClock clock = AdjustableClock.stopped();
        start(builder -> builder.clock(clock).accessTokenLifetime(Duration.ofMinutes(5)));
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);

        HttpResponse<String> none = client.send(HttpRequest.newBuilder(URI.create(simulator.graphEndpoint() + "/me/drive")));
        assertError(none, 401, "InvalidAuthenticationToken");
        assertThat(none.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("authorization_uri");
        assertThat(none.body()).contains("innerError", "request-id");

        clock.advance(Duration.ofMinutes(5));
        assertError(client.get("/me/drive"), 401, "InvalidAuthenticationToken");
        client.signIn();
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
        simulator.expireAccessTokens();
        assertError(client.get("/me/drive"), 401, "InvalidAuthenticationToken");
    }
}
