package io.github.camelonedrive.credentials;

import java.util.Objects;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.Remedy;

/**
 * The vault or its key can't be used. {@link #reason()} says why; none of them ever changes the vault file. Messages name
 * files and lengths, never a key or a secret.
 */
public final class VaultException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    VaultException(Reason reason, String problem, String remedy) {
        this(reason, problem, remedy, null);
    }

    VaultException(Reason reason, String problem, String remedy, Throwable cause) {
        this(reason, problem, Remedy.of(remedy), cause);
    }

    VaultException(Reason reason, String problem, Remedy remedy, Throwable cause) {
        super(FailureKind.VAULT, problem, remedy, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    /** Why, for code that has to tell the cases apart. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong with a vault or its key. */
    public enum Reason {

        /** There is no vault file. */
        MISSING,

        /** A vault is to be made where one is already. */
        EXISTS,

        /** The vault was sealed with another key. */
        WRONG_KEY,

        /** Cut off, altered, entries swapped or put back to an older state. */
        DAMAGED,

        /** Not a vault, or one of a version or key derivation that this program doesn't know. */
        UNKNOWN_FORMAT,

        /** Others than its owner may read or write the vault file. */
        LOOSE_PERMISSIONS,

        /** The file is there but can't be read. */
        UNREADABLE,

        /** The file, its lock or its directory can't be written. */
        NOT_WRITABLE,

        /** Another process has sealed the vault with another key meanwhile. */
        KEY_CHANGED,

        /** No key was given and there is no default key file. */
        KEY_MISSING,

        /** More than one source for the key was given. */
        TWO_KEYS,

        /** What was given is not a 32-byte key in base64 or hex. */
        MALFORMED_KEY,

        /** Others than its owner may read or write the key file. */
        LOOSE_KEY_PERMISSIONS,

        /** The key file can't be read. */
        KEY_UNREADABLE,

        /** A new key is to be written where a file is already. */
        KEY_EXISTS,

        /** The new key file can't be written. */
        KEY_NOT_WRITABLE
    }
}
