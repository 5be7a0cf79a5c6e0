package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.List;

/**
 * Remembers uploads under way, so that whoever comes after a crash, a power cut or a stop can go on with them instead of
 * starting anew (DESIGN §3, law 3). Safe for many threads; a durable one also for several processes.
 */
public interface UploadJournal {

    /**
     * What broken-off uploads to this target have left behind, if anything. Each entry is the caller's from now on, who closes
     * or forgets it; entries held by a living upload, of this process or another, are left out. A damaged entry costs itself
     * only.
     *
     * @throws IOException when the journal can't be read at all
     */
    List<JournalEntry> claim(UploadKey key) throws IOException;

    /**
     * Entries of broken-off uploads to any target of this drive for which nobody will come: their source file is gone or is not
     * the same any more. Each is the caller's, as with {@link #claim}.
     */
    List<JournalEntry> claimAbandoned(String destination, String drive) throws IOException;

    /**
     * Claims the entries of broken-off uploads to any target of this drive that end with the process. Each is the caller's, as
     * with {@link #claim}.
     *
     * @throws IOException if the journal can't be read at all
     */
    default List<JournalEntry> claimTransient(String destination, String drive) throws IOException {
        return List.of();
    }

    /**
     * How many living uploads to this target are on record, the caller's own included: so that whoever is kept out of a name
     * can be told by whom.
     *
     * @throws IOException when the journal can't be read at all
     */
    default int underWay(UploadKey key) throws IOException {
        return 0;
    }

    /**
     * Begins an entry, which is the caller's until it is closed or forgotten.
     *
     * @throws IOException when nothing can be written, for example on a full disk
     */
    JournalEntry begin(UploadKey key, UploadIdentity identity) throws IOException;

    /** Remembers nothing: a session can't outlive the upload that opened it. */
    static UploadJournal none() {
        return NoJournal.INSTANCE;
    }

    /**
     * A new one that remembers broken-off uploads until the process ends, for callers that try again themselves and call
     * {@link Uploader#endBrokenOff} when they no longer do.
     */
    static UploadJournal ofProcess() {
        return new ProcessJournal();
    }
}
