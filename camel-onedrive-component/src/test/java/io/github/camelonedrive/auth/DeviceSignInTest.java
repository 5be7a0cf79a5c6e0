package io.github.camelonedrive.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Redactor;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Signing in with a code that is entered elsewhere. */
@Timeout(60)
class DeviceSignInTest {

    private final FakeTime time = new FakeTime();
    private final ScriptedLogin service = new ScriptedLogin();
    private final DeviceSignIn device = new DeviceSignIn(service.client(time), time);
    private final Destination destination = Destination.of("offsite", Secret.of("test-client-id"));
    private final String deviceCode = "device-" + UUID.randomUUID();
    private final List<SignInInvitation> invitations = new ArrayList<>();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    @Tag("C97")
    void personIsShownWhereToGoAndWhatToEnterAndNothingSecret() throws Exception {
        givesCode(5).thenTokens("test-at", "test-rt");

        SignedIn signedIn = device.signIn(destination, invitations::add);

        assertThat(signedIn.refreshToken().reveal()).isEqualTo("test-rt");
        assertThat(invitations).singleElement().satisfies(invitation -> {
            assertThat(invitation.text()).contains("https://login.example/device").contains("ABCD-EFGH")
                    .contains("'offsite'").doesNotContain(deviceCode);
            assertThat(invitation.until()).isEqualTo(Instant.parse("2026-03-01T08:15:00Z"));
        });
        assertThat(service.requests.get(0).path()).isEqualTo("/common/oauth2/v2.0/devicecode");
        assertThat(service.form(0)).containsOnlyKeys("client_id", "scope")
                .containsEntry("scope", "Files.ReadWrite User.Read offline_access");
        assertThat(service.requests.get(1).path()).isEqualTo("/common/oauth2/v2.0/token");
        assertThat(service.form(1)).containsOnlyKeys("grant_type", "client_id", "device_code")
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .containsEntry("device_code", deviceCode);
        assertThat(Redactor.redact(deviceCode)).doesNotContain(deviceCode);
    }

    @Test
    @Tag("C96")
    void asksNoMoreOftenThanItMayAndSlowerWhenTold() throws Exception {
        givesCode(7).thenError("authorization_pending").thenError("slow_down").thenError("authorization_pending")
                .thenError("slow_down").thenTokens("test-at", "test-rt");

        device.signIn(destination, invitations::add);

        assertThat(time.sleeps()).containsExactly(seconds(7), seconds(7), seconds(12), seconds(12), seconds(17));
    }

    @Test
    void pauseIsFiveSecondsWhereTheServiceSaysNone() throws Exception {
        service.then(200, "{\"device_code\":\"" + deviceCode + "\",\"user_code\":\"ABCD-EFGH\","
                + "\"verification_uri\":\"https://login.example/device\",\"expires_in\":900}").thenTokens("test-at", "test-rt");

        device.signIn(destination, invitations::add);

        assertThat(time.sleeps()).containsExactly(seconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired_token", "code_expired", "authorization_declined", "access_denied",
        "bad_verification_code", "invalid_grant", "invalid_client", "something_new"})
    @Tag("C96")
    void eachOtherErrorIsTheEnd(String error) {
        givesCode(5).thenError("authorization_pending").thenError(error);

        AuthenticationException failure = catchThrowableOfType(AuthenticationException.class,
                () -> device.signIn(destination, invitations::add));

        assertThat(failure.error()).contains(error);
        assertThat(service.requests).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"0", "503", "429", "500"})
    void troubleOnTheWayIsSurvivedMoreAndMorePatiently(int status) throws Exception {
        givesCode(5).thenError("authorization_pending").then(status, "").then(status, "").thenError("authorization_pending")
                .thenTokens("test-at", "test-rt");

        assertThat(device.signIn(destination, invitations::add).refreshToken().reveal()).isEqualTo("test-rt");
        assertThat(time.sleeps()).containsExactly(seconds(5), seconds(5), seconds(10), seconds(20), seconds(5));
    }

    @Test
    void nobodyWhoEntersTheCodeEndsItWhenTheCodeDies() {
        givesCode(5).thenError("authorization_pending");

        assertThatThrownBy(() -> device.signIn(destination, invitations::add)).isInstanceOf(SignInException.class)
                .hasMessageContaining("'offsite'").hasMessageContaining("in time");
        assertThat(time.sleeps()).hasSize(179);
    }

    @Test
    void troubleThatLastsIsNotTakenForAPersonsFault() {
        givesCode(5).then(503, "");

        assertThatThrownBy(() -> device.signIn(destination, invitations::add)).isInstanceOf(LoginUnavailableException.class)
                .hasMessageContaining("HTTP 503");
    }

    @Test
    void interruptEndsTheWait() {
        givesCode(5).thenError("authorization_pending");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> device.signIn(destination, invitations::add))
                    .isInstanceOf(LoginUnavailableException.class).hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void destinationWithASecretIsToldBeforeAnybodyEntersACode() {
        Destination confidential = destination.withCredential(
                new ClientCredential.ClientSecret(Secret.of("secret-" + UUID.randomUUID())));

        assertThatThrownBy(() -> device.signIn(confidential, invitations::add)).isInstanceOf(SignInException.class)
                .hasMessageContaining("7000218").hasMessageContaining("Allow public client flows");
        assertThat(service.requests).isEmpty();
        assertThat(invitations).isEmpty();
    }

    @Test
    void answerWithoutRefreshTokenNamesOfflineAccess() {
        givesCode(5).thenTokens("test-at", null);

        assertThatThrownBy(() -> device.signIn(destination, invitations::add)).isInstanceOf(SignInException.class)
                .hasMessageContaining("offline_access");
    }

    @ParameterizedTest
    @CsvSource({"http://login.example/device,ABCD", "javascript:alert(1),ABCD", "https://login.example/device,A\\u001bB",
        "https://u:p@login.example/device,ABCD"})
    void addressOrCodeThatNobodyShouldSeeIsNotShown(String address, String userCode) {
        service.then(200, "{\"device_code\":\"" + deviceCode + "\",\"user_code\":\"" + userCode + "\",\"verification_uri\":\""
                + address + "\",\"expires_in\":900,\"interval\":5}");

        assertThatThrownBy(() -> device.signIn(destination, invitations::add)).isInstanceOf(LoginUnavailableException.class)
                .hasMessageContaining("no device code");
        assertThat(invitations).isEmpty();
    }

    private ScriptedLogin givesCode(int interval) {
        return service.then(200, "{\"device_code\":\"" + deviceCode + "\",\"user_code\":\"ABCD-EFGH\","
                + "\"verification_uri\":\"https://login.example/device\",\"expires_in\":900,\"interval\":" + interval
                + ",\"message\":\"Open the page.\"}");
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }
}
