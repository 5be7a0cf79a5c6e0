package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory for our user only that is gone, with everything in it, when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);

    private final Path path;

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    /** Below the system's directory for temporary files ({@code java.io.tmpdir}), mode 700. */
    public static TemporaryDirectory create(String prefix) throws IOException {
        return new TemporaryDirectory(Files.createTempDirectory(prefix).toRealPath());
    }

    public Path path() {
        return path;
    }

    /** May be called twice; what can't be deleted is named in a warning. */
    @Override
    public synchronized void close() {
        try {
            delete();
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("Something was still being written in {}; once more.", path);
            tryOnceMore();
        } catch (IOException e) {
            warn(e);
        }
    }

    private void tryOnceMore() {
        try {
            delete();
        } catch (IOException e) {
            warn(e);
        }
    }

    private void warn(IOException e) {
        LOG.warn("The temporary directory {} can't be deleted: {}. Delete it by hand.", path, e.getMessage());
    }

    private void delete() throws IOException {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException trouble) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            LOG.debug("{} is gone already.", path);
        }
    }
}
