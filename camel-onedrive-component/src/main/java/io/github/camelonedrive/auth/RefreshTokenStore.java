package io.github.camelonedrive.auth;

import java.io.IOException;
import java.util.Optional;

/**
 * Stores the refresh tokens that Microsoft gives in place of configured ones, so that a restart goes on with the newest.
 * Implementations keep secrets: they store them encrypted, or where nobody else can read them. They are safe for use by many
 * threads and processes; the last one stored for a destination counts.
 */
public interface RefreshTokenStore {

    /**
     * Returns what was stored last; empty if nothing was.
     *
     * @param  destination the destination of the endpoint's URI
     * @throws IOException when it is not known whether there is one; then the known token is used
     */
    Optional<StoredRefreshToken> load(String destination) throws IOException;

    /**
     * Stores a token durably, in place of the one before.
     *
     * @param  destination the destination of the endpoint's URI
     * @throws IOException when it could not be stored; it is stored again with the next use of the token
     */
    void store(String destination, StoredRefreshToken token) throws IOException;
}
