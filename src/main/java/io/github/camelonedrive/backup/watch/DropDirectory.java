package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Set;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.files.DirectoryHandle;
import io.github.camelonedrive.backup.files.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watched directory and the places inside it where finished dumps go. Others may be able to write in it, so everything in it
 * is done relative to open directories, and no link is followed: whoever could redirect a move would decide where dumps end up.
 */
final class DropDirectory {

    static final Path DONE = Path.of(".done");
    static final Path FAILED = Path.of(".failed");
    static final Path QUARANTINE = Path.of(".quarantine");

    private static final Logger LOG = LoggerFactory.getLogger(DropDirectory.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NAME = 255;

    private final Path configured;
    private final Path root;
    private final UserPrincipal user;
    private final InstantSource clock;
    private volatile String key = "";

    private DropDirectory(Path configured, Path root, UserPrincipal user, InstantSource clock) {
        this.configured = configured;
        this.root = root;
        this.user = user;
        this.clock = clock;
    }

    /**
     * @param  user who runs this and must own the places for finished dumps
     * @throws BackupException if the directory is missing, can't be read or written, or one of the places is not ours
     */
    static DropDirectory open(String watch, Path directory, UserPrincipal user, InstantSource clock) throws BackupException {
        if (!Files.isDirectory(directory)) {
            throw BackupException.usage("The directory " + directory + " of the watch " + watch + " is not there.",
                    "Make it, or correct backup.watch." + watch + ".directory.");
        }
        if (!Files.isReadable(directory) || !Files.isWritable(directory) || !Files.isExecutable(directory)) {
            throw BackupException.usage("The directory " + directory + " of the watch " + watch
                    + " can't be read and written by " + user.getName() + ".",
                    "Give it the permissions: pushed dumps are moved to " + DONE + " inside it.");
        }
        DropDirectory drop = null;
        try {
            drop = new DropDirectory(directory, directory.toRealPath(), user, clock);
            drop.prepare(watch);
            return drop;
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw BackupException.usage("The directory " + directory + " of the watch " + watch + " can't be prepared: "
                    + e.getMessage() + ".", "Check it and its file system.", e);
        }
    }

    private void prepare(String watch) throws IOException {
        try (DirectoryHandle handle = DirectoryHandle.openPath(root)) {
            key = key(handle);
            place(handle, DONE).close();
            place(handle, FAILED).close();
            if (handle.has(QUARANTINE)) {
                place(handle, QUARANTINE).close();
            }
            if (!handle.isSecure() && othersCanWrite()) {
                LOG.warn("{}: other users can write in {}, and Java can't protect moves on this system: someone could"
                        + " redirect dumps with a link. Take write permission away from others.", watch, root);
            }
        }
    }

    private boolean othersCanWrite() throws IOException {
        if (!root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root);
        return permissions.contains(PosixFilePermission.GROUP_WRITE) || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** Returns the watched directory, absolute, links resolved when the watch was opened. */
    Path root() {
        return root;
    }

    /** Returns whether the directory that the settings name is still the one that is watched. */
    boolean isWhereTheSettingsSay() throws IOException {
        return configured.toRealPath().equals(root);
    }

    /**
     * Opens the watched directory.
     *
     * @throws DirectoryReplacedException if it is another one than before and lacks what was made in it: the file system that
     *                                    was mounted there is gone
     */
    DirectoryHandle handle() throws IOException {
        DirectoryHandle handle = DirectoryHandle.openPath(root);
        try {
            String now = key(handle);
            if (!now.equals(key)) {
                if (!handle.has(DONE)) {
                    throw new DirectoryReplacedException(root);
                }
                key = now;
            }
            return handle;
        } catch (IOException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    private static String key(DirectoryHandle handle) throws IOException {
        return Objects.toString(handle.attributes().fileKey(), "");
    }

    /** Returns how a file looks now. @throws java.nio.file.NoSuchFileException if it is gone or no regular file any more */
    FileState state(Path relative) throws IOException {
        try (DirectoryHandle top = handle(); DirectoryHandle parent = top.descend(parent(relative))) {
            return state(parent, relative);
        }
    }

    private FileState state(DirectoryHandle parent, Path relative) throws IOException {
        BasicFileAttributes attributes = parent.attributes(relative.getFileName());
        if (!attributes.isRegularFile()) {
            throw new NotRegularFileException(root.resolve(relative));
        }
        return FileState.of(attributes, changed(relative, attributes));
    }

    // Java gives it by path only. It is a hint to read the file again, so a look at the wrong file does no harm.
    private FileTime changed(Path relative, BasicFileAttributes attributes) {
        try {
            return root.getFileSystem().supportedFileAttributeViews().contains("unix")
                    ? (FileTime) Files.getAttribute(root.resolve(relative), "unix:ctime", LinkOption.NOFOLLOW_LINKS)
                    : attributes.lastModifiedTime();
        } catch (IOException e) {
            return attributes.lastModifiedTime();
        }
    }

    /** Returns the attributes of what has this name now; those of a link are the link's own. */
    BasicFileAttributes attributes(Path relative) throws IOException {
        try (DirectoryHandle top = handle(); DirectoryHandle parent = top.descend(parent(relative))) {
            return parent.attributes(relative.getFileName());
        }
    }

    /** Opens a regular file for reading. */
    FileChannel read(Path relative) throws IOException {
        try (DirectoryHandle top = handle(); DirectoryHandle parent = top.descend(parent(relative))) {
            state(parent, relative);
            return parent.read(relative.getFileName());
        }
    }

    /** Opens a place for finished dumps, which is made if it is missing. */
    DirectoryHandle place(DirectoryHandle top, Path name) throws IOException {
        DirectoryHandle place;
        try {
            place = top.make(name, OwnerOnly.directory(root));
        } catch (IOException e) {
            if (top.has(name) && !top.attributes(name).isDirectory()) {
                throw BackupException.usage(root.resolve(name) + " is a link or a file, not a directory.",
                        "Remove it; the application makes the directory itself.", e);
            }
            throw e;
        }
        try {
            requireOurs(place);
            return place;
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    // Some file systems show one owner for all files, whoever made them.
    private void requireOurs(DirectoryHandle place) throws IOException {
        UserPrincipal owner = place.owner();
        if (!owner.equals(user) && showsWhoMadeAFile(place)) {
            throw BackupException.usage(place.path() + " belongs to " + owner.getName() + ", not to " + user.getName()
                    + " who runs this.", "Remove it or give it to " + user.getName() + ".");
        }
    }

    private boolean showsWhoMadeAFile(DirectoryHandle place) throws IOException {
        Path probe = Path.of(".owner-" + STAMP.format(clock.instant()) + "-" + Thread.currentThread().getId());
        place.create(probe, new byte[0], OwnerOnly.file(root));
        try {
            return place.owner(probe).equals(user);
        } finally {
            place.delete(probe);
        }
    }

    /**
     * Moves a file inside the watched directory to a place for finished dumps, keeping its sub-directory.
     *
     * @param target relative to the place, from {@link #freeName}
     */
    void move(DumpPath dump, Path place, Path target) throws IOException {
        try (DirectoryHandle top = handle();
             DirectoryHandle from = top.descend(parent(dump.place()));
             DirectoryHandle placeHandle = place(top, place);
             DirectoryHandle to = descendMaking(placeHandle, parent(target))) {
            from.move(dump.place().getFileName(), to, target.getFileName());
        }
    }

    /**
     * Moves a file from a place back into the watched directory.
     *
     * @param  wanted relative; a taken name gets a time stamp
     * @return        relative path that it has now
     */
    Path moveBack(Path place, Path relative, Path wanted) throws IOException {
        while (true) {
            Path target = freeName(Path.of(""), wanted);
            try (DirectoryHandle top = handle();
                 DirectoryHandle placeHandle = place(top, place);
                 DirectoryHandle from = placeHandle.descend(parent(relative));
                 DirectoryHandle to = descendMaking(top, parent(target))) {
                from.moveWithoutReplacing(relative.getFileName(), to, target.getFileName());
                return target;
            } catch (FileAlreadyExistsException anotherCameFirst) {
                LOG.debug("{} is taken.", target);
            }
        }
    }

    /** Creates a file in a place for finished dumps. @throws java.nio.file.FileAlreadyExistsException if the name is taken */
    void create(Path place, Path relative, byte[] content) throws IOException {
        try (DirectoryHandle top = handle();
             DirectoryHandle placeHandle = place(top, place);
             DirectoryHandle parent = descendMaking(placeHandle, parent(relative))) {
            parent.create(relative.getFileName(), content, OwnerOnly.file(root));
        }
    }

    void delete(Path relative) throws IOException {
        try (DirectoryHandle top = handle(); DirectoryHandle parent = top.descend(parent(relative))) {
            parent.delete(relative.getFileName());
        }
    }

    /**
     * Returns a name in a place that is free, as are the names with each suffix. A taken name gets a time stamp before its
     * extension; one that would be too long is cut.
     *
     * @param place empty for the watched directory itself
     */
    Path freeName(Path place, Path relative, String... suffixes) throws IOException {
        int reserve = 0;
        for (String suffix : suffixes) {
            reserve = Math.max(reserve, suffix.length());
        }
        Path parent = parent(relative);
        String name = relative.getFileName().toString();
        String stamp = "";
        for (int number = 1;; number++) {
            Path free = parent.resolve(withStamp(name, stamp, LONGEST_NAME - reserve));
            if (isFree(place, free, suffixes)) {
                return free;
            }
            stamp = "-" + STAMP.format(clock.instant()) + (number == 1 ? "" : "-" + number);
        }
    }

    private boolean isFree(Path place, Path relative, String... suffixes) throws IOException {
        try (DirectoryHandle top = handle();
             DirectoryHandle start = place.toString().isEmpty() ? top.open(Path.of(".")) : place(top, place);
             DirectoryHandle parent = start.descend(parent(relative))) {
            boolean free = !parent.has(relative.getFileName());
            for (String suffix : suffixes) {
                free &= !parent.has(Path.of(relative.getFileName() + suffix));
            }
            return free;
        } catch (NoSuchFileException parentIsMissing) {
            return true;
        }
    }

    private static String withStamp(String name, String stamp, int longest) {
        int dot = name.indexOf('.', 1);
        String stem = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot);
        int room = longest - bytes(stamp);
        if (bytes(extension) >= room) {
            stem = name;
            extension = "";
        }
        return cut(stem, room - bytes(extension)) + stamp + extension;
    }

    private static String cut(String text, int most) {
        int end = text.length();
        while (bytes(text.substring(0, end)) > most) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static DirectoryHandle descendMaking(DirectoryHandle top, Path relative) throws IOException {
        DirectoryHandle current = top.open(Path.of("."));
        for (Path name : relative) {
            if (!name.toString().isEmpty()) {
                DirectoryHandle next;
                try (DirectoryHandle parent = current) {
                    next = parent.make(name, OwnerOnly.directory(top.path()));
                }
                current = next;
            }
        }
        return current;
    }

    private static Path parent(Path relative) {
        Path parent = relative.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** Another directory stands where the watched one was. */
    static final class DirectoryReplacedException extends IOException {

        private static final long serialVersionUID = 1L;

        DirectoryReplacedException(Path root) {
            super(root + " is not the directory it was: " + DONE + ", which was made in it, is missing");
        }
    }

    /** The path leads to a directory, a link, a pipe or the like. */
    static final class NotRegularFileException extends IOException {

        private static final long serialVersionUID = 1L;

        NotRegularFileException(Path path) {
            super(path + " is not a regular file");
        }
    }
}
