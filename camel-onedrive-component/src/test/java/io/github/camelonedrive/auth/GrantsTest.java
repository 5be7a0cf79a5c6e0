package io.github.camelonedrive.auth;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is asked for with which grant, and what is refused before anything is sent. */
class GrantsTest {

    private final FakeTime clock = new FakeTime();
    private final ScriptedLogin service = new ScriptedLogin();
    private final LoginClient login = service.client(clock);
    private final LoginRetry retry = new LoginRetry(clock, new Random(1));
    private final ClientCredential secret = new ClientCredential.ClientSecret(Secret.of("s+/=~&% " + UUID.randomUUID()));

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C82")
    void applicationAsksForAllThatWasGrantedOfItsOwnCloudsGraph(Cloud cloud) throws Exception {
        service.thenTokens("test-at", null);

        TokenAnswer answer = login.application(client(secret, "contoso.example", cloud), Optional.empty(), retry);

        assertThat(answer.accessToken().value().reveal()).isEqualTo("test-at");
        assertThat(service.form(0)).containsOnlyKeys("grant_type", "client_id", "client_secret", "scope")
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_secret", secret.secret().orElseThrow().reveal())
                .containsEntry("scope", cloud.graphResource() + "/.default");
        assertThat(service.requests.get(0).path()).isEqualTo("/contoso.example/oauth2/v2.0/token");
    }

    @Test
    void applicationPassesTheClaimsOfAChallengeOn() throws Exception {
        service.thenTokens("test-at", null);

        login.application(client(secret, "contoso.example", Cloud.GLOBAL), Optional.of("{\"a\":1}"), retry);

        assertThat(service.form(0)).containsEntry("claims", "{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations", "consumers", "Common", "9188040d-6c67-4c5b-b112-36a304b66dad"})
    @Tag("C82")
    void applicationWithoutACertainTenantIsRefusedHere(String tenant) {
        SignInException failure = catchThrowableOfType(SignInException.class,
                () -> login.application(client(secret, tenant, Cloud.GLOBAL), Optional.empty(), retry));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(failure).hasMessageContaining("certain tenant").hasMessageContaining("Directory (tenant) ID");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void applicationWithoutProofIsRefusedHere() {
        assertThatThrownBy(() -> login.application(client(ClientCredential.NONE, "contoso.example", Cloud.GLOBAL),
                Optional.empty(), retry)).isInstanceOf(SignInException.class).hasMessageContaining("client secret");
        assertThat(service.requests).isEmpty();
    }

    @Test
    @Tag("C100")
    void refusedClientIsNotTriedAgainAndSecretAndCertificateAreNamed() {
        service.then(401, "{\"error\":\"invalid_client\"}");

        AuthenticationException failure = catchThrowableOfType(AuthenticationException.class,
                () -> login.application(client(secret, "contoso.example", Cloud.GLOBAL), Optional.empty(), retry));

        assertThat(service.requests).hasSize(1);
        assertThat(failure.remedy()).contains("secret").contains("certificate").contains("expired");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GLOBAL|Files.ReadWrite.All User.Read offline_access",
        "USGOV|https://graph.microsoft.us/Files.ReadWrite.All https://graph.microsoft.us/User.Read offline_access",
        "USGOV_DOD|https://dod-graph.microsoft.us/Files.ReadWrite.All https://dod-graph.microsoft.us/User.Read offline_access",
        "CHINA|https://microsoftgraph.chinacloudapi.cn/Files.ReadWrite.All https://microsoftgraph.chinacloudapi.cn/User.Read"
                + " offline_access"})
    void personAsksForThePermissionsOfItsOwnCloudsGraph(Cloud cloud, String scope) throws Exception {
        service.thenTokens("test-at", "test-rt");

        refresh(login, "contoso.example", cloud);

        assertThat(service.form(0)).containsEntry("scope", scope);
    }

    @Test
    void scopeWithAResourceStaysAsItIs() {
        assertThat(Scopes.delegated("https://graph.example/Files.Read openid", Cloud.CHINA))
                .hasToString("https://graph.example/Files.Read openid offline_access");
    }

    @Test
    @Tag("C84")
    void offlineAccessIsAlwaysAskedForAndSaidOnce() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(LoginClient.class);
        logger.addAppender(log);
        try {
            LoginClient narrow = service.client(clock, "Files.ReadWrite");
            service.thenTokens("test-at", "test-rt");

            refresh(narrow, "common", Cloud.GLOBAL);
            refresh(narrow, "common", Cloud.GLOBAL);

            assertThat(service.form(1)).containsEntry("scope", "Files.ReadWrite offline_access");
            assertThat(log.list).singleElement().asString().contains("offline_access");
        } finally {
            logger.detachAppender(log);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"})
    @Tag("C101")
    void personalAccountsInAnotherCloudThanTheGlobalOneAreRefusedHere(String tenant) {
        for (Cloud cloud : Cloud.values()) {
            if (cloud != Cloud.GLOBAL) {
                assertThatThrownBy(() -> refresh(login, tenant, cloud)).isInstanceOf(SignInException.class)
                        .hasMessageContaining("global");
                assertThatThrownBy(() -> login.deviceCode(client(ClientCredential.NONE, tenant, cloud)))
                        .isInstanceOf(SignInException.class);
            }
        }
        assertThat(service.requests).isEmpty();
    }

    @Test
    void wayToSignInFollowsFromTheDestination() {
        Destination plain = Destination.of("offsite", Secret.of("test-client-id"));
        Destination application = plain.withCredential(secret).withTenant("contoso.example")
                .withDrive(new DriveSelector(DriveSelector.Kind.SITE, "site-1"));

        assertThat(SignInKind.of(plain)).isEqualTo(SignInKind.NOT_AUTHORIZED);
        assertThat(SignInKind.of(plain.withRefreshToken(Secret.of("test-rt")))).isEqualTo(SignInKind.DELEGATED);
        assertThat(SignInKind.of(application)).isEqualTo(SignInKind.APPLICATION);
        assertThat(SignInKind.of(application.withRefreshToken(Secret.of("test-rt")))).isEqualTo(SignInKind.DELEGATED);
        assertThat(SignInKind.of(application.withCredential(ClientCredential.NONE))).isEqualTo(SignInKind.NOT_AUTHORIZED);
        assertThat(SignInKind.of(application.withDrive(DriveSelector.ME))).isEqualTo(SignInKind.NOT_AUTHORIZED);
        assertThat(Arrays.asList("common", "organizations", "consumers")).allSatisfy(
                tenant -> assertThat(SignInKind.of(application.withTenant(tenant))).isEqualTo(SignInKind.NOT_AUTHORIZED));
    }

    private void refresh(LoginClient through, String tenant, Cloud cloud) throws Exception {
        through.refresh(client(ClientCredential.NONE, tenant, cloud), Secret.of("test-refresh-" + UUID.randomUUID()),
                Optional.empty(), retry);
    }

    private static ClientIdentity client(ClientCredential credential, String tenant, Cloud cloud) {
        return new ClientIdentity("offsite", Secret.of("test-client-id"), credential, tenant, cloud);
    }
}
