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
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Secret;

/** Token providers for credentials given as options: endpoints with the same ones share one, and so one refresh. */
final class InlineAccounts {

    private final Map<Key, TokenProvider> providers = new ConcurrentHashMap<>();

    private record Key(Secret clientId, ClientCredential credential, Secret refreshToken, String tenant, URI login,
            String scope, HttpClient http) {
    }

    TokenProvider tokenProvider(String label, OneDriveConfiguration options, URI login, HttpClient http) {
        Key key = new Key(Secret.of(options.getClientId()), ClientCredential.ofSecret(Optional.ofNullable(options.getClientSecret()).map(Secret::of)),
                Secret.of(options.getRefreshToken()), options.getTenantId(), login, options.getScope(), http);
        return providers.computeIfAbsent(key, given -> create(label, given));
    }

    private static TokenProvider create(String label, Key key) {
        InlineCredentials credentials = new InlineCredentials(label, key.clientId, key.credential, key.refreshToken,
                key.tenant, Cloud.GLOBAL);
        LoginSettings settings = LoginSettings.defaults().withLoginEndpoint(key.login.toString()).withScope(key.scope);
        return new InlineTokenProvider(credentials, new LoginClient(key.http, settings));
    }

    void clear() {
        providers.clear();
    }
}
