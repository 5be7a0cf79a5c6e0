package io.github.camelonedrive.auth;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Options that ask for a person: the sign-in happens when the first token is wanted. */
@Timeout(60)
class InlineSignInTest {

    private final FakeTime time = new FakeTime();
    private RefreshTokenStore store;
    private final ScriptedLogin service = new ScriptedLogin();
    private final List<SignInInvitation> invitations = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final String deviceCode = "device-" + UUID.randomUUID();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(InlineTokenProvider.class)).addAppender(log);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger(InlineTokenProvider.class)).detachAppender(log);
        service.close();
    }

    @Test
    void deviceCodeIsLoggedAndToldAndTheRefreshTokenServesFromThenOn() throws Exception {
        givesCode().thenTokens("test-at-1", "test-rt-1").thenTokens("test-at-2", "test-rt-2");
        TokenProvider provider = provider(GrantType.device_code, invitations::add);
        assertThat(service.requests).isEmpty();

        assertThat(provider.accessToken().value().reveal()).isEqualTo("test-at-1");
        assertThat(provider.replace(provider.accessToken()).value().reveal()).isEqualTo("test-at-2");

        assertThat(service.form(2)).containsEntry("grant_type", "refresh_token").containsEntry("refresh_token", "test-rt-1");
        assertThat(invitations).hasSize(1);
        assertThat(logged()).contains("ABCD-EFGH").contains("https://login.example/device").contains("memory only")
                .doesNotContain(deviceCode).doesNotContain("test-rt-1");
    }

    @Test
    void refreshTokenThatIsTakenNoMoreLeadsToANewSignIn() throws Exception {
        givesCode().thenTokens("test-at-1", "test-rt-1").thenError("invalid_grant");
        TokenProvider provider = provider(GrantType.device_code, invitations::add);
        AccessToken first = provider.accessToken();
        assertThatThrownBy(() -> provider.replace(first)).isInstanceOf(AuthenticationException.class);
        time.sleep(TokenCache.REFUSAL_HOLDS);

        givesCode().thenTokens("test-at-3", "test-rt-3");

        assertThat(provider.replace(first).value().reveal()).isEqualTo("test-at-3");
        assertThat(invitations).hasSize(2);
    }

    @Test
    void browserIsAnsweredOnThisMachine() throws Exception {
        service.thenTokens("test-at", "test-rt");
        String code = "code-" + UUID.randomUUID();
        TokenProvider provider = provider(GrantType.authorization_code, invitation -> {
            invitations.add(invitation);
            assertThat(answer(invitation, "&code=" + code + "&state=wrong")).isEqualTo(400);
            assertThat(answer(invitation, "&code=" + code + "&state=" + state(invitation))).isEqualTo(200);
        });

        assertThat(provider.accessToken().value().reveal()).isEqualTo("test-at");

        assertThat(service.requests).hasSize(1);
        assertThat(service.form(0)).containsEntry("code", code)
                .containsEntry("redirect_uri", query(invitations.get(0)).get("redirect_uri"));
        assertThat(logged()).contains(invitations.get(0).address().toString()).doesNotContain(code);
        assertThatThrownBy(() -> answer(invitations.get(0), "")).hasCauseInstanceOf(java.net.ConnectException.class);
    }

    @Test
    void nobodyWhoSignsInIsSaid() throws Exception {
        LoginClient login = service.client(time);

        try (BrowserSignIn browser = BrowserSignIn.begin(login, identity(), 0)) {
            assertThatThrownBy(() -> browser.await(Duration.ofMillis(10))).isInstanceOf(SignInException.class)
                    .hasMessageContaining("'home'").hasMessageContaining("Nobody");
        }
        assertThat(service.requests).isEmpty();
    }

    @Test
    void interruptEndsTheWaitForTheBrowser() throws Exception {
        TokenProvider provider = provider(GrantType.authorization_code, invitation -> Thread.currentThread().interrupt());
        try {
            assertThatThrownBy(provider::accessToken).isInstanceOf(LoginUnavailableException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void optionsThatDontFitTogetherAreRefused() {
        assertRefused("Leave it out", GrantType.client_credentials, Optional.of("test-rt"), "common", Cloud.GLOBAL);
        assertRefused("needs a refreshToken", GrantType.refresh_token, Optional.empty(), "common", Cloud.GLOBAL);
        assertRefused("clientSecret", GrantType.client_credentials, Optional.empty(), "contoso.example", Cloud.GLOBAL);
        assertRefused("global cloud only", GrantType.device_code, Optional.empty(), "consumers", Cloud.USGOV);
    }

    private static void assertRefused(String why, GrantType grant, Optional<String> token, String tenant, Cloud cloud) {
        assertThatThrownBy(() -> new InlineCredentials("home", Secret.of("test-client-id"), ClientCredential.NONE, grant,
                token.map(Secret::of), tenant, cloud)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }

    private TokenProvider provider(GrantType grant, SignInPrompt prompt) {
        return new InlineTokenProvider(new InlineCredentials("home", Secret.of("test-client-id"), ClientCredential.NONE, grant,
                Optional.empty(), "common", Cloud.GLOBAL), service.client(time), prompt, Optional.ofNullable(store), time);
    }

    private static ClientIdentity identity() {
        return new ClientIdentity("home", Secret.of("test-client-id"), ClientCredential.NONE, "common", Cloud.GLOBAL);
    }

    private ScriptedLogin givesCode() {
        return service.then(200, "{\"device_code\":\"" + deviceCode + "\",\"user_code\":\"ABCD-EFGH\","
                + "\"verification_uri\":\"https://login.example/device\",\"expires_in\":900,\"interval\":5}");
    }

    private String logged() {
        return String.join("\n", log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    private static int answer(SignInInvitation invitation, String query) {
        URI redirect = URI.create(query(invitation).get("redirect_uri") + "?x=y" + query);
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(redirect).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String state(SignInInvitation invitation) {
        return query(invitation).get("state");
    }

    private static java.util.Map<String, String> query(SignInInvitation invitation) {
        return ScriptedLogin.form(invitation.address().getRawQuery());
    }
}
