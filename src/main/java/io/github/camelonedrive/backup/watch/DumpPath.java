package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;

/**
 * Where a dump is, each path relative to the watched directory.
 *
 * @param shown   how the dump is reached, which is its name in OneDrive and in messages
 * @param place   the directory entry that is moved, without links on its way
 * @param content the regular file; differs from {@code place} only where that is a link which the watch follows
 */
record DumpPath(Path shown, Path place, Path content) {

    static DumpPath of(Path relative) {
        return new DumpPath(relative, relative, relative);
    }

    boolean isLink() {
        return !place.equals(content);
    }

    /** Returns the path in OneDrive below the watch's folder. A backslash in a name stays what it is. */
    String remote() {
        return remote(shown);
    }

    static String remote(Path relative) {
        StringBuilder text = new StringBuilder();
        for (Path name : relative) {
            text.append(text.isEmpty() ? "" : "/").append(name);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return shown.toString();
    }
}
