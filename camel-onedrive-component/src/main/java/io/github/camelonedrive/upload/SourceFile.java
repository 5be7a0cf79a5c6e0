package io.github.camelonedrive.upload;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The file that an upload opened and read.
 *
 * @param path     absolute
 * @param fileKey  device and inode as text; empty where the file system has none, or gives another one at each look
 * @param size     in bytes
 * @param modified time of the last change of the content, as precise as the file system gives it
 */
public record SourceFile(Path path, Optional<String> fileKey, long size, Instant modified) {

    public SourceFile {
        Objects.requireNonNull(path);
        Objects.requireNonNull(fileKey);
        Objects.requireNonNull(modified);
    }
}
