package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.files.OwnerOnly;

/** Held by the one {@code run} of a home; the system releases it when the process ends, however it ends. */
public final class RunLock implements AutoCloseable {

    private static final Set<StandardOpenOption> OPEN = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
            StandardOpenOption.WRITE);

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws BackupException when another process runs on this home */
    public static RunLock take(Home home) throws BackupException {
        try {
            FileChannel channel = FileChannel.open(home.lockFile(), OPEN, OwnerOnly.file(home.lockFile()));
            if (tryLock(channel) == null) {
                channel.close();
                throw taken(home);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new RunLock(channel);
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw new BackupException(FailureKind.VAULT, "The home " + home + " can't be used. "
                    + Failures.message(e), "Check its rights and its file system.", e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static BackupException taken(Home home) throws IOException {
        String process = Files.readString(home.lockFile(), StandardCharsets.US_ASCII).strip();
        return new BackupException(FailureKind.VAULT, "Another 'run' works on the home " + home
                + (process.isEmpty() ? "" : " (process " + process + ")") + ".",
                "Stop it first, or give this one its own home with --home.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
