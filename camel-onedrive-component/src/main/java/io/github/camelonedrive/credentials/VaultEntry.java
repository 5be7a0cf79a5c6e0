package io.github.camelonedrive.credentials;

import java.util.Objects;

/**
 * A destination as the vault holds it.
 *
 * @param id          32 hex digits, random; another one whenever a person changes the destination or how it signs in, the
 *                    same one when only the refresh token was rotated. What was cached for another id is stale
 * @param destination the destination itself
 */
public record VaultEntry(String id, Destination destination) {

    public VaultEntry {
        Objects.requireNonNull(id);
        Objects.requireNonNull(destination);
    }
}
