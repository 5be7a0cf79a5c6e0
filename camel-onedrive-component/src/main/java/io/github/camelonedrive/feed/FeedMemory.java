package io.github.camelonedrive.feed;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What one feed remembers: texts under names. The contract that a feed builds on: a {@link #write} takes effect as a whole or
 * not at all; when it returns, it outlives the death of the process, as far as the repository outlives one; and what outlives
 * the machine's is all writes up to some point, at least up to the last {@link #force}. Losing later ones makes a feed read,
 * and emit, once more what came since, and never makes it miss anything. Safe for many threads.
 */
public interface FeedMemory extends Closeable {

    /** All that is remembered, by name. The caller's own copy. */
    Map<String, String> read() throws IOException;

    /**
     * Remembers and forgets.
     *
     * @param changes the new text by name; empty to forget it
     */
    void write(Map<String, Optional<String>> changes) throws IOException;

    /** Makes what was written outlive the death of the machine, too. Called once a poll, not for each write. */
    void force() throws IOException;
}
