package io.github.camelonedrive.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

import io.github.camelonedrive.credentials.Secret;

/**
 * A refresh token in a {@link RefreshTokenStore}.
 *
 * @param refreshToken the token
 * @param origin       a fingerprint of the credentials that it came from; it reveals nothing of them. A token of another origin
 *                     is never used, so a new token in the configuration counts from the next start
 */
public record StoredRefreshToken(Secret refreshToken, String origin) {

    public StoredRefreshToken {
        Objects.requireNonNull(refreshToken);
        Objects.requireNonNull(origin);
    }

    /** The fingerprint of the app registration, tenant, cloud and configured refresh token, if there is one. */
    static String originOf(InlineCredentials credentials) {
        String all = String.join("\n", credentials.clientId().reveal(), credentials.tenant(), credentials.cloud().name(),
                credentials.grant().name(), credentials.refreshToken().map(Secret::reveal).orElse(""));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
