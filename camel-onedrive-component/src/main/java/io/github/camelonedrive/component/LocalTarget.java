package io.github.camelonedrive.component;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.download.ExistingFile;
import io.github.camelonedrive.download.LocalFileException;

/**
 * The local file that a download becomes.
 *
 * @param file      absolute
 * @param whenThere what happens when it is there already
 */
record LocalTarget(Path file, ExistingFile whenThere) {

    /**
     * Returns the target that {@code localFile} means. In a directory, the item keeps its folders below the endpoint's; those
     * that are missing are made if the directory itself is there. A name in a directory comes from the service, and two of them
     * can be one to the file system, so without {@code fileExist} nothing is replaced there.
     *
     * @param  localFile the file, or a directory if it ends with a slash or is one
     * @param  names     the item's folders below the endpoint's, and its name
     * @param  fileExist as the endpoint says; empty if it says nothing
     * @throws OneDriveException if a name cannot be that of a local file, or a folder cannot be made
     */
    static LocalTarget of(String localFile, List<String> names, Optional<FileExist> fileExist) throws OneDriveException {
        Path path = Path.of(localFile).toAbsolutePath();
        boolean directory = localFile.endsWith("/") || localFile.endsWith(File.separator) || Files.isDirectory(path);
        if (!directory) {
            return new LocalTarget(path, fileExist.map(FileExist::local).orElse(ExistingFile.Override));
        }
        Path file = path;
        for (String name : names) {
            file = child(file, name);
        }
        if (Files.isDirectory(path)) {
            makeDirectory(file);
        }
        return new LocalTarget(file, fileExist.map(FileExist::local).orElse(ExistingFile.Fail));
    }

    private static Path child(Path directory, String name) throws UnusableNameException {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0) {
            throw new UnusableNameException(name);
        }
        try {
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new UnusableNameException(name);
        }
    }

    private static void makeDirectory(Path file) throws LocalFileException {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw LocalFileException.notWritable(file, e);
        }
    }

    /** A name that a local file cannot have. */
    static final class UnusableNameException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        UnusableNameException(String name) {
            super(FailureKind.CONFIGURATION, "The item's name '" + name + "' can't be that of a local file.",
                    "Say what it is to be called, in localFile or the header " + OneDriveConstants.LOCAL_FILE + ".", null);
        }
    }
}
