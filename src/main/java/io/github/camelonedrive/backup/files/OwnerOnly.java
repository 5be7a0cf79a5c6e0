package io.github.camelonedrive.backup.files;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

import io.github.camelonedrive.files.OwnerOnlyFiles;

/** The rights that our own files and directories are made with. */
public final class OwnerOnly {

    private OwnerOnly() {
    }

    /** Mode 700, for making {@code directory}. */
    public static FileAttribute<?>[] directory(Path directory) {
        return OwnerOnlyFiles.directoryAttributes(directory);
    }

    /** Mode 600, for making {@code file}. */
    public static FileAttribute<?>[] file(Path file) {
        return OwnerOnlyFiles.fileAttributes(file);
    }
}
