package io.github.camelonedrive.feed;

import java.io.IOException;

/**
 * Where feeds keep what they must not forget. What is in it may hold tokens (a link to a drive's changes does), so it is for
 * nobody else to read.
 */
public interface FeedRepository {

    /**
     * Opens the memory of one feed, made when there is none.
     *
     * @param  feed                what the feed reads, in full: equal texts mean the same feed
     * @throws FeedInUseException  when somebody else has it open
     * @throws IOException         when it can't be read
     */
    FeedMemory open(String feed) throws IOException;

    /** Somebody else has the memory open; two readers of one feed would each miss what the other one took. */
    final class FeedInUseException extends IOException {

        private static final long serialVersionUID = 1L;

        FeedInUseException(String where) {
            super("The consumer's state in " + where + " is in use by another consumer or another process. Stop that one, or "
                    + "give this one a stateDirectory of its own.");
        }
    }
}
