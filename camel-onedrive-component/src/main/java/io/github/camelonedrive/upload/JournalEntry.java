package io.github.camelonedrive.upload;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.hash.PrefixDigest;

/**
 * What a journal knows of one upload. Belongs to one thread; nobody else can claim it until it is closed. Each record is
 * written before the step that it announces, or right after the one that it reports, and survives a killed process as soon as
 * the method returns; where it says so, a power cut too. An interrupted thread can still write.
 */
public interface JournalEntry extends Closeable {

    /** All that is recorded so far. */
    JournalTrace trace();

    /** Whether what is written here outlives the process. */
    boolean isDurable();

    /** Whether somebody can claim it once this upload has ended without success. */
    default boolean outlivesAttempt() {
        return isDurable();
    }

    /**
     * A session, or a file by one PUT, is about to be created: if nothing follows, it may exist without our knowing. Survives
     * a power cut.
     *
     * @param folderId    the folder it goes to
     * @param thereBefore ids of items that have a name like ours already, see {@link CommitProbe}
     */
    void opening(String folderId, Set<String> thereBefore, Instant now) throws IOException;

    /** The session is open. Survives a power cut. @param expires as the service said, if it did; else null */
    void opened(Secret uploadUrl, Instant expires) throws IOException;

    /**
     * The source up to there was read, and its bytes are about to be sent. Called for every buffer, so it must be cheap; only
     * the latest counts.
     */
    void reading(PrefixDigest prefix) throws IOException;

    /** What was recorded shall survive a power cut. Called before each fragment's end; may skip what is too soon. */
    void force() throws IOException;

    /** The session is over: cancelled, expired or lost. Nothing of this upload is open at the service. */
    void ended() throws IOException;

    /** OneDrive has the item. Proven or not: that is found out again. */
    void committed(String itemId) throws IOException;

    /** Removes the entry. */
    void forget() throws IOException;

    /** Leaves the entry to whoever claims it next. Does nothing after {@link #forget}. */
    @Override
    void close() throws IOException;
}
