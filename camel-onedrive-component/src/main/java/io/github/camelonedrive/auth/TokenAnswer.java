package io.github.camelonedrive.auth;

import java.util.Optional;

import io.github.camelonedrive.credentials.Secret;

/** What the token endpoint gave. Without a refresh token, the old one stays in use ({@code graph-contract.md} statement 86). */
record TokenAnswer(AccessToken accessToken, Optional<Secret> refreshToken) {

    /** The refresh token to store, when it is another one than the one that was sent. */
    Optional<Secret> rotatedFrom(Secret sent) {
        return refreshToken.filter(token -> !token.equals(sent));
    }
}
