package io.github.camelonedrive.auth;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Redactor;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The authorization code grant: one answer for each sign-in, the right one, in time, proven by PKCE. */
class PendingAuthorizationsTest {

    private static final URI REDIRECT = URI.create("http://localhost:4711/");

    private final FakeTime clock = new FakeTime();
    private final ScriptedLogin service = new ScriptedLogin();
    private final PendingAuthorizations pending = new PendingAuthorizations(service.client(clock));
    private final Destination destination = Destination.of("offsite", Secret.of("test-client-id"));
    private final String code = "code-" + UUID.randomUUID();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    @Tag("C93")
    void addressAsksForACodeWithPkce() throws Exception {
        URI address = pending.begin(destination, REDIRECT);

        assertThat(address.toString()).startsWith(service.address() + "/common/oauth2/v2.0/authorize?");
        Map<String, String> query = ScriptedLogin.form(address.getRawQuery());
        assertThat(query).containsEntry("response_type", "code").containsEntry("client_id", "test-client-id")
                .containsEntry("redirect_uri", "http://localhost:4711/").containsEntry("response_mode", "query")
                .containsEntry("scope", "Files.ReadWrite User.Read offline_access")
                .containsEntry("code_challenge_method", "S256");
        assertThat(query.get("state")).hasSizeGreaterThanOrEqualTo(32);
        assertThat(query.keySet()).doesNotContain("code_verifier", "client_secret");
    }

    @Test
    @Tag("C93")
    void answerIsTradedForTokensWithTheVerifierOfTheChallenge() throws Exception {
        service.thenTokens("test-at", "test-rt");
        URI address = pending.begin(destination, REDIRECT);

        SignedIn signedIn = pending.redeem(answer(address, code));

        assertThat(signedIn.destination()).isEqualTo("offsite");
        assertThat(signedIn.refreshToken().reveal()).isEqualTo("test-rt");
        Map<String, String> form = service.form(0);
        assertThat(form).containsEntry("grant_type", "authorization_code").containsEntry("code", code)
                .containsEntry("redirect_uri", "http://localhost:4711/").containsEntry("client_id", "test-client-id")
                .doesNotContainKeys("client_secret", "client_assertion");
        String verifier = form.get("code_verifier");
        assertThat(verifier).matches("[A-Za-z0-9._~-]{43,128}");
        assertThat(query(address).get("code_challenge")).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII))));
        assertThat(Redactor.redact("x " + code + " " + verifier)).doesNotContain(code).doesNotContain(verifier);
    }

    @Test
    void confidentialClientProvesItselfToo() throws Exception {
        String secret = "secret+/" + UUID.randomUUID();
        service.thenTokens("test-at", "test-rt");

        pending.redeem(answer(pending.begin(destination.withCredential(new ClientCredential.ClientSecret(Secret.of(secret))),
                REDIRECT), code));

        assertThat(service.form(0)).containsEntry("client_secret", secret).containsKey("code_verifier");
    }

    @Test
    void eachSignInHasItsOwnStateAndVerifier() throws Exception {
        service.thenTokens("test-at", "test-rt");
        Set<String> different = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            URI address = pending.begin(destination, REDIRECT);
            different.add(query(address).get("state"));
            different.add(query(address).get("code_challenge"));
        }
        assertThat(different).hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "state=", "state=wrong"})
    @Tag("C94")
    void wrongOrMissingStateIsRefusedWithoutAskingForTokens(String state) throws Exception {
        pending.begin(destination, REDIRECT);
        AuthorizationAnswer foreign = AuthorizationAnswer.ofQuery("code=" + code + "&" + state);

        assertThat(pending.awaits(foreign)).isFalse();
        assertThatThrownBy(() -> pending.redeem(foreign)).isInstanceOf(SignInException.class)
                .hasMessageContaining("no sign-in that was begun here");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void sameAnswerTwiceIsRefusedWithoutAskingForTokens() throws Exception {
        service.thenTokens("test-at", "test-rt");
        AuthorizationAnswer answer = answer(pending.begin(destination, REDIRECT), code);
        pending.redeem(answer);

        assertThat(pending.awaits(answer)).isFalse();
        assertThatThrownBy(() -> pending.redeem(answer)).isInstanceOf(SignInException.class);
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void lateAnswerIsRefusedWithoutAskingForTokens() throws Exception {
        AuthorizationAnswer answer = answer(pending.begin(destination, REDIRECT), code);
        clock.pass(PendingAuthorizations.LIFE.minus(Duration.ofMillis(1)));
        assertThat(pending.awaits(answer)).isTrue();
        clock.pass(Duration.ofMillis(1));

        assertThat(pending.awaits(answer)).isFalse();
        assertThatThrownBy(() -> pending.redeem(answer)).isInstanceOf(SignInException.class);
        assertThat(service.requests).isEmpty();
    }

    @Test
    void tooManyAtATimePushTheOldestOut() throws Exception {
        service.thenTokens("test-at", "test-rt");
        AuthorizationAnswer first = answer(pending.begin(destination, REDIRECT), code);
        AuthorizationAnswer second = answer(pending.begin(destination, REDIRECT), code);
        for (int i = 0; i < PendingAuthorizations.MOST - 1; i++) {
            pending.begin(destination, REDIRECT);
        }

        assertThat(pending.awaits(first)).isFalse();
        assertThat(pending.awaits(second)).isTrue();
    }

    @Test
    void errorInsteadOfACodeComesWithMicrosoftsNumberAndItsHint() throws Exception {
        URI address = pending.begin(destination, REDIRECT);
        AuthorizationAnswer declined = AuthorizationAnswer.ofQuery("error=access_denied&error_description="
                + "AADSTS65004%3a+The+user+declined.&state=" + query(address).get("state"));

        AuthenticationException failure = catchThrowableOfType(AuthenticationException.class, () -> pending.redeem(declined));

        assertThat(failure.error()).contains("access_denied");
        assertThat(failure.aadsts()).hasValue(65004);
        assertThat(failure.remedy()).contains("Accept");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void answerWithoutRefreshTokenNamesOfflineAccess() throws Exception {
        service.thenTokens("test-at", null);
        AuthorizationAnswer answer = answer(pending.begin(destination, REDIRECT), code);

        assertThatThrownBy(() -> pending.redeem(answer)).isInstanceOf(SignInException.class)
                .hasMessageContaining("offline_access").hasMessageContaining("'offsite'");
    }

    @Test
    void refusedCodeIsNotTriedAgain() throws Exception {
        service.then(400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS501481: The Code_Verifier does not"
                + " match.\"}");

        AuthenticationException failure = catchThrowableOfType(AuthenticationException.class,
                () -> pending.redeem(answer(pending.begin(destination, REDIRECT), code)));

        assertThat(failure.aadsts()).hasValue(501481);
        assertThat(failure.remedy()).isNotEmpty();
        assertThat(service.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://backup.example/callback", "http://192.0.2.1/", "ftp://localhost/", "https://u@host/",
        "https://backup.example/#part", "http://localhost.example/"})
    void redirectAddressThatWouldCarryTheCodeInTheOpenIsRefused(String redirect) {
        assertThatThrownBy(() -> pending.begin(destination, URI.create(redirect)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://backup.example/api/adapters/onedrive/callback", "http://localhost:8080/x",
        "http://127.0.0.1/"})
    void redirectAddressGoesOutExactlyAsGiven(String redirect) throws OneDriveException {
        assertThat(query(pending.begin(destination, URI.create(redirect)))).containsEntry("redirect_uri", redirect);
    }

    @Test
    void personalAccountsInAnotherCloudAreRefusedBeforeABrowserIsOpened() {
        assertThatThrownBy(() -> pending.begin(destination.withTenant("consumers").withCloud(Cloud.CHINA), REDIRECT))
                .isInstanceOf(SignInException.class).hasMessageContaining("global");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"code=a&code=b&state=x|twice", "state=x&state=y|twice"})
    void answerWithAParameterTwiceIsNone(String query, String why) {
        assertThatThrownBy(() -> AuthorizationAnswer.ofQuery(query)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "localhost:1/?code=x y", "http://localhost:1/", "a|b", "code=1"})
    void pastedTextThatIsNoRedirectSaysWhyAndIsNotQuoted(String pasted) {
        assertThatThrownBy(() -> AuthorizationAnswer.ofAddress(pasted)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address");
    }

    @Test
    void textFormsShowNothingOfTheAnswer() throws Exception {
        AuthorizationAnswer answer = answer(pending.begin(destination, REDIRECT), code);

        assertThat(answer.toString()).doesNotContain(code).doesNotContain(answer.state());
    }

    private static AuthorizationAnswer answer(URI address, String code) {
        return AuthorizationAnswer.ofAddress("http://localhost:4711/?code=" + code + "&state=" + query(address).get("state")
                + "&session_state=x");
    }

    private static Map<String, String> query(URI address) {
        return ScriptedLogin.form(address.getRawQuery());
    }
}
