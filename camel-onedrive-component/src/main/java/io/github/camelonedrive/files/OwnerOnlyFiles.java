package io.github.camelonedrive.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.camelonedrive.files.UnsafeFileException.Problem;

/**
 * Files and directories that only their owner may use. Where the file system has no POSIX permissions, nothing is checked or
 * set: there the user's profile directory protects them.
 */
public final class OwnerOnlyFiles {

    /** Ends the names of files that are replaced by a rename, until then. */
    public static final String TEMPORARY = ".tmp";

    private static final int MOST_LINKS = 40;

    private static final Pattern INHERITED = Pattern.compile("/dev/(stdin|fd/[0-9]+)|/proc/self/fd/[0-9]+");

    private OwnerOnlyFiles() {
    }

    /**
     * Reads the whole content.
     *
     * @throws UnsafeFileException if it is no regular file, belongs to another user, or is open to others
     * @throws FileSystemException if it is longer than {@code maxLength} bytes
     */
    public static byte[] read(Path file, int maxLength) throws IOException {
        try (OpenFile open = OpenFile.openToRead(file)) {
            return open.readAll(maxLength);
        }
    }

    /**
     * Reads a secret that somebody put into a file. Links of this process's user or of root are followed, as secrets of
     * containers take them; so are descriptors that the process inherited ({@code /dev/fd/N}). Looser than {@link #read}:
     * root's files may be readable by a group, a group that bears its owner's name counts as the owner, and what lies on a
     * read-only file system may be readable by anybody.
     *
     * @throws UnsafeFileException if others could have written it or can read it
     * @throws FileSystemException if it is longer than {@code maxLength} bytes
     */
    public static byte[] readSecret(Path file, int maxLength) throws IOException {
        if (INHERITED.matcher(file.toAbsolutePath().normalize().toString()).matches()) {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(maxLength);
            }
        }
        Path real = resolveLinks(file);
        try (OpenFile open = OpenFile.openToRead(real, state -> {
            state.requireRegular();
            state.requireOwner(Ownership.isOursOrRoots(state.path().getParent(), state.uid()));
            if (!Files.getFileStore(state.path()).isReadOnly()) {
                state.requireKeptFromOthers();
            }
        })) {
            return open.readAll(maxLength);
        }
    }

    /** Makes an empty file that must not exist, with mode 600 from its first moment. */
    public static void createNew(Path file) throws IOException {
        OpenFile.create(file).close();
    }

    /** Writes a file that must not exist, with mode 600 from its first moment, durably. */
    public static void writeNew(Path file, byte[] content) throws IOException {
        try (OpenFile fresh = OpenFile.create(file)) {
            fresh.append(content);
            fresh.sync();
        }
    }

    /**
     * Replaces a file, or makes it: a reader sees the whole old or the whole new content, also after a power cut. What fails
     * leaves the old one.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        try (OpenFile fresh = OpenFile.createBeside(file)) {
            try {
                fresh.append(content);
                fresh.sync();
                fresh.moveTo(file);
            } catch (IOException e) {
                deleteUnlessMoved(fresh, file, e);
                throw e;
            }
        }
    }

    private static void deleteUnlessMoved(OpenFile fresh, Path file, IOException cause) {
        try {
            if (!fresh.path().equals(file.toAbsolutePath())) {
                fresh.delete();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Makes a directory that is missing, and those above it, with mode 700; leaves what is there as it is.
     *
     * @throws NotDirectoryException if there is something else in its place
     */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectories(directory, directoryAttributes(directory));
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        }
    }

    /**
     * Resolves the links in a path, also where its end does not exist.
     *
     * @throws UnsafeFileException if a link belongs to another user than this process's one or root, who could have it lead
     *                             anywhere
     */
    public static Path resolveLinks(Path path) throws IOException {
        Path resolved = path.toAbsolutePath().getRoot();
        Deque<Path> rest = new ArrayDeque<>();
        path.toAbsolutePath().forEach(rest::add);
        int links = 0;
        while (!rest.isEmpty()) {
            Path next = resolved.resolve(rest.poll()).normalize();
            if (!Files.isSymbolicLink(next)) {
                resolved = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new FileSystemException(path.toString(), null, "too many symbolic links");
            }
            requireTrustedLink(next);
            Path target = next.resolveSibling(Files.readSymbolicLink(next));
            resolved = target.getRoot();
            Deque<Path> elements = new ArrayDeque<>();
            target.forEach(elements::add);
            elements.descendingIterator().forEachRemaining(rest::addFirst);
        }
        return resolved;
    }

    private static void requireTrustedLink(Path link) throws IOException {
        FileState state = FileState.of(link);
        if (!Ownership.isOursOrRoots(link.getParent(), state.uid())) {
            throw new UnsafeFileException(link, Problem.FOREIGN_OWNER,
                    link + " is a symbolic link of the user " + Files.getOwner(link, LinkOption.NOFOLLOW_LINKS).getName());
        }
    }

    /**
     * Returns the owner of a file or directory, if that is neither the user that this process runs as nor root; for a process
     * of root, if it is anybody else than root.
     */
    public static Optional<FileOwner> foreignOwner(Path path) throws IOException {
        Path directory = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        return Ownership.isOursOrRoots(directory, FileState.of(path.toRealPath()).uid())
                ? Optional.empty() : Optional.of(FileOwner.of(path));
    }

    /** Returns whether this process runs as root. */
    public static boolean isRoot() {
        return Ownership.isRoot();
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

    /** Says why an operation on a file failed; file system exceptions often carry no more than a path. */
    public static String describe(IOException e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
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

    /** Returns a file's permissions in the form {@code rw-------}; empty where the file system has none. */
    public static Optional<String> permissions(Path file) throws IOException {
        return isPosix(file) ? Optional.of(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                : Optional.empty();
    }

    /** Returns what a new file is made with: mode 600. */
    public static FileAttribute<?>[] fileAttributes(Path file) {
        return attributes(file, "rw-------");
    }

    /** Returns what a new directory is made with: mode 700. */
    public static FileAttribute<?>[] directoryAttributes(Path directory) {
        return attributes(directory, "rwx------");
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
