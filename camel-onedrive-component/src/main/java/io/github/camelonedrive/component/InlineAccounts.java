package io.github.camelonedrive.component;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.hc.client5.http.classic.HttpClient;

import io.github.camelonedrive.auth.InlineCredentials;
import io.github.camelonedrive.auth.InlineTokenProvider;
import io.github.camelonedrive.auth.LoginClient;
import io.github.camelonedrive.auth.LoginSettings;
import io.github.camelonedrive.auth.RefreshTokenStore;
import io.github.camelonedrive.auth.SignInPrompt;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.transport.TimeSource;

/** Token providers for credentials given as options: endpoints with the same ones share one, and so one refresh. */
final class InlineAccounts {

    private static final SignInPrompt NOBODY = invitation -> { };

    private final Map<Key, InlineTokenProvider> providers = new ConcurrentHashMap<>();

    /** @param credentials without their label, which is not what makes an account */
    private record Key(InlineCredentials credentials, URI login, String scope, HttpClient http, SignInPrompt prompt,
                       Optional<RefreshTokenStore> store) {
    }

    /** @param prompt null without one; @param store null without one */
    TokenProvider tokenProvider(InlineCredentials credentials, URI login, String scope, SignInPrompt prompt,
                                RefreshTokenStore store, HttpClient http, TimeSource time) {
        Key key = new Key(unlabelled(credentials), login, scope, http, Optional.ofNullable(prompt).orElse(NOBODY),
                Optional.ofNullable(store));
        InlineTokenProvider provider = providers.computeIfAbsent(key, given -> create(credentials, given, time));
        provider.addDestination(credentials.label());
        return provider;
    }

    private static InlineCredentials unlabelled(InlineCredentials given) {
        return new InlineCredentials("", given.clientId(), given.credential(), given.grant(), given.refreshToken(),
                given.tenant(), given.cloud());
    }

    private static InlineTokenProvider create(InlineCredentials credentials, Key key, TimeSource time) {
        LoginSettings settings = LoginSettings.defaults().withLoginEndpoint(key.login.toString()).withScope(key.scope)
                .withTime(time);
        return new InlineTokenProvider(credentials, new LoginClient(key.http, settings), key.prompt, key.store, time);
    }

    void clear() {
        providers.clear();
    }
}
