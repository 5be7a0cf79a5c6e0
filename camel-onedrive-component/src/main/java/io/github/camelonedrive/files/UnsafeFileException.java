package io.github.camelonedrive.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;

/** A file is not what a file of this program has to be. Nothing was read from it or written to it. */
public final class UnsafeFileException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String permissions;

    UnsafeFileException(Path file, Problem problem, String reason) {
        super(file.toString(), null, reason);
        this.problem = Objects.requireNonNull(problem);
        this.permissions = "";
    }

    /** @param permissions in the form {@code rw-r--r--} */
    static UnsafeFileException openToOthers(Path file, String permissions) {
        return new UnsafeFileException(file, permissions);
    }

    private UnsafeFileException(Path file, String permissions) {
        super(file.toString(), null, "it is open to others (" + permissions + ")");
        this.problem = Problem.OPEN_TO_OTHERS;
        this.permissions = permissions;
    }

    /** Returns the file's permissions, in the form {@code rw-r--r--}, if it is open to others; else an empty text. */
    public String permissions() {
        return permissions;
    }

    /** Returns what is wrong, for code that tells the cases apart. */
    public Problem problem() {
        return problem;
    }

    /** What can be wrong with a file. */
    public enum Problem {

        /** A symbolic link, also one that leads nowhere. */
        LINK,

        /** A directory, a pipe, a socket or a device. */
        NOT_REGULAR,

        /** A file that is written to has another name, a hard link: the write would show there too. */
        HARD_LINKED,

        /** It belongs to another user. */
        FOREIGN_OWNER,

        /** Group or others have permissions that they must not have. */
        OPEN_TO_OTHERS,

        /** It was exchanged for another one while it was opened. */
        REPLACED
    }
}
