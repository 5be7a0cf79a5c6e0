package io.github.camelonedrive.credentials;

/** The steps of a rotation in place, in their order: a process may die after each of them, and within each. */
enum RotationStep {

    /** The new key lies beside the key file; the vault is sealed with the old one. */
    NEW_KEY_WRITTEN,

    /** The vault is sealed with the new key; the key file holds the old one. */
    VAULT_REPLACED,

    /** The old key lies beside the key file too. */
    OLD_KEY_KEPT,

    /** Done. */
    NEW_KEY_IN_PLACE
}
