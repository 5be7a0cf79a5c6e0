package io.github.camelonedrive.backup.e2e;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code onedrive-backup simulator}: what it prints is enough to try every way of signing in. */
class SimulatorCommandIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private static JsonNode announced(Launched simulator) throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> simulator.out().strip().endsWith("}"));
        return JSON.readTree(simulator.out());
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> authorize(JsonNode given) throws Exception {
        return get(given.path("loginEndpoint").asText() + "/common/oauth2/v2.0/authorize?response_type=code&state=x&client_id="
                + given.path("clientId").asText() + "&scope=Files.ReadWrite.All&redirect_uri="
                + URLEncoder.encode("http://localhost:1/", StandardCharsets.UTF_8));
    }

    @Test
    void servesThePagesOnWhichAPersonSignsIn() throws Exception {
        try (Installation installation = new Installation(directory);
             Launched simulator = installation.start("simulator", "--port", "0", "--json", "--user-name", "Grace Hopper")) {
            JsonNode given = announced(simulator);
            assertThat(authorize(given).body()).contains("Grace Hopper", "Accept", "Cancel");
            assertThat(get(given.path("deviceLoginPage").asText()).body()).contains("Enter the code");
            assertThat(given.path("tenantId").asText()).isNotEmpty();
            assertThat(given.path("driveId").asText()).isNotEmpty();
        }
    }

    @Test
    void aPublicClientHasNoSecretAndConsentMayBeAutomatic() throws Exception {
        try (Installation installation = new Installation(directory);
             Launched simulator =
                     installation.start("simulator", "--port", "0", "--json", "--public-client", "--auto-consent")) {
            JsonNode given = announced(simulator);
            assertThat(given.has("clientSecretFile")).isFalse();
            HttpResponse<String> answer = authorize(given);
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("http://localhost:1/?code=");
        }
    }

    @Test
    void saysInWordsHowToSignIn() throws Exception {
        try (Installation installation = new Installation(directory);
             Launched simulator = installation.start("simulator", "--port", "0", "--public-client")) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> simulator.out().contains("/devicelogin"));
            assertThat(simulator.out()).contains("authorize simulated", "destination add simulated --client-id",
                    "--refresh-token-file", "graph-endpoint = ", "login-endpoint = ").doesNotContain("--client-secret-file");
        }
    }
}
