package io.github.camelonedrive.download;

import java.io.IOException;
import java.nio.file.Path;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.files.OwnerOnlyFiles;

/** The local file can't be what the download is to become. There is nothing new under its name. */
public final class LocalFileException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private LocalFileException(FailureKind kind, String problem, String remedy, Throwable cause) {
        super(kind, problem, remedy, cause);
    }

    static LocalFileException noDirectory(Path file) {
        return new LocalFileException(FailureKind.CONFIGURATION,
                "Can't download to '" + file + "': there is no directory '" + file.getParent() + "'.",
                "Make the directory, or name another one.", null);
    }

    static LocalFileException notAFile(Path file) {
        return new LocalFileException(FailureKind.CONFIGURATION,
                "Can't download to '" + file + "': what is there is not a regular file.", "Name another file.", null);
    }

    static LocalFileException exists(Path file) {
        return new LocalFileException(FailureKind.CONFIGURATION, "Can't download to '" + file + "': the file is there already.",
                "Name another file, move that one away, or replace it with fileExist=Override.", null);
    }

    /** Returns the failure for a file that cannot be made. */
    public static LocalFileException notWritable(Path file, IOException cause) {
        return new LocalFileException(FailureKind.CONFIGURATION,
                "Can't download to '" + file + "': " + OwnerOnlyFiles.describe(cause) + ".",
                "Check the directory and its permissions.", cause);
    }

    /** Writing failed on the way. */
    static LocalFileException writing(Path file, IOException cause) {
        return new LocalFileException(FailureKind.SERVICE,
                "Downloading to '" + file + "' failed: " + OwnerOnlyFiles.describe(cause) + ".",
                "Check the disk and the space on it. What had come was deleted again.", cause);
    }
}
