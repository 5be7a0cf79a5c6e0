package io.github.camelonedrive.backup.trouble;

import java.util.Locale;

/** The kinds of trouble, with what each does to health and how its end is reported. */
public enum TroubleKind {

    // Watches: the directory

    DIRECTORY_GONE(Effect.PASSING, "The directory is there again."),
    DIRECTORY_UNREADABLE(Effect.PASSING, "The directory can be read again."),
    SUBDIRECTORY_UNREADABLE(Effect.PASSING, "The sub-directory can be read again, or is gone."),
    DIRECTORY_REPLACED(Effect.PASSING, "The directory is the one that the watch began with again."),
    CANNOT_PUT_AWAY(Effect.PASSING, "Pushed dumps can be moved away again."),
    POLL_FAILED(Effect.PASSING, "The directory is polled again."),
    POLL_OVERDUE(Effect.PASSING, true, "The directory is polled again."),

    // Watches: single dumps. A dump may be written for hours, and others go on beside it.

    NEVER_STILL(Effect.NOTICE, "It stands still now, or is gone."),
    HELD_OPEN(Effect.NOTICE, "No process has it open for writing any more."),
    TOO_SMALL(Effect.NOTICE, "It is large enough now, or is gone."),
    DUMP_UNREADABLE(Effect.PASSING, "It can be read now, or is gone."),
    DUMP_HELD(Effect.NOTICE, "It is no longer held."),
    DONE_UNREADABLE(Effect.NOTICE, "It can be looked at now, or is gone."),
    DUMP_CHANGED_LATER(Effect.NOTICE, "It equals what was proven again, or is gone."),
    NOT_VERIFIED(Effect.PASSING, "It is proven now, held, or no longer waits."),
    REFUSED(Effect.PASSING, "OneDrive took it, or it no longer waits."),

    // Watches: the route

    /** A step before the proof fails: the dump is not in OneDrive. */
    ROUTE_FAILED(Effect.PASSING, "It went through, or no longer waits."),

    /** A step after the proof fails: the dump is safe. */
    STEP_FAILED(Effect.NOTICE, "The step works again."),

    // Destinations

    NEVER_AUTHORIZED(Effect.LASTING, "It is authorized now."),
    SIGN_IN_REFUSED(Effect.LASTING, "Signing in works again."),
    CLIENT_REFUSED(Effect.LASTING, "Signing in works again."),
    CONFIGURATION(Effect.LASTING, "The setting is accepted now."),
    DRIVE_FULL(Effect.LASTING, "The drive has room again, or nothing waits for it."),
    UNREACHABLE(Effect.PASSING, "It is reached again, or nothing waits for it."),
    THROTTLED(Effect.PASSING, "It takes requests again, or nothing waits for it."),

    // The vault

    VAULT(Effect.LASTING, "The vault can be used again."),
    VAULT_WAIT(Effect.PASSING, "The wait for the vault is over."),

    // The record of proven dumps

    RECORD(Effect.LASTING, "The record of proven dumps can be read again.");

    private final Effect effect;
    private final boolean curedByRestart;
    private final String over;

    TroubleKind(Effect effect, String over) {
        this(effect, false, over);
    }

    TroubleKind(Effect effect, boolean curedByRestart, String over) {
        this.effect = effect;
        this.curedByRestart = curedByRestart;
        this.over = over;
    }

    /** What it does to readiness. */
    public Effect effect() {
        return effect;
    }

    /** Whether a restart of the program is a remedy: only then it counts for liveness. */
    public boolean isCuredByRestart() {
        return curedByRestart;
    }

    /** The sentence that reports its end. */
    public String over() {
        return over;
    }

    /** Its name in metrics and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
