package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;

/** What a watch remembers of its files between polls, in memory only: after a restart the directory alone tells. */
record WatchState(QuietPeriod quiet, RetrySchedule retries, ProvenDumps proven) {

    void forget(Path file) {
        quiet.forget(file);
        retries.forget(file);
        proven.forget(file);
    }

    void prune() {
        quiet.prune();
        retries.prune();
        proven.prune();
    }
}
