package io.github.camelonedrive.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A destination of the vault that signs in as an application, and inline credentials that do. */
@Timeout(60)
class ApplicationTokenTest {

    private static final int THREADS = 16;

    @TempDir
    Path dir;

    private final FakeTime clock = new FakeTime();
    private final ScriptedLogin service = new ScriptedLogin();
    private final LoginClient login = service.client(clock);
    private final ClientCredential secret = new ClientCredential.ClientSecret(Secret.of("secret-" + UUID.randomUUID()));

    private Path file;
    private Vault vault;

    @BeforeEach
    void vaultWithAnApplication() throws IOException {
        file = dir.resolve("vault.json");
        vault = Vault.create(file, MasterKey.generate(dir.resolve("vault.key")));
        vault.add(Destination.of("company", Secret.of("test-client-id")).withCredential(secret).withTenant("contoso.example")
                .withDrive(new DriveSelector(DriveSelector.Kind.SITE, "site-1")));
        service.thenTokens("test-at-1", null).thenTokens("test-at-2", null);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    @Tag("C83")
    void tokenIsOfTheApplicationAndNothingIsStored() throws Exception {
        byte[] before = Files.readAllBytes(file);

        assertThat(provider().accessToken().value().reveal()).isEqualTo("test-at-1");

        assertThat(service.form(0)).containsEntry("grant_type", "client_credentials");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void tokenIsKeptUntilFiveMinutesBeforeItsEnd() throws Exception {
        VaultTokenProvider provider = provider();
        provider.accessToken();
        clock.pass(Duration.ofMinutes(55).minusSeconds(1));
        assertThat(provider.accessToken().value().reveal()).isEqualTo("test-at-1");
        clock.pass(Duration.ofSeconds(1));

        assertThat(provider.accessToken().value().reveal()).isEqualTo("test-at-2");
    }

    @Test
    @Tag("C88")
    void manyThreadsShareOneRequest() throws Exception {
        assertThat(tokensOfManyThreads(provider())).containsExactly("test-at-1");
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void manyThreadsShareOneRequestForInlineCredentialsToo() throws Exception {
        assertThat(tokensOfManyThreads(inline())).containsExactly("test-at-1");
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void inlineApplicationAsksForANewTokenWithoutARefreshToken() throws Exception {
        TokenProvider provider = inline();
        AccessToken first = provider.accessToken();

        assertThat(provider.replace(first).value().reveal()).isEqualTo("test-at-2");
        assertThat(service.form(1)).containsEntry("grant_type", "client_credentials").doesNotContainKey("refresh_token");
    }

    @Test
    @Tag("C83")
    void refreshTokenThatComesAlongAgainstTheRulesIsNotKept() throws Exception {
        ScriptedLogin odd = new ScriptedLogin().thenTokens("test-at", "test-rt");
        try (odd) {
            new VaultTokenProvider(vault, "company", odd.client(clock)).accessToken();
        }

        assertThat(vault.destination("company").refreshToken()).isEmpty();
    }

    @Test
    void threadThatWaitsForAnotherCanBeInterrupted() throws Exception {
        VaultTokenProvider provider = provider();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        service.beforeAnswer = () -> {
            asked.countDown();
            await(answer);
        };
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<AccessToken> first = threads.submit(provider::accessToken);
        await(asked);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(provider::accessToken).isInstanceOf(LoginUnavailableException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            answer.countDown();
            threads.shutdown();
        }
        assertThat(first.get(30, TimeUnit.SECONDS).value().reveal()).isEqualTo("test-at-1");
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void clientThatAPersonChangedMeanwhileAsksAgain() throws Exception {
        AtomicReference<IOException> failure = new AtomicReference<>();
        service.beforeAnswer = () -> {
            service.beforeAnswer = () -> { };
            try {
                vault.update("company", destination -> destination.withTenant("fabrikam.example"));
            } catch (IOException e) {
                failure.set(e);
            }
        };

        assertThat(provider().accessToken().value().reveal()).isEqualTo("test-at-2");
        assertThat(failure).hasNullValue();
        assertThat(service.requests).extracting(ScriptedLogin.Request::path)
                .containsExactly("/contoso.example/oauth2/v2.0/token", "/fabrikam.example/oauth2/v2.0/token");
    }

    @Test
    void destinationThatCanNeitherRefreshNorSignInByItselfIsNotAuthorized() throws Exception {
        vault.update("company", destination -> destination.withTenant("organizations"));

        assertThatThrownBy(() -> provider().accessToken()).isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("'company'").hasMessageContaining("authorize");
        assertThat(service.requests).isEmpty();
    }

    private Set<String> tokensOfManyThreads(TokenProvider provider) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> tokens = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            tokens.add(threads.submit(() -> {
                await(start);
                return provider.accessToken().value().reveal();
            }));
        }
        start.countDown();
        Set<String> values = new HashSet<>();
        for (Future<String> token : tokens) {
            values.add(token.get(30, TimeUnit.SECONDS));
        }
        threads.shutdown();
        return values;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private VaultTokenProvider provider() {
        return new VaultTokenProvider(vault, "company", login);
    }

    private TokenProvider inline() {
        return new InlineTokenProvider(new InlineCredentials("company", Secret.of("test-client-id"), secret,
                GrantType.client_credentials, java.util.Optional.empty(), "contoso.example", Cloud.GLOBAL), login);
    }
}
