package io.github.camelonedrive.auth;

import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.credentials.Secret;

/**
 * A response of the token endpoint.
 *
 * @param refreshToken empty if the old one stays in use
 * @param granted      the scopes of a person's grant, by their short names
 */
record TokenAnswer(AccessToken accessToken, Optional<Secret> refreshToken, Set<String> granted) {

    /** The same response, with what is to be kept of its scopes when these were asked for. */
    TokenAnswer grantedOf(String asked) {
        return new TokenAnswer(accessToken, refreshToken, Scopes.granted(asked, granted));
    }

    /** The refresh token to store, when it is another one than the one that was sent. */
    Optional<Secret> rotatedFrom(Secret sent) {
        return refreshToken.filter(token -> !token.equals(sent));
    }
}
