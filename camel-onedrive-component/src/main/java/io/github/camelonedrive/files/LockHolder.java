package io.github.camelonedrive.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds which process has the lock on a file, in Linux's list of all locks. */
final class LockHolder {

    private static final Path LOCKS = Path.of("/proc/locks");

    /** {@code 1: POSIX  ADVISORY  WRITE 4711 08:01:131075 0 EOF}: process, then device and inode. */
    private static final int KIND = 1;
    private static final int PROCESS = 4;
    private static final int INODE = 5;
    private static final int FIELDS = 8;

    private LockHolder() {
    }

    static Optional<Long> of(Path file) {
        try {
            return find(Files.readAllLines(LOCKS), Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS).toString());
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The device is not compared: some file systems show another one here. Processes of other containers appear as 0. */
    static Optional<Long> find(List<String> locks, String inode) {
        return locks.stream().map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length == FIELDS && fields[KIND].equals("POSIX")
                        && fields[INODE].endsWith(":" + inode))
                .map(fields -> Long.valueOf(fields[PROCESS])).filter(process -> process > 0).findFirst();
    }
}
