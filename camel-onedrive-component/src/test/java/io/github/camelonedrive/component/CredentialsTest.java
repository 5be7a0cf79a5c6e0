package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.credentials.VaultException;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The account is that of the destination in the endpoint's own URI, and comes from where the user put it. */
class CredentialsTest extends SimulatorTest {

    private static final byte[] CONTENT = SimulatedRoute.content(100);

    @TempDir
    Path home;

    private Vault vault;

    @BeforeEach
    void start() throws Exception {
        OneDriveConfiguration options = route.component().getConfiguration();
        options.setClientId(null);
        options.setClientSecret(null);
        options.setRefreshToken(null);

        vault = Vault.create(home.resolve("vault.json"), MasterKey.generate(home.resolve("key")));
        vault.add(destination("offsite", Optional.of(Secret.of(onedrive.refreshToken()))));

        EncryptedCredentialProcessor processor = new EncryptedCredentialProcessor();
        processor.setVaultFile(home.resolve("vault.json").toString());
        processor.setKeyFile(home.resolve("key").toString());
        processor.setEnvironment(Map.of());
        route.context().getRegistry().bind("onedriveCredentials", processor);
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:upload").process("onedriveCredentials").toD("onedrive:${header.to}");
            }
        });
    }

    private Destination destination(String name, Optional<Secret> refreshToken) {
        return new Destination(name, Secret.of(onedrive.clientId()),
                new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret())), refreshToken, "common",
                Cloud.GLOBAL, "/From the vault", DriveSelector.ME, Optional.empty(), Optional.empty());
    }

    @Test
    void theVaultGivesTokenAndFolder() throws Exception {
        Exchange exchange = upload("offsite");

        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/From the vault/a.sql");
    }

    @Test
    void defaultKeyFile_opensTheVaultWhenNoKeyIsGiven() throws Exception {
        EncryptedCredentialProcessor processor = new EncryptedCredentialProcessor();
        processor.setVaultFile(home.resolve("vault.json").toString());
        processor.setDefaultKeyFile(home.resolve("key").toString());
        processor.setEnvironment(Map.of());

        assertThat(processor.directory(route.context()).tokenProvider("offsite").accessToken()).isNotNull();
    }

    /** No place in the user's home is looked at unless the program names it. */
    @Test
    void vaultWithoutAKey_saysHowToGiveOne() {
        EncryptedCredentialProcessor processor = new EncryptedCredentialProcessor();
        processor.setVaultFile(home.resolve("vault.json").toString());
        processor.setEnvironment(Map.of("HOME", home.toString()));

        assertThatThrownBy(() -> processor.directory(route.context())).isInstanceOf(VaultException.class)
                .hasMessageContaining("ONEDRIVE_VAULT_KEY_FILE").hasMessageContaining("(keyFile)");
    }

    @Test
    void aFolderPathOnTheEndpointReplacesTheDestinations() throws Exception {
        upload("offsite?folderPath=/Elsewhere");

        assertThat(onedrive.paths()).containsExactly("/Elsewhere/a.sql");
    }

    @Test
    void aRotatedRefreshTokenIsInTheVaultBeforeTheUpload() throws Exception {
        upload("offsite");

        assertThat(vault.destination("offsite").refreshToken().orElseThrow().reveal()).isEqualTo(onedrive.refreshToken());
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(1);
    }

    @Test
    void theEndpointsOwnSignInAddressAppliesToTheVaultsDestinations() throws Exception {
        String login = onedrive.loginEndpoint().toString();
        route.component().getConfiguration().setLoginEndpoint(null);

        assertThat(upload("offsite?loginEndpoint=" + login).getException()).isNull();
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(1);
    }

    @Test
    void anImpossibleFolderOfTheDestinationIsNoFaultOfTheFile() throws Exception {
        vault.add(new Destination("wrong", Secret.of(onedrive.clientId()),
                new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret())),
                Optional.of(Secret.of(onedrive.refreshToken())), "common", Cloud.GLOBAL, "/bad:folder", DriveSelector.ME,
                Optional.empty(), Optional.empty()));

        Exchange exchange = upload("wrong");

        assertThat(exchange.getException()).isInstanceOf(IllegalFolderException.class).hasMessageContaining("bad:folder");
        assertThat(exchange.getException(OneDriveException.class).kind()).isEqualTo(FailureKind.CONFIGURATION);
    }

    @Test
    void anUnknownDestinationFailsAndNamesTheKnownOnes() {
        Exchange exchange = upload("nowhere");

        assertThat(exchange.getException(OneDriveException.class).kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(exchange.getException()).hasMessageContaining("nowhere").hasMessageContaining("offsite");
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void aDestinationAddedWhileTheRouteRunsIsFound() throws Exception {
        upload("offsite");
        vault.add(destination("second", Optional.of(Secret.of(onedrive.refreshToken()))));

        assertThat(upload("second").getException()).isNull();
    }

    @Test
    void aHeaderNeverChoosesTheDestination() throws Exception {
        Exchange exchange = route.send("direct:upload", CONTENT, Map.of(Exchange.FILE_NAME, "a.sql", "to", "nowhere",
                "CamelOneDriveDestination", "offsite"));

        assertThat(exchange.getException()).hasMessageContaining("nowhere");
    }

    @Test
    void aDestinationWithoutSignInSaysWhatToDo() throws Exception {
        vault.add(destination("new", Optional.empty()));

        Exchange exchange = upload("new");

        assertThat(exchange.getException()).isInstanceOf(AuthenticationException.class).hasMessageContaining("'new'");
        assertThat(exchange.getException(OneDriveException.class).kind()).isEqualTo(FailureKind.SIGN_IN);
    }

    @Test
    void aRevokedGrantIsASignInFailureAndIsNotRepeated() {
        onedrive.revokeGrant();

        Exchange exchange = upload("offsite");

        assertThat(exchange.getException(OneDriveException.class).kind()).isEqualTo(FailureKind.SIGN_IN);
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(1);
    }

    @Test
    void anAccessTokenThatGraphRefusesIsReplacedOnce() throws Exception {
        upload("offsite");
        onedrive.expireAccessTokens();

        assertThat(upload("offsite").getException()).isNull();
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(2);
    }

    @Test
    void withoutAnyCredentialsTheThreeWaysAreNamed() {
        Exchange exchange = route.send("onedrive:offsite", CONTENT, Map.of(Exchange.FILE_NAME, "a.sql"));

        assertThat(exchange.getException()).hasMessageContaining("onedriveCredentials").hasMessageContaining("refreshToken")
                .hasMessageContaining("tokenProvider");
    }

    @Test
    void aUsersOwnTokenProviderIsUsed() throws Exception {
        upload("offsite");
        String token = onedrive.requests(Step.SIMPLE_UPLOAD).get(0).header("authorization").orElseThrow().substring(7);
        AtomicInteger calls = new AtomicInteger();
        TokenProvider provider = () -> {
            calls.incrementAndGet();
            return new AccessToken(Secret.of(token), Instant.MAX);
        };
        route.context().getRegistry().bind("mine", provider);

        route.upload("onedrive:label?tokenProvider=#mine", "b.sql", CONTENT);

        assertThat(calls).hasPositiveValue();
        assertThat(onedrive.file("/b.sql")).isPresent();
    }

    @Test
    void onlyTheDirectoryTravelsWithTheExchange() throws Exception {
        Exchange exchange = upload("offsite");

        assertThat(exchange.getMessage().getHeaders().values()).allSatisfy(
                value -> assertThat(String.valueOf(value)).doesNotContain(onedrive.refreshToken(), onedrive.clientSecret()));
        assertThat(exchange.getProperty(OneDriveConstants.TOKEN_PROVIDERS).toString()).contains("offsite")
                .doesNotContain(onedrive.refreshToken());
    }

    private Exchange upload(String to) {
        return route.send("direct:upload", CONTENT, Map.of(Exchange.FILE_NAME, "a.sql", "to", to));
    }
}
