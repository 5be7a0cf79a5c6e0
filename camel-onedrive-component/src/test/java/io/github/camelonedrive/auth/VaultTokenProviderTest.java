package io.github.camelonedrive.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.UnknownDestinationException;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.credentials.VaultException;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(300)
class VaultTokenProviderTest {

    @TempDir
    Path dir;

    private final FakeTime clock = new FakeTime();
    private final CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries().build();
    private final String firstToken = "test-refresh-" + UUID.randomUUID();
    private final FakeTokenEndpoint service = new FakeTokenEndpoint(firstToken);

    private Path file;
    private MasterKey key;
    private Vault vault;

    @BeforeEach
    void vaultWithOneDestination() throws IOException {
        file = dir.resolve("vault.json");
        key = MasterKey.generate(dir.resolve("vault.key"));
        vault = Vault.create(file, key);
        vault.add(destination("offsite", Optional.of(Secret.of(firstToken))));
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        http.close();
    }

    @Test
    @Tag("C85")
    void newRefreshTokenIsInTheVaultWhenTheAccessTokenIsUsed() throws IOException {
        AccessToken token = provider(vault).accessToken();

        assertThat(token.value().reveal()).startsWith("test-access-");
        assertThat(stored()).isEqualTo(service.validRefreshToken()).isNotEqualTo(firstToken);
    }

    @Test
    @Tag("C85")
    void accessTokenIsNotGivenOutWhenTheNewRefreshTokenCantBeStored() throws IOException {
        VaultTokenProvider provider = provider(vault);
        Path obstacle = Files.createDirectories(dir.resolve("vault.json.x.tmp"));
        Path inside = Files.createFile(obstacle.resolve("full"));

        assertThatThrownBy(provider::accessToken).isInstanceOf(VaultException.class).hasMessageContaining("can't be written");
        assertThat(stored()).isEqualTo(firstToken);

        Files.delete(inside);
        Files.delete(obstacle);
        assertThat(provider.accessToken()).isNotNull();
        assertThat(stored()).isEqualTo(service.validRefreshToken());
        assertThat(service.refused).as("the token that could not be stored was not lost").hasValue(0);
    }

    @Test
    void interruptedThreadStillStoresTheNewRefreshToken() throws Exception {
        VaultTokenProvider provider = provider(vault);
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                provider.accessToken();
            } catch (OneDriveException e) {
                // Whether it gets the token is not the point here.
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        service.beforeAnswer = caller::interrupt;
        caller.start();
        caller.join();

        assertThat(flag).hasValue(true);
        assertThat(stored()).isEqualTo(service.validRefreshToken()).isNotEqualTo(firstToken);
    }

    @Test
    @Tag("C86")
    void oldRefreshTokenIsKeptWhenTheAnswerHasNone() throws IOException {
        service.rotating = false;
        vault.update("offsite", destination -> destination.withSignedIn(clock.now()));
        byte[] before = Files.readAllBytes(file);

        provider(vault).accessToken();

        assertThat(stored()).isEqualTo(firstToken);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void whenTheSignInWasUsedIsKnownWithAndWithoutANewToken() throws IOException {
        provider(vault).accessToken();
        assertThat(vault.destination("offsite").signedIn()).contains(clock.now());

        service.rotating = false;
        clock.pass(Duration.ofDays(1));
        provider(vault).accessToken();
        assertThat(vault.destination("offsite").signedIn()).contains(clock.now());
    }

    @Test
    @Tag("C87")
    void threadsShareOneRequest() throws Exception {
        VaultTokenProvider provider = provider(vault);

        List<AccessToken> tokens = inThreads(32, provider::accessToken);

        assertThat(tokens).containsOnly(tokens.get(0));
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void providersOverTwoVaultsOnOneFileNeverUseAnInvalidatedToken() throws Exception {
        List<VaultTokenProvider> providers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            providers.add(provider(Vault.open(file, key)));
        }
        for (int round = 0; round < 5; round++) {
            List<AccessToken> tokens = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<AccessToken>> results = providers.stream()
                    .map(provider -> threads.submit(provider::accessToken)).toList();
            for (Future<AccessToken> result : results) {
                tokens.add(result.get());
            }
            threads.shutdown();
            assertThat(tokens).doesNotHaveDuplicates();
            clock.pass(Duration.ofMinutes(60));
        }

        assertThat(service.refused).hasValue(0);
        assertThat(service.requests).hasSize(40);
        assertThat(stored()).isEqualTo(service.validRefreshToken());
    }

    @Test
    @Tag("C87")
    void twoProcessesNeverUseAnInvalidatedToken() throws Exception {
        Process first = startRefresher("first");
        Process second = startRefresher("second");

        assertThat(first.waitFor()).as(Files.readString(dir.resolve("first.log"))).isZero();
        assertThat(second.waitFor()).as(Files.readString(dir.resolve("second.log"))).isZero();

        assertThat(service.refused).hasValue(0);
        assertThat(service.requests).hasSize(2 * Refresher.ROUNDS);
        assertThat(stored()).isEqualTo(service.validRefreshToken());
    }

    @Test
    void claimsReachTheServiceAlsoWhenAnotherProcessHasJustRefreshed() throws IOException {
        VaultTokenProvider ours = provider(vault);
        VaultTokenProvider theirs = provider(Vault.open(file, key));
        AccessToken refused = ours.accessToken();
        theirs.accessToken();

        AccessToken answer = ours.replace(refused, "{}");

        assertThat(answer).isNotEqualTo(refused);
        assertThat(service.requests).extracting(form -> form.get("claims")).containsExactly(null, null, "{}");
        assertThat(service.refused).hasValue(0);
        assertThat(stored()).isEqualTo(service.validRefreshToken());
    }

    @Test
    void threadsThatAreChallengedAlikeShareOneRequestWithTheClaims() throws Exception {
        VaultTokenProvider provider = provider(vault);
        AccessToken refused = provider.accessToken();

        List<AccessToken> tokens = inThreads(32, () -> provider.replace(refused, "{}"));

        assertThat(tokens).containsOnly(tokens.get(0)).doesNotContain(refused);
        assertThat(service.requests).extracting(form -> form.get("claims")).containsExactly(null, "{}");
    }

    @Test
    void claimsGoAlongWhenAPersonAuthorizesMeanwhile() throws IOException {
        VaultTokenProvider provider = provider(vault);
        AccessToken refused = provider.accessToken();
        String personsToken = "test-refresh-" + UUID.randomUUID();
        AtomicReference<Exception> failure = new AtomicReference<>();
        service.beforeAnswer = () -> {
            service.beforeAnswer = () -> service.nowValid(personsToken);
            try {
                Vault.open(file, key).updateRefreshToken("offsite", Secret.of(personsToken));
            } catch (IOException e) {
                failure.set(e);
            }
        };

        provider.replace(refused, "{}");

        assertThat(failure.get()).isNull();
        assertThat(service.requests).extracting(form -> form.get("claims")).containsExactly(null, "{}", "{}");
    }

    @Test
    void authorizationByAPersonDuringARefreshWins() throws IOException {
        String personsToken = "test-refresh-" + UUID.randomUUID();
        AtomicReference<Exception> failure = new AtomicReference<>();
        service.beforeAnswer = () -> {
            service.beforeAnswer = () -> service.nowValid(personsToken);
            try {
                Vault.open(file, key).updateRefreshToken("offsite", Secret.of(personsToken));
            } catch (IOException e) {
                failure.set(e);
            }
        };

        provider(vault).accessToken();

        assertThat(failure.get()).isNull();
        assertThat(service.requests).extracting(form -> form.get("refresh_token")).containsExactly(firstToken, personsToken);
        assertThat(stored()).isEqualTo(service.validRefreshToken());
    }

    @Test
    void destinationWithoutGrantSaysWhatToDo() throws IOException {
        vault.add(destination("fresh", Optional.empty()));

        assertThatThrownBy(() -> new VaultTokenProvider(vault, "fresh", login()).accessToken())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("Destination 'fresh' is not authorized yet.");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void revokedGrantLeavesTheVaultAloneAndIsNotSentAgain() throws IOException {
        service.nowValid("another");
        byte[] before = Files.readAllBytes(file);
        VaultTokenProvider provider = provider(vault);

        assertThatThrownBy(provider::accessToken).isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("invalid_grant").hasMessageNotContaining(firstToken);
        assertThatThrownBy(provider::accessToken).isInstanceOf(AuthenticationException.class);

        assertThat(service.requests).hasSize(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void directoryGivesOneProviderToAllUntilAPersonChangesTheDestination() throws IOException {
        TokenProviderDirectory directory = new VaultTokenProviderDirectory(vault, login());
        TokenProvider before = directory.tokenProvider("offsite");
        before.accessToken();
        assertThat(directory.tokenProvider("offsite")).isSameAs(before);

        Vault.open(file, key).updateRefreshToken("offsite", Secret.of(service.validRefreshToken()));

        assertThat(directory.tokenProvider("offsite")).isNotSameAs(before);
        assertThat(directory.tokenProvider("offsite").accessToken()).isNotEqualTo(before.accessToken());
    }

    @Test
    void directoryKnowsWhatTheVaultHoldsNow() throws IOException {
        TokenProviderDirectory directory = new VaultTokenProviderDirectory(vault, login());
        Vault.open(file, key).add(destination("another", Optional.empty()));

        assertThat(directory.names()).containsExactly("another", "offsite");
        assertThat(directory.destination("offsite").folderPath()).isEqualTo("/Backups");
        assertThatThrownBy(() -> directory.tokenProvider("unknown")).isInstanceOf(UnknownDestinationException.class)
                .hasMessageContaining("another, offsite");
        vault.remove("offsite");
        assertThatThrownBy(() -> directory.tokenProvider("offsite")).isInstanceOf(UnknownDestinationException.class);
    }

    @Test
    void textFormsShowNamesOnlyAndNeverFail() throws IOException {
        TokenProviderDirectory directory = new VaultTokenProviderDirectory(vault, login());
        AccessToken token = directory.tokenProvider("offsite").accessToken();

        assertThat(directory).hasToString("TokenProviders[offsite]");
        assertThat(directory.tokenProvider("offsite")).hasToString("VaultTokenProvider(offsite)");
        assertThat(token.toString()).contains("(secret)").doesNotContain(token.value().reveal());

        int requests = service.requests.size();
        Files.delete(file);
        assertThat(directory).hasToString("TokenProviders(vault not readable)");
        assertThat(service.requests).hasSize(requests);
    }

    @Test
    void inlineCredentialsKeepTheNewRefreshTokenInMemory() throws OneDriveException {
        InlineCredentials credentials = new InlineCredentials("inline", Secret.of("test-client-id"), ClientCredential.NONE,
                Secret.of(firstToken), "common", Cloud.GLOBAL);
        InlineTokenProvider provider = new InlineTokenProvider(credentials, login());

        AccessToken first = provider.accessToken();
        String rotated = service.validRefreshToken();
        AccessToken second = provider.replace(first);

        assertThat(second).isNotEqualTo(first);
        assertThat(service.requests).extracting(form -> form.get("refresh_token")).containsExactly(firstToken, rotated);
        provider.replace(second, "{}");
        assertThat(service.requests).last().extracting(form -> form.get("claims")).isEqualTo("{}");
        assertThat(provider).hasToString("InlineTokenProvider(inline)");
        assertThat(credentials.toString()).doesNotContain(firstToken);
    }

    private String stored() throws IOException {
        return Vault.open(file, key).destination("offsite").refreshToken().orElseThrow().reveal();
    }

    private VaultTokenProvider provider(Vault vault) {
        return new VaultTokenProvider(vault, "offsite", login());
    }

    private LoginClient login() {
        return new LoginClient(http, new LoginSettings(Optional.empty(), LoginSettings.DEFAULT_SCOPE, clock,
                new Random(1)).withLoginEndpoint(service.address()));
    }

    private static Destination destination(String name, Optional<Secret> refreshToken) {
        return new Destination(name, Secret.of("test-client-id"),
                new ClientCredential.ClientSecret(Secret.of("test-client-secret")), refreshToken, "common",
                Cloud.GLOBAL, "/Backups", DriveSelector.ME, Optional.empty(), Optional.empty());
    }

    private static List<AccessToken> inThreads(int count, Callable<AccessToken> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<AccessToken> results = new ArrayList<>();
            for (Future<AccessToken> result : threads.invokeAll(Collections.nCopies(count, task))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    private Process startRefresher(String name) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Refresher.class.getName(), file.toString(),
                dir.resolve("vault.key").toString(), service.address()).redirectErrorStream(true)
                .redirectOutput(dir.resolve(name + ".log").toFile()).start();
    }

    /** Refreshes again and again in a process of its own. */
    static final class Refresher {

        static final int ROUNDS = 10;

        public static void main(String[] arguments) throws IOException {
            MasterKey key = MasterKey.resolve(Map.of(), Optional.of(Path.of(arguments[1])));
            try (CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries().build()) {
                LoginClient login = new LoginClient(http, LoginSettings.defaults().withLoginEndpoint(arguments[2]));
                TokenProvider provider = new VaultTokenProvider(Vault.open(Path.of(arguments[0]), key), "offsite", login);
                AccessToken token = provider.accessToken();
                for (int round = 1; round < ROUNDS; round++) {
                    token = provider.replace(token);
                }
            }
        }
    }
}
