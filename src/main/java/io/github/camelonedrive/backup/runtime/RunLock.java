package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.files.LockFile;
import io.github.camelonedrive.files.OwnerOnlyFiles;

/** Held by the one {@code run} of a home; the system releases it when the process ends, however it ends. */
public final class RunLock implements AutoCloseable {

    private final LockFile lock;

    private RunLock(LockFile lock) {
        this.lock = lock;
    }

    /** @throws BackupException if another process runs on this home, or the home is not ours */
    public static RunLock take(Home home) throws BackupException {
        home.requireOurs();
        try {
            Optional<LockFile> lock = LockFile.tryAcquire(home.lockFile());
            return new RunLock(lock.orElseThrow(() -> taken(home)));
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw new BackupException(FailureKind.VAULT, "The home " + home + " can't be used: the lock " + home.lockFile()
                    + " can't be taken (" + OwnerOnlyFiles.describe(e) + ").", "Check its rights and its file system.", e);
        }
    }

    private static BackupException taken(Home home) {
        return new BackupException(FailureKind.VAULT, "Another 'run' works on the home " + home
                + LockFile.holder(home.lockFile()).map(process -> " (process " + process + ")").orElse("") + ".",
                "Stop it first, or give this one its own home with --home.");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
