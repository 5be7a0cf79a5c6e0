package io.github.camelonedrive.upload;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;

/**
 * Bytes to upload, of a size known beforehand, any part of which can be read again: a fragment may have to be sent twice, and
 * a new session begins at the first byte. Used by one thread at a time.
 */
public interface UploadSource extends Closeable {

    /** How many bytes there are. Announced to the service before the first one is sent, and checked. */
    long size();

    /**
     * Reads some bytes.
     *
     * @param position of the first byte, from 0
     * @return         how many were read, at least 1; or -1 when the source ends before that position
     */
    int read(long position, byte[] buffer, int length) throws IOException;

    /**
     * Makes sure that the source still is what it was when its size was announced.
     *
     * @throws OneDriveException of kind UNSETTLED when it changed, grew or shrank
     */
    void checkUnchanged() throws IOException;

    /** When the content was last modified, where that is known. */
    Optional<Instant> lastModified();

    /** Returns the file that was opened; empty where a later process would not find the bytes again. */
    default Optional<SourceFile> file() {
        return Optional.empty();
    }
}
