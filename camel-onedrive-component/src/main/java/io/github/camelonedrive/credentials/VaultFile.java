package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.Remedy;
import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.credentials.VaultException.Reason;
import io.github.camelonedrive.files.LockFile;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.files.UnsafeFileException;
import io.github.camelonedrive.files.UnsafeFileException.Problem;

/** The vault as a file: read with its permissions checked, replaced as a whole and durably, locked between processes. */
final class VaultFile {

    private static final Logger LOG = LoggerFactory.getLogger(VaultFile.class);

    /** Far above any real vault; keeps a wrong path from filling the memory. */
    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    private final Path file;

    /** @param file links are followed once, here, so that a replacement goes where the file really is */
    VaultFile(Path file) throws VaultException {
        try {
            this.file = OwnerOnlyFiles.resolveLinks(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    Path path() {
        return file;
    }

    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    byte[] read() throws VaultException {
        try {
            return OwnerOnlyFiles.read(file, MAX_LENGTH);
        } catch (NoSuchFileException e) {
            throw new VaultException(Reason.MISSING, "There is no vault at " + file + ".",
                    Remedy.of("", RemedyAction.CREATE_VAULT), e);
        } catch (UnsafeFileException e) {
            if (e.problem() != Problem.OPEN_TO_OTHERS) {
                throw unreadable(file, e);
            }
            throw new VaultException(Reason.LOOSE_PERMISSIONS, "The vault " + file + " is open to others ("
                    + e.permissions() + ").",
                    "Run: chmod 600 '" + file + "'", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static VaultException unreadable(Path file, IOException e) {
        return new VaultException(Reason.UNREADABLE, "The vault " + file + " can't be read ("
                + OwnerOnlyFiles.describe(e) + ").", "Check its owner and permissions, and run this as that owner.", e);
    }

    /** In the form {@code rw-------}; empty where the file system has none. */
    Optional<String> permissions() {
        try {
            return OwnerOnlyFiles.permissions(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void makeDirectory() throws VaultException {
        try {
            OwnerOnlyFiles.createDirectories(file.getParent());
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** Waits for the one lock that every writer of this vault holds. */
    LockFile lock() throws IOException {
        return lock("");
    }

    /** Waits for a lock of its own, beside the writers' one. */
    LockFile lock(String purpose) throws IOException {
        try {
            return LockFile.acquire(lockFile(purpose));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw notWritable(new IOException("its lock " + lockFile(purpose) + ": " + OwnerOnlyFiles.describe(e), e));
        }
    }

    /** Removes the lock file of a purpose that will never come back; where it can't, an empty file stays. */
    void forgetLock(String purpose) {
        try {
            Files.deleteIfExists(lockFile(purpose));
        } catch (IOException e) {
            LOG.debug("The lock file {} stays: {}", lockFile(purpose), OwnerOnlyFiles.describe(e));
        }
    }

    /**
     * Replaces the content: whoever reads sees the whole old or the whole new one, also after a power cut. To be called
     * with {@link #lock()} held.
     */
    void replace(byte[] content) throws VaultException {
        try {
            removeLeftovers();
            OwnerOnlyFiles.replace(file, content);
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** What a writer left that died before its rename; no other writer is alive while the lock is held. */
    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(file.getParent(), this::isTemporary)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private boolean isTemporary(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(file.getFileName() + ".") && name.endsWith(OwnerOnlyFiles.TEMPORARY);
    }

    private Path lockFile(String purpose) {
        return file.resolveSibling(file.getFileName() + (purpose.isEmpty() ? "" : "." + purpose) + ".lock");
    }

    private VaultException notWritable(IOException e) {
        return new VaultException(Reason.NOT_WRITABLE, "The vault " + file + " can't be written ("
                + OwnerOnlyFiles.describe(e) + "); it is as it was.",
                "Check the owner, the permissions and the free space of its directory.", e);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
