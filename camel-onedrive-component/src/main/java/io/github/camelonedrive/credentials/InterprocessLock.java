package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One holder at a time, among the threads of this process and among processes. The operating system frees it when its
 * holder dies.
 *
 * <p>A file lock belongs to the whole process, and closing any channel on the file drops it; hence the lock in memory around
 * it, and hence each lock file is opened only by this class.
 */
final class InterprocessLock implements AutoCloseable {

    private static final Map<Path, ReentrantLock> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel processes;

    private InterprocessLock(ReentrantLock threads, FileChannel processes) {
        this.threads = threads;
        this.processes = processes;
    }

    /**
     * Waits until the lock is free and takes it. Not reentrant.
     *
     * @param lockFile absolute; made when missing
     * @param ownedAs  a file whose owner the lock file shall have too
     * @throws InterruptedIOException when the thread was interrupted while it waited; its interrupt flag is set
     */
    static InterprocessLock acquire(Path lockFile, Optional<Path> ownedAs) throws IOException {
        ReentrantLock threads = OF_THIS_PROCESS.computeIfAbsent(lockFile, file -> new ReentrantLock());
        try {
            threads.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(lockFile);
        }
        try {
            return new InterprocessLock(threads, lockAmongProcesses(lockFile, ownedAs));
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    private static FileChannel lockAmongProcesses(Path lockFile, Optional<Path> ownedAs) throws IOException {
        FileChannel channel = OwnerOnlyFiles.openLockFile(lockFile);
        try {
            if (ownedAs.isPresent()) {
                OwnerOnlyFiles.copyOwner(ownedAs.get(), lockFile);
            }
            channel.lock();
            return channel;
        } catch (FileLockInterruptionException e) {
            channel.close();
            throw interrupted(lockFile);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static InterruptedIOException interrupted(Path lockFile) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Interrupted while waiting for the lock " + lockFile);
    }

    @Override
    public void close() throws IOException {
        try {
            processes.close();
        } finally {
            threads.unlock();
        }
    }
}
