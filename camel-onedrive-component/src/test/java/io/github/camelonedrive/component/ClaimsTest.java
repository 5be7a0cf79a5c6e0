package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.auth.InlineCredentials;
import io.github.camelonedrive.auth.InlineTokenProvider;
import io.github.camelonedrive.auth.LoginClient;
import io.github.camelonedrive.auth.LoginSettings;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.auth.VaultTokenProviderDirectory;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** An organization that asks for a fresh sign-in in the middle of things costs one token call, or a clear failure. */
class ClaimsTest extends SimulatorTest {

    private static final byte[] CONTENT = SimulatedRoute.content(100);

    @TempDir
    Path home;

    @Test
    @Tag("C69")
    void anUploadGoesOnAfterAClaimsChallenge() throws Exception {
        route.upload("onedrive:offsite", "first.sql", CONTENT);
        onedrive.challengeClaims();
        onedrive.clearJournal();

        route.upload("onedrive:offsite", "second.sql", CONTENT);

        assertThat(route.holds("/second.sql", CONTENT)).isTrue();
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(1);
        assertThat(onedrive.requests()).filteredOn(request -> request.status() == 401).hasSize(1);
    }

    @Test
    void soDoesOneThatWasStartedWithAnExpiredToken() throws Exception {
        route.upload("onedrive:offsite", "first.sql", CONTENT);
        onedrive.challengeClaims();
        onedrive.expireAccessTokens();
        onedrive.clearJournal();

        route.upload("onedrive:offsite", "second.sql", CONTENT);

        assertThat(route.holds("/second.sql", CONTENT)).isTrue();
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(2);
    }

    @Test
    void aDestinationOfTheVaultGoesOnToo() throws Exception {
        Vault vault = Vault.create(home.resolve("vault.json"), MasterKey.generate(home.resolve("key")));
        vault.add(new Destination("offsite", Secret.of(onedrive.clientId()),
                new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret())),
                Optional.of(Secret.of(onedrive.refreshToken())), "common", Cloud.GLOBAL, "/Vault", DriveSelector.ME,
                Optional.empty(), Optional.empty()));
        VaultTokenProviderDirectory directory = new VaultTokenProviderDirectory(vault, login());
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).challengeClaims());

        try (var template = route.context().createProducerTemplate()) {
            Exchange exchange = template.send("onedrive:offsite", sent -> {
                sent.setProperty(OneDriveConstants.TOKEN_PROVIDERS, directory);
                sent.getMessage().setHeader(Exchange.FILE_NAME, "a.sql");
                sent.getMessage().setBody(CONTENT);
            });
            assertThat(exchange.getException()).isNull();
        }

        assertThat(route.holds("/Vault/a.sql", CONTENT)).isTrue();
        assertThat(vault.destination("offsite").refreshToken().orElseThrow().reveal()).isEqualTo(onedrive.refreshToken());
    }

    @Test
    void aChallengeThatTheClaimsDontEndFailsWithARemedyAfterOneTokenCall() throws Exception {
        route.upload("onedrive:offsite", "first.sql", CONTENT);
        onedrive.clearJournal();
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).always().challengeClaims());

        Exchange exchange = route.send("onedrive:offsite", CONTENT, Map.of(Exchange.FILE_NAME, "second.sql"));

        assertThat(exchange.getException()).isInstanceOf(AuthenticationException.class).hasMessageContaining("second.sql")
                .hasMessageContaining("Authorize the destination again").hasMessageContaining("administrator");
        assertThat(exchange.getException(OneDriveException.class).kind()).isEqualTo(FailureKind.SIGN_IN);
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(1);
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(2);
    }

    @Test
    void aTokenProviderOfTheUsersOwnThatKnowsNothingOfClaimsFailsWithARemedy() throws Exception {
        TokenProvider microsoft = new InlineTokenProvider(credentials(), login());
        TokenProvider simple = microsoft::accessToken;
        route.context().getRegistry().bind("mine", simple);
        route.upload("onedrive:offsite?tokenProvider=#mine", "first.sql", CONTENT);
        onedrive.challengeClaims();

        Exchange exchange = route.send("onedrive:offsite?tokenProvider=#mine", CONTENT,
                Map.of(Exchange.FILE_NAME, "second.sql"));

        assertThat(exchange.getException()).isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("TokenProvider.replace(refused, claims)");
    }

    @Test
    void oneThatPassesTheClaimsOnSucceeds() throws Exception {
        TokenProvider microsoft = new InlineTokenProvider(credentials(), login());
        AtomicInteger challenges = new AtomicInteger();
        route.context().getRegistry().bind("mine", new TokenProvider() {

            @Override
            public AccessToken accessToken() throws OneDriveException {
                return microsoft.accessToken();
            }

            @Override
            public AccessToken replace(AccessToken refused, String claims) throws OneDriveException {
                challenges.incrementAndGet();
                assertThat(claims).startsWith("{").contains("access_token");
                return microsoft.replace(refused, claims);
            }
        });
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).challengeClaims());

        route.upload("onedrive:offsite?tokenProvider=#mine", "a.sql", CONTENT);

        assertThat(challenges).hasValue(1);
        assertThat(route.holds("/a.sql", CONTENT)).isTrue();
    }

    private InlineCredentials credentials() {
        return new InlineCredentials("mine", Secret.of(onedrive.clientId()),
                new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret())),
                Secret.of(onedrive.refreshToken()), "common", Cloud.GLOBAL);
    }

    private LoginClient login() {
        return new LoginClient(route.component().httpClient(route.component().getConfiguration()),
                LoginSettings.defaults().withLoginEndpoint(onedrive.loginEndpoint().toString()));
    }
}
