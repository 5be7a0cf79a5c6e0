package io.github.camelonedrive.credentials;

/** What a vault is opened with: a key, or a passphrase that a key is derived from. Text forms show nothing of either. */
public sealed interface VaultKey permits MasterKey, Passphrase {
}
