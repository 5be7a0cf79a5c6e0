package io.github.camelonedrive.backup.watch;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size     in bytes
 * @param modified time of the last change of the content
 * @param key      device and inode where the file system has them, else empty. File systems in user space may give another
 *                 one at each look, so a difference alone proves nothing
 * @param changed  time of the last change of content, name or permissions, where the file system has it, else the
 *                 modification time
 */
record FileState(long size, FileTime modified, String key, FileTime changed) {

    static FileState of(BasicFileAttributes attributes, FileTime changed) {
        return new FileState(attributes.size(), attributes.lastModifiedTime(), Objects.toString(attributes.fileKey(), ""),
                changed);
    }

    /** Returns whether size and modification time are the same. */
    boolean standsStill(FileState other) {
        return size == other.size && modified.equals(other.modified);
    }

    /** Returns whether it may be a copy of the other one. Java copies times to the microsecond only. */
    boolean looksLike(FileState other) {
        return size == other.size && modified.to(TimeUnit.MICROSECONDS) == other.modified.to(TimeUnit.MICROSECONDS);
    }
}
