package io.github.camelonedrive.simulator.internal.identity;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.SignInTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 84, 93, 94: a person signs in with a browser. */
class AuthorizationCodeTest extends SignInTestBase {
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private void startAccepting() {
        startSignedOut(OneDriveSimulatorBuilder::autoConsent);
    }

    private String code() {
        return redirected(authorize(question())).get("code");
    }

    private HttpResponse<String> redeem(Map<String, String> form) {
        return client.token("common", form);
    }

    /** What a browser posts when this page's button is pressed. */
    private HttpResponse<String> press(HttpResponse<String> page, String answer) {
        Map<String, String> form = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            form.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
        }
        form.put("answer", answer);
        return post("/common/oauth2/v2.0/authorize", form);
    }

    @Test
    void theCodeBringsTokensForWhatWasAskedAndAcceptedAndTheStateComesBackUnchanged() {
        startAccepting();
        Map<String, String> answer = redirected(authorize(question()));
        assertThat(answer).containsEntry("state", "a b+c/=&%~ü").containsKey("session_state");

        JsonNode tokens = GraphClient.json(redeem(codeForm(answer.get("code"))));
        assertThat(tokens.path("scope").asText()).isEqualTo("Files.ReadWrite.All User.Read");
        assertThat(tokens.path("refresh_token").asText()).isEqualTo(simulator.refreshToken());
        client.use(tokens.path("access_token").asText());
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
        client.signIn();
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
        assertThat(simulator.violations()).isEmpty();
        assertThat(simulator.tokenCalls()).containsOnly(Map.entry("authorization_code", 1), Map.entry("refresh_token", 1));
    }

    @Test
    void aPersonAcceptsOrCancelsOnThePage() {
        startSignedOut(builder -> builder.userName("Grace Hopper"));
        HttpResponse<String> page = authorize(question());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("Grace Hopper", "Files.ReadWrite.All").doesNotContain("<script");

        Map<String, String> accepted = redirected(press(page, "accept"));
        assertThat(accepted).containsEntry("state", "a b+c/=&%~ü");
        assertThat(redeem(codeForm(accepted.get("code"))).statusCode()).isEqualTo(200);

        Map<String, String> cancelled = redirected(press(page, "cancel"));
        assertThat(cancelled).containsEntry("error", "access_denied").containsEntry("state", "a b+c/=&%~ü")
                .doesNotContainKey("code");
        assertThat(cancelled.get("error_description")).startsWith("AADSTS65004: ").contains("Correlation ID: ");
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void aPageShowsNothingThatARequestSmugglesIn() {
        startSignedOut(builder -> builder);
        Map<String, String> question = question();
        question.put("state", "\"><script>alert(1)</script>");
        assertThat(authorize(question).body()).contains("value=\"&quot;&gt;&lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void whatThePersonDoesCanBeProgrammed() {
        startSignedOut(builder -> builder.onSignIn(SignInOutcome.decline()));
        assertThat(redirected(authorize(question())).get("error_description")).startsWith("AADSTS65004: ");
        simulator.onSignIn(SignInOutcome.adminApproval());
        assertThat(redirected(authorize(question()))).containsEntry("error", "access_denied")
                .extractingByKey("error_description").asString().startsWith("AADSTS90094: ");
        simulator.onSignIn(SignInOutcome.refuse("server_error", 90033, "A transient error has occurred."));
        assertThat(redirected(authorize(question()))).containsEntry("error", "server_error");
        simulator.onSignIn(SignInOutcome.accept());
        assertThat(redirected(authorize(question()))).containsKey("code");
    }

    @Test
    void aCodeIsGoodOnceAndForTenMinutes() {
        startAccepting();
        String code = code();
        assertThat(redeem(codeForm(code)).statusCode()).isEqualTo(200);
        assertTokenError(redeem(codeForm(code)), 400, "invalid_grant", 54005);

        String late = code();
        clock.advance(Duration.ofMinutes(10));
        assertTokenError(redeem(codeForm(late)), 400, "invalid_grant", 70008);
        assertTokenError(redeem(codeForm("made-up")), 400, "invalid_grant", 70000);
    }

    @Test
    void aCodeIsGoodOnlyForTheRedirectUriThatGotIt() {
        startAccepting();
        Map<String, String> form = codeForm(code());
        form.put("redirect_uri", "http://localhost:54322/");
        assertTokenError(redeem(form), 400, "invalid_grant", 500112);
    }

    @Test
    @Tag("S93")
    void onlyTheVerifierOpensTheCode() {
        startAccepting();
        Map<String, String> form = codeForm(code());
        form.put("code_verifier", VERIFIER + "x");
        assertTokenError(redeem(form), 400, "invalid_grant", 501481);
        form.put("code_verifier", s256(VERIFIER));
        assertTokenError(redeem(form), 400, "invalid_grant", 501481);
        form.remove("code_verifier");
        assertTokenError(redeem(form), 400, "invalid_grant", 501481);
        form.put("code_verifier", VERIFIER);
        assertThat(redeem(form).statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("S93")
    void aVerifierHas43To128Characters() {
        startAccepting();
        Map<String, String> question = question();
        question.put("code_challenge", s256("short"));
        Map<String, String> form = codeForm(redirected(authorize(question)).get("code"));
        form.put("code_verifier", "short");
        assertTokenError(redeem(form), 400, "invalid_grant", 501481);
        question.put("code_challenge", "short");
        assertThat(redirected(authorize(question))).containsEntry("error", "invalid_request");
    }

    @Test
    void withoutPkceACodeIsOpenAndThatIsAViolation() {
        startAccepting();
        Map<String, String> question = question();
        question.remove("code_challenge");
        question.remove("code_challenge_method");
        question.remove("state");
        Map<String, String> answer = redirected(authorize(question));
        assertThat(answer).doesNotContainKey("state");
        assertThat(simulator.violations()).anyMatch(violation -> violation.contains("'code_challenge'"))
                .anyMatch(violation -> violation.contains("'state'"));
        Map<String, String> form = codeForm(answer.get("code"));
        assertTokenError(redeem(form), 400, "invalid_grant", 501481);
        form.remove("code_verifier");
        assertThat(redeem(form).statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("S84")
    void aRefreshTokenComesOnlyWithOfflineAccess() {
        startAccepting();
        Map<String, String> question = question();
        question.put("scope", "https://graph.microsoft.com/Files.Read");
        HttpResponse<String> tokens = redeem(codeForm(redirected(authorize(question)).get("code")));
        assertThat(tokens.statusCode()).isEqualTo(200);
        assertThat(tokens.body()).contains("access_token").doesNotContain("refresh_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost/", "http://localhost:1", "http://localhost:8080/",
        "http://localhost:8080/api/adapters/onedrive/callback"})
    void anyPortOfLocalhostIsRegistered(String redirectUri) {
        startAccepting();
        Map<String, String> question = question();
        question.put("redirect_uri", redirectUri);
        assertThat(authorize(question).headers().firstValue("Location").orElseThrow()).startsWith(redirectUri + "?code=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/", "http://localhost:8080/callback", "https://localhost:8080/",
        "http://LOCALHOST:8080/", "http://localhost:8080/API/adapters/onedrive/callback", "http://localhost.example/",
        "http://localhost@example.com/", "http://localhost:8080/?x=1"})
    void toAnyOtherRedirectUriNobodyIsSent(String redirectUri) {
        startAccepting();
        Map<String, String> question = question();
        question.put("redirect_uri", redirectUri);
        HttpResponse<String> page = authorize(question);
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.body()).contains("AADSTS50011", "<html");
    }

    @Test
    void otherRedirectUrisCanBeRegistered() {
        startSignedOut(builder -> builder.autoConsent().redirectUris("https://backup.example/cb"));
        Map<String, String> question = question();
        assertThat(authorize(question).body()).contains("AADSTS50011");
        question.put("redirect_uri", "https://backup.example/cb");
        assertThat(authorize(question).statusCode()).isEqualTo(302);
    }

    @Test
    void anUnknownAppOrTenantIsToldToThePerson() {
        startAccepting();
        Map<String, String> question = question();
        question.put("client_id", "00000000-0000-0000-0000-000000000000");
        assertThat(authorize(question).body()).contains("AADSTS700016", "<html");
        question.remove("client_id");
        assertThat(authorize(question).body()).contains("AADSTS900144");
        assertThat(authorize("organizations", question()).body()).contains("AADSTS9002332");
        assertThat(authorize("contoso.example", question()).body()).contains("AADSTS90002");
    }

    @ParameterizedTest
    @CsvSource({"response_type, token, unsupported_response_type", "scope, Files.Wipe, invalid_scope",
        "prompt, maybe, invalid_request",
        "code_challenge_method, S512, invalid_request", "response_mode, pigeon, invalid_request",
        "scope, https://unknown.example/Files.Read, invalid_resource",
        "scope, https://fabrikam.sharepoint.com/AllSites.Read User.Read, invalid_scope"})
    void otherMistakesAreToldToTheApp(String parameter, String value, String error) {
        startAccepting();
        Map<String, String> question = question();
        question.put(parameter, value);
        HttpResponse<String> answer = authorize(question);
        assertThat(redirected(answer)).containsEntry("error", error).containsEntry("state", "a b+c/=&%~ü");
    }

    @Test
    void withoutAPersonNobodyCanBeAsked() {
        startSignedOut(builder -> builder);
        Map<String, String> question = question();
        question.put("prompt", "none");
        assertThat(redirected(authorize(question))).containsEntry("error", "login_required");
    }

    @Test
    void theAnswerComesInTheFragmentOrAsAFormWhenAskedTo() {
        startAccepting();
        Map<String, String> question = question();
        question.put("response_mode", "fragment");
        assertThat(authorize(question).headers().firstValue("Location").orElseThrow()).startsWith(REDIRECT + "#code=");
        question.put("response_mode", "form_post");
        assertThat(authorize(question).body()).contains("action=\"" + REDIRECT + "\"", "name=\"code\"");
    }

    @Test
    void signingInAgainEndsARevocation() {
        startAccepting();
        String old = simulator.refreshToken();
        simulator.revokeGrant(50173);
        redeem(codeForm(code()));
        client.signIn();
        Map<String, String> form = client.refreshForm();
        form.put("refresh_token", old);
        assertTokenError(client.token("common", form), 400, "invalid_grant", 50173);
    }

    @Test
    void anAppMustNotRedeemACodeWithoutItsProof() {
        startAccepting();
        Map<String, String> form = codeForm(code());
        form.remove("client_secret");
        assertTokenError(redeem(form), 401, "invalid_client", 7000218);
    }
}
