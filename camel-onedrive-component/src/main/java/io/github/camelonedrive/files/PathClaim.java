package io.github.camelonedrive.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one holder within this process to open a file that is locked while it is open. A file lock belongs to the whole
 * process, and closing any handle on the file drops it: so a claim comes before the file is opened, and goes after it is
 * closed.
 */
public final class PathClaim implements Closeable {

    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private boolean open = true;

    private PathClaim(Path path) {
        this.path = path;
    }

    /**
     * Takes a name that nobody in this process has.
     *
     * @param  path in a directory that exists; by whatever links it is named
     * @return      empty if it is taken
     */
    public static Optional<PathClaim> tryTake(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path real = absolute.getParent().toRealPath().resolve(absolute.getFileName());
        return TAKEN.add(real) ? Optional.of(new PathClaim(real)) : Optional.empty();
    }

    /** Returns the name, in its directory's real path. */
    public Path path() {
        return path;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            TAKEN.remove(path);
        }
    }
}
