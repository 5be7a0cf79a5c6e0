package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.camelonedrive.upload.UploadIdentity;

/** Tells whether anybody will come back for a broken-off upload. */
final class Abandonment {

    /** A stream has no file that could tell; whoever sends it again does so within a day. */
    static final Duration OF_STREAMS = Duration.ofHours(24);

    private Abandonment() {
    }

    /**
     * Whether the source is gone or another one. A source that can't be looked at now may come back.
     *
     * @param lastWritten when the entry was last written
     */
    static boolean isAbandoned(UploadIdentity identity, Instant lastWritten, Instant now) {
        if (identity.file().isEmpty()) {
            return lastWritten.isBefore(now.minus(OF_STREAMS));
        }
        try {
            return !isSame(identity, Path.of(identity.file().get()));
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static boolean isSame(UploadIdentity identity, Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Optional<Instant> lastModified = Optional.of(now.lastModifiedTime().toInstant());
        return now.isRegularFile() && now.size() == identity.size()
                && (identity.lastModified().isEmpty() || identity.lastModified().equals(lastModified));
    }
}
