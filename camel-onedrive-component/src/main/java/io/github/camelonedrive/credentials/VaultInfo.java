package io.github.camelonedrive.credentials;

import java.util.Optional;

/**
 * What can be said of an open vault without its secrets.
 *
 * @param keyId       16 hex digits that name the key and reveal nothing of it
 * @param passphrase  how the key comes from a passphrase; empty when a key was given as it is
 * @param generation  how often it was written
 * @param permissions of the file, in the form {@code rw-------}; empty where the file system has none
 */
public record VaultInfo(String keyId, Optional<Argon2id> passphrase, long generation, Optional<String> permissions) {
}
