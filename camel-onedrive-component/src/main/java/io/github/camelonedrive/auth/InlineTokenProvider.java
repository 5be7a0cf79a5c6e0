package io.github.camelonedrive.auth;

import java.io.IOException;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Secret;

/** Signs in with credentials given as options. A new refresh token lives in memory only and is lost when the process ends. */
public final class InlineTokenProvider implements TokenProvider {

    private static final Logger LOG = LoggerFactory.getLogger(InlineTokenProvider.class);

    private final InlineCredentials credentials;
    private final LoginClient login;
    private final LoginRetry retry;
    private final TokenCache cache;

    private Secret refreshToken;
    private boolean warned;

    /** Touches no network yet. */
    public InlineTokenProvider(InlineCredentials credentials, LoginClient login) {
        this.credentials = credentials;
        this.login = login;
        this.refreshToken = credentials.refreshToken();
        this.retry = login.settings().retries().get();
        this.cache = new TokenCache(this::refresh, login.settings().clock());
    }

    @Override
    public AccessToken accessToken() throws OneDriveException {
        return cache.accessToken();
    }

    @Override
    public AccessToken replace(AccessToken refused) throws OneDriveException {
        return cache.replace(refused);
    }

    @Override
    public AccessToken replace(AccessToken refused, String claims) throws OneDriveException {
        return cache.replace(refused, claims);
    }

    private AccessToken refresh(Optional<String> claims) throws IOException {
        TokenAnswer answer = login.refresh(credentials.identity(), refreshToken, claims, retry);
        answer.rotatedFrom(refreshToken).ifPresent(this::keep);
        return answer.accessToken();
    }

    private void keep(Secret rotated) {
        refreshToken = rotated;
        if (!warned) {
            warned = true;
            LOG.warn("Microsoft has replaced the refresh token of '{}'. The new one is kept in memory only: after a restart,"
                    + " the configured one is used again and may have expired. A vault keeps the new one.",
                    credentials.label());
        }
    }

    @Override
    public String toString() {
        return "InlineTokenProvider(" + credentials.label() + ")";
    }
}
