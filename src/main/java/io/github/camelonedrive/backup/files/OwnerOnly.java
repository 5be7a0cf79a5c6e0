package io.github.camelonedrive.backup.files;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The rights that our own files and directories are made with. Where there are no POSIX permissions: the system's own. */
public final class OwnerOnly {

    private OwnerOnly() {
    }

    /** Mode 700, for making {@code directory}. */
    public static FileAttribute<?>[] directory(Path directory) {
        return rights(directory, "rwx------");
    }

    /** Mode 600, for making {@code file}. */
    public static FileAttribute<?>[] file(Path file) {
        return rights(file, "rw-------");
    }

    private static FileAttribute<?>[] rights(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
