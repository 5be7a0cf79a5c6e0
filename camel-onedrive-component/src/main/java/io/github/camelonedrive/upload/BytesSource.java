package io.github.camelonedrive.upload;

import java.time.Instant;
import java.util.Optional;

/** Bytes in memory. They must not be changed while they are uploaded. */
public final class BytesSource implements UploadSource {

    private final byte[] content;

    public BytesSource(byte[] content) {
        this.content = content;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public int read(long position, byte[] buffer, int length) {
        if (position >= content.length) {
            return -1;
        }
        int count = Math.min(length, content.length - (int) position);
        System.arraycopy(content, (int) position, buffer, 0, count);
        return count;
    }

    @Override
    public void checkUnchanged() {
        // An array keeps its length, and its content is the caller's to leave alone.
    }

    @Override
    public Optional<Instant> lastModified() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
