package io.github.camelonedrive.auth;

import java.time.Duration;

import io.github.camelonedrive.OneDriveException;

/** Gives access tokens for one account. Implementations are safe for use by many threads and refresh once for all of them. */
@FunctionalInterface
public interface TokenProvider {

    /** A token that is good for at least a few minutes, refreshed if need be. Blocks while it is refreshed. */
    AccessToken accessToken() throws OneDriveException;

    /** Returns for how long the sign-in service asked for no requests of this account, from now; zero while it takes them. */
    default Duration throttledFor() {
        return Duration.ZERO;
    }

    /**
     * Graph refused this token: gives a newer one. A provider that has replaced it meanwhile gives the replacement without
     * another refresh.
     */
    default AccessToken replace(AccessToken refused) throws OneDriveException {
        return accessToken();
    }

    /**
     * Graph refused this token with a claims challenge: gives one that was asked for with these claims. A provider that gets
     * its tokens from Microsoft passes them on as the parameter {@code claims} of the next token call, once, past whatever it
     * has cached; if it can't, as this default, the challenge stands and the request fails with a remedy
     * ({@code graph-contract.md} statement 69).
     *
     * @param claims the claims that are demanded, as the JSON text of the challenge
     */
    default AccessToken replace(AccessToken refused, String claims) throws OneDriveException {
        return replace(refused);
    }
}
