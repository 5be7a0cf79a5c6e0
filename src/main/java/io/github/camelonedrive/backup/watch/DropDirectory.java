package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.files.OwnerOnly;

/**
 * A watched directory and the places inside it where finished dumps go. These places must be real directories of our own
 * user: who could plant a link there would decide where dumps end up. That is checked at the start and before each move.
 */
final class DropDirectory {

    static final String DONE = ".done";
    static final String FAILED = ".failed";
    static final String QUARANTINE = ".quarantine";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Path root;
    private final UserPrincipal owner;
    private final InstantSource clock;

    private DropDirectory(Path root, UserPrincipal owner, InstantSource clock) {
        this.root = root;
        this.owner = owner;
        this.clock = clock;
    }

    /**
     * @param  owner the user who must own the places for finished dumps
     * @throws BackupException when the directory is missing, can't be read or written, or one of the places is not ours
     */
    static DropDirectory open(String watch, Path directory, UserPrincipal owner, InstantSource clock) throws BackupException {
        if (!Files.isDirectory(directory)) {
            throw BackupException.usage("The directory " + directory + " of the watch " + watch + " is not there.",
                    "Make it, or correct backup.watch." + watch + ".directory.");
        }
        if (!Files.isReadable(directory) || !Files.isWritable(directory) || !Files.isExecutable(directory)) {
            throw BackupException.usage("The directory " + directory + " of the watch " + watch
                    + " can't be read and written by " + owner.getName() + ".",
                    "Give it the rights: pushed dumps are moved to " + DONE + " inside it.");
        }
        try {
            DropDirectory drop = new DropDirectory(directory.toRealPath(), owner, clock);
            drop.place(DONE);
            drop.place(FAILED);
            if (Files.exists(drop.root.resolve(QUARANTINE), LinkOption.NOFOLLOW_LINKS)) {
                drop.place(QUARANTINE);
            }
            return drop;
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw BackupException.usage("The directory " + directory + " of the watch " + watch + " can't be prepared: "
                    + e.getMessage() + ".", "Check it and its file system.", e);
        }
    }

    /** Absolute, links resolved. */
    Path root() {
        return root;
    }

    /** The place for pushed dumps, made if need be and checked. */
    Path done() throws IOException {
        return place(DONE);
    }

    Path relative(Path dump) {
        return root.relativize(dump);
    }

    /** Whether a path, links resolved, lies below this directory and not in one of the places for finished dumps. */
    boolean holds(Path realPath) {
        if (!realPath.startsWith(root) || realPath.equals(root)) {
            return false;
        }
        for (Path part : root.relativize(realPath)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    /** Moves a pushed dump to {@code .done/}, keeping its sub-directory. A taken name gets a time stamp. */
    Path moveToDone(Path dump, FileIdentity proven) throws IOException {
        return move(dump, DONE, proven);
    }

    /** Where {@link #moveToFailed} would put a dump now. */
    Path nameInFailed(Path dump) throws IOException {
        return freeName(parentIn(FAILED, dump), dump.getFileName().toString());
    }

    /** Moves a dump that can't be pushed to a name that {@link #nameInFailed} gave. */
    void moveToFailed(Path dump, Path target) throws IOException {
        place(FAILED);
        Files.move(dump, target);
    }

    private Path move(Path dump, String placeName, FileIdentity proven) throws IOException {
        Path parent = parentIn(placeName, dump);
        Path target = freeName(parent, dump.getFileName().toString());
        boolean link = Files.isSymbolicLink(dump);
        Files.move(dump, target);
        if (!link) {
            undoIfReplaced(dump, target, proven);
        }
        return target;
    }

    // Between the last look at the dump and its move somebody may have put another one in its place, which nobody uploaded.
    private static void undoIfReplaced(Path dump, Path target, FileIdentity proven) throws IOException {
        boolean same = FileIdentity.of(target, false)
                .filter(moved -> moved.sameContent(proven) || isCopy(moved, target, proven, dump)).isPresent();
        if (!same && Files.notExists(dump, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(target, dump);
            throw new DumpReplacedException();
        }
    }

    // Where another file system is mounted on the place, a move is a copy: another file with the same size and time.
    private static boolean isCopy(FileIdentity moved, Path target, FileIdentity proven, Path dump) {
        try {
            return moved.sameSizeAndTime(proven)
                    && !Files.getFileStore(target).equals(Files.getFileStore(dump.getParent()));
        } catch (IOException e) {
            return false;
        }
    }

    private Path parentIn(String placeName, Path dump) throws IOException {
        Path current = place(placeName);
        Path inside = relative(dump).getParent();
        if (inside != null) {
            for (Path part : inside) {
                current = realDirectory(current.resolve(part));
            }
        }
        return current;
    }

    private Path freeName(Path directory, String name) throws IOException {
        Path free = directory.resolve(name);
        if (Files.notExists(free, LinkOption.NOFOLLOW_LINKS)) {
            return free;
        }
        String stamp = "-" + STAMP.format(clock.instant());
        int dot = name.indexOf('.', 1);
        String stem = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot);
        free = directory.resolve(stem + stamp + extension);
        for (int number = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); number++) {
            free = directory.resolve(stem + stamp + "-" + number + extension);
        }
        return free;
    }

    private Path place(String name) throws IOException {
        return realDirectory(root.resolve(name));
    }

    private Path realDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, OwnerOnly.directory(directory));
        } catch (FileAlreadyExistsException e) {
            // the usual case; what it is gets checked next
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw BackupException.usage(directory + " is a link or a file, not a directory.",
                    "Remove it; the application makes the directory itself.");
        }
        UserPrincipal actual = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
        if (!actual.equals(owner)) {
            throw BackupException.usage(directory + " belongs to " + actual.getName() + ", not to " + owner.getName()
                    + " who runs this.", "Remove it or give it to " + owner.getName() + ".");
        }
        return directory;
    }

    /** Another file was put in the dump's place at the last moment; it is back where it was. */
    static final class DumpReplacedException extends NoSuchFileException {

        private static final long serialVersionUID = 1L;

        DumpReplacedException() {
            super("", null, "the dump was replaced by another file while it was moved");
        }
    }
}
