package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes pushed dumps that have been in {@code .done/} long enough ({@code delete-after}). */
final class DoneSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(DoneSweeper.class);

    private final String watch;
    private final DropDirectory drop;
    private final Duration keep;
    private final InstantSource clock;

    DoneSweeper(String watch, DropDirectory drop, Duration keep, InstantSource clock) {
        this.watch = watch;
        this.drop = drop;
        this.keep = keep;
        this.clock = clock;
    }

    /** One round. Trouble is logged and does not end the rounds. */
    void sweep() {
        try {
            Path done = drop.done();
            Instant deadline = clock.instant().minus(keep);
            Files.walkFileTree(done, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && movedAt(file, attributes).isBefore(deadline)) {
                        Files.delete(file);
                        LOG.info("{}: {} was deleted from {} after {}.", watch, done.relativize(file),
                                DropDirectory.DONE, keep);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException trouble) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            LOG.debug("{}: {} went away while old dumps were looked for.", watch, e.getFile());
        } catch (IOException e) {
            LOG.warn("{}: old dumps in {} can't be deleted: {}. Check its permissions.", watch, DropDirectory.DONE,
                    e.getMessage());
        }
    }

    // The move leaves the dump's own time alone but sets its change time, where the file system has one.
    private static Instant movedAt(Path file, BasicFileAttributes attributes) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
        }
        return attributes.lastModifiedTime().toInstant();
    }
}
