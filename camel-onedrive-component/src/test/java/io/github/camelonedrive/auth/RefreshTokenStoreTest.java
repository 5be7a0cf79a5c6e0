package io.github.camelonedrive.auth;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import ch.qos.logback.classic.Level;
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

/** Refresh tokens that Microsoft gives in place of a configured one, over restarts, failures and processes. */
@Timeout(60)
class RefreshTokenStoreTest {

    private final FakeTime time = new FakeTime();
    private final ScriptedLogin service = new ScriptedLogin();
    private final Memory store = new Memory();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final String configured = "configured-" + UUID.randomUUID();
    private final String rotated = "rotated-" + UUID.randomUUID();
    private final String later = "later-" + UUID.randomUUID();

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
    void restart_goesOnWithTheStoredToken() throws Exception {
        service.thenTokens("at-1", rotated).thenTokens("at-2", rotated);
        provider(configured).accessToken();
        provider(configured).accessToken();

        assertThat(used()).containsExactly(configured, rotated);
        assertThat(warnings()).isEmpty();
        assertThat(store.tokens.toString()).doesNotContain(rotated, configured);
    }

    @Test
    void newTokenInTheConfiguration_countsBeforeTheStoredOne() throws Exception {
        String fresh = "fresh-" + UUID.randomUUID();
        service.thenTokens("at-1", rotated).thenTokens("at-2", later).thenTokens("at-3", later);
        provider(configured).accessToken();
        provider(fresh).accessToken();
        provider(fresh).accessToken();

        assertThat(used()).containsExactly(configured, fresh, later);
    }

    @Test
    void otherClientOrTenant_doesNotUseTheStoredToken() throws Exception {
        service.thenTokens("at-1", rotated).thenTokens("at-2", rotated).thenTokens("at-3", rotated);
        provider(configured).accessToken();
        provider(credentials("home", "another-client", "common", configured), Optional.of(store)).accessToken();
        provider(credentials("home", "test-client-id", "organizations", configured), Optional.of(store)).accessToken();

        assertThat(used()).containsExactly(configured, configured, configured);
    }

    @Test
    void storeThatCannotBeWritten_keepsTheTokenInMemoryAndStoresItLater() throws Exception {
        service.thenTokens("at-1", rotated).thenTokens("at-2", rotated).thenTokens("at-3", rotated);
        InlineTokenProvider provider = provider(configured);
        store.failsToStore = true;

        AccessToken first = provider.accessToken();
        assertThat(warnings()).hasSize(1).first().asString().contains("'home'", "read only").doesNotContain(rotated);

        store.failsToStore = false;
        provider.replace(first);
        assertThat(used()).containsExactly(configured, rotated);
        provider(configured).accessToken();
        assertThat(used()).last().isEqualTo(rotated);
    }

    /** What is stored is older than what is in memory. */
    @Test
    void tokenThatCouldNotBeStored_isNotReplacedByTheOneBefore() throws Exception {
        service.thenTokens("at-1", rotated).thenTokens("at-2", later).thenTokens("at-3", later);
        InlineTokenProvider provider = provider(configured);
        AccessToken first = provider.accessToken();
        store.failsToStore = true;
        AccessToken second = provider.replace(first);
        provider.replace(second);

        assertThat(used()).containsExactly(configured, rotated, later);
    }

    @Test
    void storeThatCannotBeRead_usesTheConfiguredToken() throws Exception {
        service.thenTokens("at-1", rotated);
        store.failure = new IllegalStateException("not unlocked");

        assertThat(provider(configured).accessToken().value().reveal()).isEqualTo("at-1");
        assertThat(used()).containsExactly(configured);
        assertThat(warnings()).anySatisfy(text -> assertThat(text).contains("Cannot load", "not unlocked", "configured one"));
    }

    @Test
    void tokenThatAnotherProcessStored_isUsed() throws Exception {
        service.thenTokens("at-1", configured).thenTokens("at-2", rotated).thenTokens("at-3", rotated);
        InlineTokenProvider here = provider(configured);
        AccessToken first = here.accessToken();
        provider(configured).accessToken();
        here.replace(first);

        assertThat(used()).containsExactly(configured, configured, rotated);
    }

    @Test
    void tokenThatAnotherProcessStoredMeanwhile_isUsedAfterARefusal() throws Exception {
        service.thenError("invalid_grant").thenTokens("at-2", rotated);
        StoredRefreshToken other = new StoredRefreshToken(Secret.of(rotated),
                StoredRefreshToken.originOf(credentials("home", "test-client-id", "common", configured)));
        store.appearsAtLoad = Map.of(2, other);

        assertThat(provider(configured).accessToken().value().reveal()).isEqualTo("at-2");
        assertThat(used()).containsExactly(configured, rotated);
    }

    @Test
    void refusalOfTheStoredToken_isAFailureAndNoLoop() throws Exception {
        service.thenTokens("at-1", rotated).thenError("invalid_grant");
        provider(configured).accessToken();

        assertThatThrownBy(() -> provider(configured).accessToken()).isInstanceOf(AuthenticationException.class);
        assertThat(used()).containsExactly(configured, rotated);
    }

    @Test
    void signInByAPerson_lastsOverARestart() throws Exception {
        service.then(200, "{\"device_code\":\"d-" + UUID.randomUUID() + "\",\"user_code\":\"ABCD-EFGH\","
                + "\"verification_uri\":\"https://login.example/device\",\"expires_in\":900,\"interval\":5}")
                .thenTokens("at-1", rotated).thenTokens("at-2", rotated);
        InlineCredentials device = new InlineCredentials("home", Secret.of("test-client-id"), ClientCredential.NONE,
                GrantType.device_code, Optional.empty(), "common", Cloud.GLOBAL);

        provider(device, Optional.of(store)).accessToken();
        assertThat(provider(device, Optional.of(store)).accessToken().value().reveal()).isEqualTo("at-2");

        assertThat(service.form(2)).containsEntry("refresh_token", rotated);
        assertThat(log.list.toString()).doesNotContain("memory only");
    }

    /** Endpoints with the same credentials share a provider, and the next start may begin with another of them. */
    @Test
    void tokenOfSharedCredentials_isFoundWhicheverDestinationComesFirst() throws Exception {
        service.thenTokens("at-1", rotated).thenTokens("at-2", rotated);
        InlineTokenProvider shared = provider(configured);
        shared.addDestination("second");
        shared.accessToken();
        provider(credentials("second", "test-client-id", "common", configured), Optional.of(store)).accessToken();

        assertThat(used()).containsExactly(configured, rotated);
    }

    @Test
    void destinationThatComesLater_getsTheTokenToo() throws Exception {
        service.thenTokens("at-1", rotated).thenTokens("at-2", rotated);
        InlineTokenProvider shared = provider(configured);
        AccessToken first = shared.accessToken();
        shared.addDestination("second");
        shared.replace(first);

        assertThat(store.tokens.get("second").refreshToken()).isEqualTo(Secret.of(rotated));
    }

    @Test
    void withoutAStore_isWarnedOfOnceAProcess() throws Exception {
        service.thenTokens("at-1", rotated).thenTokens("at-2", later).thenTokens("at-3", rotated);
        InlineCredentials credentials = credentials("home", "test-client-id", "common", configured);
        InlineTokenProvider provider = provider(credentials, Optional.empty());
        provider.replace(provider.accessToken());
        provider(credentials, Optional.empty()).accessToken();

        assertThat(used()).containsExactly(configured, rotated, configured);
        assertThat(warnings()).hasSize(1).first().asString().contains("'home'", "memory only", "refreshTokenStore")
                .doesNotContain(rotated);
    }

    private List<String> used() {
        return service.requests.stream().map(request -> request.form().get("refresh_token")).toList();
    }

    private List<String> warnings() {
        return log.list.stream().filter(event -> event.getLevel() == Level.WARN).map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private InlineTokenProvider provider(String refreshToken) {
        return provider(credentials("home", "test-client-id", "common", refreshToken), Optional.of(store));
    }

    private InlineTokenProvider provider(InlineCredentials credentials, Optional<RefreshTokenStore> where) {
        return new InlineTokenProvider(credentials, service.client(time), invitation -> { }, where, time);
    }

    private static InlineCredentials credentials(String label, String clientId, String tenant, String refreshToken) {
        return new InlineCredentials(label, Secret.of(clientId), ClientCredential.NONE, Secret.of(refreshToken), tenant,
                Cloud.GLOBAL);
    }

    /** A store whose failures are data. */
    private static final class Memory implements RefreshTokenStore {

        private final Map<String, StoredRefreshToken> tokens = new ConcurrentHashMap<>();
        private Exception failure;
        private boolean failsToStore;
        private Map<Integer, StoredRefreshToken> appearsAtLoad = Map.of();
        private int loads;

        @Override
        public Optional<StoredRefreshToken> load(String destination) throws IOException {
            fail();
            Optional.ofNullable(appearsAtLoad.get(++loads)).ifPresent(token -> tokens.put(destination, token));
            return Optional.ofNullable(tokens.get(destination));
        }

        @Override
        public void store(String destination, StoredRefreshToken token) throws IOException {
            fail();
            if (failsToStore) {
                throw new IOException("read only");
            }
            tokens.put(destination, token);
        }

        private void fail() throws IOException {
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
        }
    }
}
