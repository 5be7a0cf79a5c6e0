package io.github.camelonedrive.backup.failure;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** Trouble that the application itself finds, before or beside the component: a wrong setting, a missing file, a taken home. */
public final class BackupException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    /**
     * @param kind    decides the exit code
     * @param problem what happened, one sentence, without secrets
     * @param remedy  what to do about it, one sentence; may be empty
     */
    public BackupException(FailureKind kind, String problem, String remedy) {
        this(kind, problem, remedy, null);
    }

    public BackupException(FailureKind kind, String problem, String remedy, Throwable cause) {
        super(kind, problem, remedy, cause);
    }

    /** Wrong usage: an option, a setting or a local file that can't work. Exit code 2. */
    public static BackupException usage(String problem, String remedy) {
        return new BackupException(FailureKind.CONFIGURATION, problem, remedy);
    }

    /** As {@link #usage(String, String)}, with what led to it. */
    public static BackupException usage(String problem, String remedy, Throwable cause) {
        return new BackupException(FailureKind.CONFIGURATION, problem, remedy, cause);
    }
}
