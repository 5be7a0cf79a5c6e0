package io.github.camelonedrive.simulator.internal.identity;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SignInTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** A grant is for what the person accepted; asking for more, or for something else, is refused. */
class ConsentTest extends SignInTestBase {

    private static final String OWN = "Files.ReadWrite User.Read offline_access";

    private Map<String, String> signIn() {
        startSignedOut(builder -> builder.grantedScopes("User.Read", "offline_access").autoConsent());
        Map<String, String> question = question();
        question.put("scope", OWN);
        return codeForm(redirected(authorize(question)).get("code"));
    }

    @Test
    void codeIsRedeemedForWhatWasAccepted() {
        Map<String, String> form = signIn();

        JsonNode tokens = GraphClient.json(client.token("common", form));

        assertThat(tokens.path("scope").asText().split(" ")).containsExactlyInAnyOrder("Files.ReadWrite", "User.Read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Files.ReadWrite.All offline_access", "Files.ReadWrite.AppFolder", "Sites.ReadWrite.All User.Read"})
    void askingForMoreIsRefused_ofACodeAndOfARefreshToken(String more) {
        Map<String, String> form = signIn();
        form.put("scope", more);
        assertTokenError(client.token("common", form), 400, "invalid_grant", 65001);

        simulator.close();
        Map<String, String> again = signIn();
        assertThat(client.token("common", again).statusCode()).isEqualTo(200);
        Map<String, String> refresh = client.refreshForm();
        refresh.put("scope", OWN);
        assertThat(client.token("common", refresh).statusCode()).isEqualTo(200);
        refresh = client.refreshForm();
        refresh.put("scope", more);
        assertTokenError(client.token("common", refresh), 400, "invalid_grant", 65001);
    }
}
