package io.github.camelonedrive.backup.crash;

import io.github.camelonedrive.simulator.AccountType;

/**
 * Where dumps go, and how.
 *
 * @param command  {@code run} or {@code push}
 * @param conflict the option {@code conflictBehavior}
 */
record Site(String command, AccountType account, String conflict) {

    boolean isRun() {
        return command.equals("run");
    }

    boolean replaces() {
        return conflict.equals("replace");
    }

    boolean renames() {
        return conflict.equals("rename");
    }

    /** Whether a file of the name is there already when a dump is pushed. */
    boolean hasOldFiles() {
        return !conflict.equals("fail");
    }

    @Override
    public String toString() {
        return command + " to " + account + ", " + conflict;
    }
}
