package io.github.camelonedrive.backup.cli;

import java.util.List;

import io.github.camelonedrive.backup.failure.Failures;

/** What a process's exit code means (DESIGN §6), and which failure gives which. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int SIGN_IN = 3;
    static final int PARTLY = 4;

    /** The code of a process that SIGTERM or Ctrl-C ended, after it stopped cleanly. */
    static final int STOPPED = 143;

    private ExitCode() {
    }

    static int of(Throwable failure) {
        return switch (Failures.kind(failure)) {
            case CONFIGURATION -> USAGE;
            case SIGN_IN -> SIGN_IN;
            case SOURCE, UNSETTLED, VAULT, SERVICE -> FAILED;
        };
    }

    /** @param failures of a command on so many {@code files}; all failed: the first one's own code */
    static int ofSeveral(int files, List<? extends Throwable> failures) {
        if (failures.isEmpty()) {
            return DONE;
        }
        return failures.size() < files ? PARTLY : of(failures.get(0));
    }
}
