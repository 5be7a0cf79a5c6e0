package io.github.camelonedrive.feed;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Remembers as long as it lives, so a new process begins anew. For tests, and for those who need no more. */
public final class MemoryFeedRepository implements FeedRepository {

    private final Map<String, Map<String, String>> feeds = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    @Override
    public synchronized FeedMemory open(String feed) throws FeedInUseException {
        if (!open.add(feed)) {
            throw new FeedInUseException("memory");
        }
        return new Memory(feed, feeds.computeIfAbsent(feed, name -> new HashMap<>()));
    }

    private synchronized void release(String feed) {
        open.remove(feed);
    }

    private final class Memory implements FeedMemory {

        private final String feed;
        private final Map<String, String> entries;
        private boolean closed;

        Memory(String feed, Map<String, String> entries) {
            this.feed = feed;
            this.entries = entries;
        }

        @Override
        public synchronized Map<String, String> read() {
            return new HashMap<>(entries);
        }

        @Override
        public synchronized void write(Map<String, Optional<String>> changes) throws IOException {
            if (closed) {
                throw new IOException("The consumer has been stopped.");
            }
            changes.forEach((name, text) -> text.ifPresentOrElse(value -> entries.put(name, value),
                    () -> entries.remove(name)));
        }

        @Override
        public void force() {
            // Nothing outlives the process anyway.
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                release(feed);
            }
        }
    }
}
