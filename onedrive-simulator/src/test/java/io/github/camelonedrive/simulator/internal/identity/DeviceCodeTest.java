package io.github.camelonedrive.simulator.internal.identity;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.SignInTestBase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Statements 84, 92, 96: a person signs in for a device elsewhere. */
class DeviceCodeTest extends SignInTestBase {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private JsonNode begin() {
        return begin(SCOPES);
    }

    private JsonNode begin(String scope) {
        HttpResponse<String> answer =
                post("/common/oauth2/v2.0/devicecode", Map.of("client_id", simulator.clientId(), "scope", scope));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return GraphClient.json(answer);
    }

    private HttpResponse<String> poll(JsonNode begun) {
        return poll(begun.path("device_code").asText());
    }

    private HttpResponse<String> poll(String deviceCode) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", GRANT);
        form.put("client_id", simulator.clientId());
        form.put("device_code", deviceCode);
        return client.token("common", form);
    }

    private HttpResponse<String> pollLater(JsonNode begun, int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        return poll(begun);
    }

    private void startPublic() {
        startSignedOut(OneDriveSimulatorBuilder::publicClient);
    }

    @Test
    void aPersonApprovesWhileTheDeviceAsks() {
        startPublic();
        JsonNode begun = begin();
        assertThat(begun.path("verification_uri").asText()).isEqualTo(simulator.deviceLoginPage().toString());
        assertThat(begun.path("message").asText()).contains(begun.path("user_code").asText(), "/devicelogin");
        assertThat(begun.path("interval").asInt()).isEqualTo(5);
        assertThat(begun.path("expires_in").asInt()).isEqualTo(900);
        assertThat(simulator.pendingDeviceCodes()).containsExactly(begun.path("user_code").asText());

        assertTokenError(poll(begun), 400, "authorization_pending", 70016);
        simulator.approveDevice(begun.path("user_code").asText());
        assertThat(simulator.pendingDeviceCodes()).isEmpty();
        JsonNode tokens = GraphClient.json(pollLater(begun, 5));
        assertThat(tokens.path("refresh_token").asText()).isEqualTo(simulator.refreshToken());
        client.use(tokens.path("access_token").asText());
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
        assertThat(simulator.violations()).isEmpty();
        assertThat(simulator.tokenCalls()).containsOnly(Map.entry(GRANT, 2));

        assertTokenError(pollLater(begun, 5), 400, "invalid_grant", 54005);
    }

    @Test
    @Tag("S96")
    void whoAsksFasterThanTheIntervalMustSlowDownByFiveSeconds() {
        startPublic();
        JsonNode begun = begin();
        assertTokenError(poll(begun), 400, "authorization_pending", 70016);
        assertTokenError(pollLater(begun, 4), 400, "slow_down", 70016);
        assertTokenError(pollLater(begun, 9), 400, "slow_down", 70016);
        simulator.approveDevice(begun.path("user_code").asText());
        assertTokenError(pollLater(begun, 14), 400, "slow_down", 70016);
        assertThat(pollLater(begun, 20).statusCode()).isEqualTo(200);
    }

    @Test
    void aPersonMayDecline() {
        startPublic();
        JsonNode begun = begin();
        simulator.declineDevice(begun.path("user_code").asText());
        assertTokenError(poll(begun), 400, "authorization_declined", 65004);
    }

    @Test
    void aCodeExpires() {
        startPublic();
        JsonNode begun = begin();
        clock.advance(Duration.ofMinutes(15));
        assertTokenError(poll(begun), 400, "expired_token", 70019);
        assertThatThrownBy(() -> simulator.approveDevice(begun.path("user_code").asText()))
                .isInstanceOf(IllegalArgumentException.class);
        assertTokenError(poll("made-up"), 400, "bad_verification_code", 70018);
    }

    @Test
    void lifetimeAndIntervalCanBeChosen() {
        startSignedOut(builder -> builder.publicClient().deviceCodes(Duration.ofSeconds(60), Duration.ofSeconds(1)));
        JsonNode begun = begin();
        assertThat(begun.path("interval").asInt()).isEqualTo(1);
        assertThat(begun.path("expires_in").asInt()).isEqualTo(60);
        poll(begun);
        assertTokenError(pollLater(begun, 1), 400, "authorization_pending", 70016);
        assertTokenError(pollLater(begun, 59), 400, "expired_token", 70019);
    }

    @Test
    void theDeviceFlowIsForPublicClients() {
        startSignedOut(builder -> builder);
        JsonNode begun = begin();
        simulator.approveDevice(begun.path("user_code").asText());
        assertTokenError(poll(begun), 401, "invalid_client", 7000218);
        Map<String, String> form = client.refreshForm();
        form.put("grant_type", GRANT);
        form.put("device_code", begun.path("device_code").asText());
        assertTokenError(client.token("common", form), 401, "invalid_client", 7000218);
    }

    @Test
    void aRegistrationMayAllowItToAConfidentialClient() {
        startSignedOut(builder -> builder.allowPublicClientFlows().autoConsent());
        assertThat(poll(begin()).statusCode()).isEqualTo(200);
        Map<String, String> form = client.refreshForm();
        assertThat(client.token("common", form).statusCode()).isEqualTo(200);
        form.remove("client_secret");
        form.put("refresh_token", simulator.refreshToken());
        assertThat(client.token("common", form).statusCode()).isEqualTo(200);
        form.put("grant_type", "client_credentials");
        assertTokenError(client.token("common", form), 401, "invalid_client", 7000218);
    }

    @Test
    void theAnswerCanBeProgrammed() {
        startSignedOut(builder -> builder.publicClient().onSignIn(SignInOutcome.refuse(53003)));
        assertTokenError(poll(begin()), 400, "invalid_grant", 53003);
        simulator.onSignIn(SignInOutcome.accept());
        HttpResponse<String> tokens = poll(begin("Files.Read"));
        assertThat(tokens.statusCode()).isEqualTo(200);
        assertThat(tokens.body()).doesNotContain("refresh_token");
    }

    @Test
    void mistakesAreRefusedBeforeACodeIsMade() {
        startPublic();
        String path = "/common/oauth2/v2.0/devicecode";
        assertTokenError(post(path, Map.of("client_id", "unknown", "scope", SCOPES)), 400, "unauthorized_client", 700016);
        assertTokenError(post(path, Map.of("client_id", simulator.clientId())), 400, "invalid_request", 900144);
        assertTokenError(post(path, Map.of("client_id", simulator.clientId(), "scope", "Files.Wipe")), 400, "invalid_scope",
                70011);
        assertTokenError(post("/contoso.example/oauth2/v2.0/devicecode", Map.of()), 400, "invalid_request", 90002);
        assertThat(simulator.pendingDeviceCodes()).isEmpty();
    }

    @Test
    void aPersonTypesTheCodeOnThePage() {
        startPublic();
        JsonNode begun = begin();
        String typed = " " + begun.path("user_code").asText().toLowerCase(Locale.ROOT);
        HttpResponse<String> empty =
                client.send(HttpRequest.newBuilder(URI.create(begun.path("verification_uri").asText())).GET());
        assertThat(empty.body()).contains("name=\"user_code\"").doesNotContain("<script");
        assertThat(post("/devicelogin", Map.of("user_code", "WRONG")).body()).contains("That code didn’t work");
        assertThat(post("/devicelogin", Map.of("user_code", typed)).body()).contains("Files.ReadWrite.All", "Accept");
        assertTokenError(poll(begun), 400, "authorization_pending", 70016);
        assertThat(post("/devicelogin", Map.of("user_code", typed, "answer", "accept")).body())
                .contains("You have signed in");
        assertThat(pollLater(begun, 5).statusCode()).isEqualTo(200);

        JsonNode second = begin();
        assertThat(post("/devicelogin", Map.of("user_code", second.path("user_code").asText(), "answer", "cancel")).body())
                .contains("You cancelled");
        assertTokenError(poll(second), 400, "authorization_declined", 65004);
    }
}
