package io.github.camelonedrive.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;

import io.github.camelonedrive.transport.TimeSource;

/**
 * A lock with one holder at a time, among the threads of this process and among processes. The operating system frees it when
 * its holder dies. Its file is made with mode 600 when it is missing; nothing is ever read from it or written to it.
 */
public final class LockFile implements Closeable {

    private final PathClaim claim;
    private final OpenFile file;

    private LockFile(PathClaim claim, OpenFile file) {
        this.claim = claim;
        this.file = file;
    }

    /**
     * Waits until the lock is free and takes it. Not reentrant. {@link LockWaits} reports a wait that is long.
     *
     * @throws InterruptedIOException if the thread was interrupted while it waited; its interrupt flag is set
     * @throws UnsafeFileException    if the file is not one that this process's user made
     */
    public static LockFile acquire(Path path) throws IOException {
        return acquire(path, TimeSource.SYSTEM);
    }

    static LockFile acquire(Path path, TimeSource time) throws IOException {
        Optional<LockFile> free = tryAcquire(path);
        if (free.isPresent()) {
            return free.get();
        }
        try (LockWaits.Wait wait = LockWaits.begin(path, time)) {
            while (free.isEmpty()) {
                wait.pause();
                free = tryAcquire(path);
            }
            return free.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the lock " + path);
        }
    }

    /** Takes the lock. Returns empty if it is held, by this process or another one. */
    public static Optional<LockFile> tryAcquire(Path path) throws IOException {
        Optional<PathClaim> claim = PathClaim.tryTake(path);
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        OpenFile file = null;
        boolean held = false;
        try {
            file = OpenFile.openOrCreate(claim.get().path(), OpenFile.OURS);
            // Its last holder may have removed the file after it was opened here.
            held = file.tryLock(0, Long.MAX_VALUE).isPresent() && file.isInPlace();
            return held ? Optional.of(new LockFile(claim.get(), file)) : Optional.empty();
        } finally {
            if (!held) {
                release(claim.get(), file);
            }
        }
    }

    /** Returns the id of the process that holds the lock, as far as the system shows it. */
    public static Optional<Long> holder(Path path) {
        return LockHolder.of(path);
    }

    @Override
    public void close() throws IOException {
        release(claim, file);
    }

    private static void release(PathClaim claim, OpenFile file) throws IOException {
        try {
            if (file != null) {
                file.close();
            }
        } finally {
            claim.close();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
