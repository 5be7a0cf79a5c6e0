package io.github.camelonedrive.backup.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Owner, group and mode of a file or directory.
 *
 * @param mode the file's type and the twelve permission bits
 */
record UnixFile(Path path, int uid, int gid, String owner, String group, int mode) {

    private static final int STICKY = 01000;
    private static final int GROUP_WRITE = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;

    static UnixFile of(Path path) throws IOException {
        Map<String, Object> values = Files.readAttributes(path, "unix:uid,gid,owner,group,mode", LinkOption.NOFOLLOW_LINKS);
        return new UnixFile(path, (Integer) values.get("uid"), (Integer) values.get("gid"), values.get("owner").toString(),
                values.get("group").toString(), (Integer) values.get("mode"));
    }

    boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    boolean isGroupWritable() {
        return (mode & GROUP_WRITE) != 0;
    }

    boolean isWorldWritable() {
        return (mode & OTHERS_WRITE) != 0;
    }

    /** Whether what lies in this directory can be replaced only by its own owner, as in {@code /tmp}. */
    boolean isSticky() {
        return isDirectory() && (mode & STICKY) != 0;
    }

    /** Whether its group has the name of its owner: a group of one, as most systems make it for each user. */
    boolean isOwnersGroup() {
        return group.equals(owner);
    }
}
