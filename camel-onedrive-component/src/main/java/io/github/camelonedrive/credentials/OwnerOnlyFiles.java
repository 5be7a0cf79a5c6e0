package io.github.camelonedrive.credentials;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files that only their owner may read. Where the file system has no POSIX permissions, nothing is checked or set: there the
 * user's profile directory protects them.
 *
 * <p>Reads and writes through streams, not channels: an interrupted thread (a route that is stopped) still finishes storing
 * a refresh token that can't be had twice.
 */
public final class OwnerOnlyFiles {

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private OwnerOnlyFiles() {
    }

    /**
     * The whole content.
     *
     * @throws LoosePermissionsException when group or others have any permission
     * @throws IOException               when it can't be read or is longer than {@code maxLength} bytes
     */
    static byte[] read(Path file, int maxLength) throws IOException {
        requireOwnerOnly(file);
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] content = in.readNBytes(maxLength + 1);
            if (content.length > maxLength) {
                throw new FileSystemException(file.toString(), null, "longer than " + maxLength + " bytes");
            }
            return content;
        }
    }

    /** Makes an empty file that must not exist, with mode 600 from its first moment. */
    public static void createNew(Path file) throws IOException {
        Files.createFile(file, permissions(file, "rw-------"));
    }

    /** Writes a file that must not exist, with mode 600 from its first moment, durably. */
    static void writeNew(Path file, byte[] content) throws IOException {
        createNew(file);
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
    }

    /** Opens a file for locking, made with mode 600 when it is missing. */
    static FileChannel openLockFile(Path file) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return FileChannel.open(file, options, permissions(file, "rw-------"));
    }

    /**
     * Makes a directory that is missing, and those above it, with mode 700; leaves what is there as it is.
     *
     * @throws NotDirectoryException when there is something else in its place
     */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectories(directory, permissions(directory, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        }
    }

    /**
     * Gives a file the owner of another one, so that a command run by root does not take the vault away from the service
     * that uses it.
     */
    static void copyOwner(Path from, Path to) throws IOException {
        if (isPosix(from) && !Files.getOwner(from).equals(Files.getOwner(to))) {
            Files.setOwner(to, Files.getOwner(from));
        }
    }

    /** Makes a rename or a new name in this directory durable. Where directories can't be synced, the system does it. */
    public static void forceDirectory(Path directory) throws IOException {
        if (!isPosix(directory)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        boolean forced = false;
        try {
            while (!forced) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    forced = true;
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Why an operation on a file failed, in words; file system exceptions often carry no more than a path. */
    public static String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (e instanceof NotDirectoryException file) {
            return file.getFile() + " is not a directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        if (!isPosix(file)) {
            // Streams don't tell a missing file from one that is kept from us; this does.
            Files.readAttributes(file, BasicFileAttributes.class);
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
            throw new LoosePermissionsException(file, PosixFilePermissions.toString(permissions));
        }
    }

    /** In the form {@code rw-------}; empty where the file system has none. */
    static Optional<String> permissions(Path file) throws IOException {
        return isPosix(file) ? Optional.of(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                : Optional.empty();
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }

    /** Group or others have permissions on a file that is its owner's alone. */
    static final class LoosePermissionsException extends FileSystemException {

        private static final long serialVersionUID = 1L;

        private final String permissions;

        LoosePermissionsException(Path file, String permissions) {
            super(file.toString(), null, "open to others: " + permissions);
            this.permissions = permissions;
        }

        /** In the form {@code rw-r--r--}. */
        String permissions() {
            return permissions;
        }
    }
}
