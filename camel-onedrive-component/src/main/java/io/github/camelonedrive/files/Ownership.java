package io.github.camelonedrive.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Whether this process owns a file. Some file systems show other owners than the one who made a file (a network file system
 * that maps root to nobody, a mount with a fixed owner): there a file counts as ours when a new one gets the same owner.
 */
final class Ownership {

    private static final int ROOT = 0;

    /** The kernel shows a process as a directory that belongs to the user it runs as. */
    private static final Path THIS_PROCESS = Path.of("/proc/self/");

    private static final OptionalInt US = us();

    private Ownership() {
    }

    static boolean isRoot() {
        return US.isPresent() && US.getAsInt() == ROOT;
    }

    /** Returns whether a file in that directory with that owner is ours. True where there are no owners. */
    static boolean isOurs(Path directory, OptionalInt uid) {
        return uid.isEmpty() || uid.equals(US) || isOwnerOfNewFiles(directory, uid);
    }

    /** Root can read and write everything anyway. */
    static boolean isOursOrRoots(Path directory, OptionalInt uid) {
        return uid.equals(OptionalInt.of(ROOT)) || isOurs(directory, uid);
    }

    private static boolean isOwnerOfNewFiles(Path directory, OptionalInt uid) {
        OptionalInt made = ownerOfNewFiles(directory);
        return made.isPresent() && !made.equals(US) && made.equals(uid);
    }

    private static OptionalInt ownerOfNewFiles(Path directory) {
        Path probe = directory.resolve(".owner-" + UUID.randomUUID());
        try (OpenFile made = OpenFile.create(probe)) {
            OptionalInt owner = FileState.of(probe).uid();
            Files.delete(probe);
            return owner;
        } catch (IOException e) {
            // Nothing of ours can be made there, so nothing there is ours.
            return OptionalInt.empty();
        }
    }

    private static OptionalInt us() {
        try {
            return OptionalInt.of((int) Files.getAttribute(THIS_PROCESS, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return ownerOfNewFiles(Path.of(System.getProperty("java.io.tmpdir")));
        }
    }
}
