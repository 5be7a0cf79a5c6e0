package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Contents that are read after the exchange that held their file, by a copy of it for example. Nothing tells whether such a
 * copy reads to the end, so the connection is returned while nothing reads. The next read resumes. Safe for many threads.
 */
final class IdleContents {

    /** For how long nothing has to read. A connection that is needed again costs two requests. */
    static final Duration IDLE = Duration.ofSeconds(2);

    private final LongSupplier nanoTime;
    private final Map<FileContent, Long> lastUsed = new ConcurrentHashMap<>();

    IdleContents(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Registers that a content is being read. */
    void used(FileContent content) {
        lastUsed.put(content, nanoTime.getAsLong());
    }

    /** Returns the connections of contents that nothing has read lately. */
    void release() {
        long now = nanoTime.getAsLong();
        lastUsed.forEach((content, used) -> {
            // Removed first: a read that begins now registers it again.
            if (now - used >= IDLE.toNanos() && lastUsed.remove(content, used) && !content.release()) {
                used(content);
            }
        });
    }
}
