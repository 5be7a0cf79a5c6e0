package io.github.camelonedrive.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import io.github.camelonedrive.files.UnsafeFileException.Problem;

/**
 * What the file system says about the file of a name, links not followed.
 *
 * @param key         tells files apart; empty where the file system has none
 * @param uid         the owner; empty where there are no owners
 * @param links       how many names the file has; 1 where that is not known
 * @param permissions empty where there are none
 */
record FileState(Path path, boolean regular, boolean link, Optional<Object> key, OptionalInt uid, int links,
        Optional<Set<PosixFilePermission>> permissions) {

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private static final Set<PosixFilePermission> OF_GROUP = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    static FileState of(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileState(path, basic.isRegularFile(), basic.isSymbolicLink(), Optional.ofNullable(basic.fileKey()),
                    OptionalInt.empty(), 1, Optional.empty());
        }
        Map<String, Object> unix = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        return new FileState(path, (boolean) unix.get("isRegularFile"), (boolean) unix.get("isSymbolicLink"),
                Optional.ofNullable(unix.get("fileKey")), OptionalInt.of((int) unix.get("uid")), (int) unix.get("nlink"),
                Optional.of(permissions(unix.get("permissions"))));
    }

    private static Set<PosixFilePermission> permissions(Object set) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (Object permission : (Set<?>) set) {
            permissions.add((PosixFilePermission) permission);
        }
        return permissions;
    }

    void requireRegular() throws UnsafeFileException {
        if (link) {
            throw new UnsafeFileException(path, Problem.LINK, "it is a symbolic link");
        }
        if (!regular) {
            throw new UnsafeFileException(path, Problem.NOT_REGULAR, "it is no regular file");
        }
    }

    void requireOneName() throws UnsafeFileException {
        if (links != 1) {
            throw new UnsafeFileException(path, Problem.HARD_LINKED, "it is the same file as another one, by a hard link");
        }
    }

    void requireClosedToOthers() throws UnsafeFileException {
        requireNone(OF_OTHERS);
    }

    /** A group is no other if it is the owner's own; root may let a group read. */
    void requireKeptFromOthers() throws IOException {
        if (permissions.isEmpty()) {
            return;
        }
        Set<PosixFilePermission> refused = EnumSet.copyOf(OF_OTHERS);
        if (uid.equals(OptionalInt.of(0))) {
            refused.remove(PosixFilePermission.GROUP_READ);
        }
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.group().getName().equals(attributes.owner().getName())) {
            refused.removeAll(OF_GROUP);
        }
        requireNone(refused);
    }

    void requireNotWritableByOthers() throws UnsafeFileException {
        requireNone(WRITABLE_BY_OTHERS);
    }

    private void requireNone(Set<PosixFilePermission> refused) throws UnsafeFileException {
        if (permissions.isPresent() && permissions.get().stream().anyMatch(refused::contains)) {
            throw UnsafeFileException.openToOthers(path, PosixFilePermissions.toString(permissions.get()));
        }
    }

    void requireOwner(boolean ours) throws IOException {
        if (!ours) {
            throw new UnsafeFileException(path, Problem.FOREIGN_OWNER,
                    "it belongs to the user " + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName());
        }
    }
}
