package io.github.camelonedrive.component;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

import org.apache.camel.StreamCache;

import io.github.camelonedrive.upload.SourceChangedException;
import io.github.camelonedrive.upload.UploadSource;

/** A stream that Camel has cached: it knows its length and can be started again. */
final class StreamCacheSource implements UploadSource {

    private final StreamCache cache;
    private final InputStream stream;
    private final long size;
    private long position;

    StreamCacheSource(StreamCache cache) {
        this.cache = cache;
        this.stream = (InputStream) cache;
        this.size = cache.length();
        cache.reset();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long from, byte[] buffer, int length) throws IOException {
        if (from < position) {
            cache.reset();
            position = 0;
        }
        if (from > position) {
            if (!skip(from - position)) {
                return -1;
            }
            position = from;
        }
        int count = stream.read(buffer, 0, length);
        position += Math.max(count, 0);
        return count;
    }

    private boolean skip(long count) throws IOException {
        try {
            stream.skipNBytes(count);
            return true;
        } catch (EOFException shorter) {
            return false;
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        if (position == size && stream.read() >= 0) {
            throw SourceChangedException.length(size, size + 1);
        }
    }

    @Override
    public Optional<Instant> lastModified() {
        return Optional.empty();
    }

    /** Left as it was found, for whatever comes next in the route. */
    @Override
    public void close() {
        cache.reset();
    }
}
