package io.github.camelonedrive.auth;

import io.github.camelonedrive.OneDriveException;

/** Gives access tokens for one account. Implementations are safe for use by many threads and refresh once for all of them. */
@FunctionalInterface
public interface TokenProvider {

    /** A token that is good for at least a few minutes, refreshed if need be. Blocks while it is refreshed. */
    AccessToken accessToken() throws OneDriveException;

    /**
     * Graph refused this token: gives a newer one. A provider that has replaced it meanwhile gives the replacement without
     * another refresh.
     */
    default AccessToken replace(AccessToken refused) throws OneDriveException {
        return accessToken();
    }
}
