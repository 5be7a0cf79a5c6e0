package io.github.camelonedrive.simulator.internal.identity;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Statement 69. */
class ClaimsChallengeTest extends SimulatorTestBase {
    private static final Pattern CLAIMS = Pattern.compile("error=\"insufficient_claims\", claims=\"([^\"]+)\"");

    private String challenge() {
        HttpResponse<String> refused = client.get("/me/drive");
        assertError(refused, 401, "InvalidAuthenticationToken");
        Matcher claims = CLAIMS.matcher(refused.headers().firstValue("WWW-Authenticate").orElseThrow());
        assertThat(claims.find()).isTrue();
        return new String(Base64.getDecoder().decode(claims.group(1)), StandardCharsets.UTF_8);
    }

    private void signInWith(String claims) {
        Map<String, String> form = client.refreshForm();
        form.put("claims", claims);
        HttpResponse<String> answer = client.token("common", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        client.use(GraphClient.json(answer).path("access_token").asText());
    }

    @Test
    @Tag("S69")
    void onlyATokenCallWithTheClaimsEndsTheChallenge() {
        start();
        simulator.challengeClaims();
        String claims = challenge();
        assertThat(claims).contains("\"nbf\"", "\"essential\":true");

        client.signIn();
        assertThat(challenge()).isEqualTo(claims);
        signInWith("{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}");
        assertThat(challenge()).isEqualTo(claims);

        signInWith(claims.replace("{\"access_token\":{", "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]},"));
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
    }

    @Test
    void oncePassedTheClaimsAreNotAskedForAgain() {
        start();
        simulator.challengeClaims();
        signInWith(challenge());
        client.signIn();
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
    }

    @Test
    void aRuleChallengesInTheMiddleOfWork() {
        start();
        simulator.fault(Fault.on(Step.ITEM_LOOKUP).nth(2).challengeClaims());
        assertThat(client.get("/me/drive/root").statusCode()).isEqualTo(200);
        assertError(client.get("/me/drive/root"), 401, "InvalidAuthenticationToken");
        signInWith(challenge());
        assertThat(client.get("/me/drive/root").statusCode()).isEqualTo(200);
    }

    @Test
    void claimsThatAreNoJsonAreRefused() {
        start();
        Map<String, String> form = client.refreshForm();
        form.put("claims", Base64.getEncoder().encodeToString(new byte[] {'{', '}'}));
        HttpResponse<String> answer = client.token("common", form);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(GraphClient.json(answer).path("error").asText()).isEqualTo("invalid_request");
    }
}
