package io.github.camelonedrive.upload;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.credentials.Secret;

/** Its entries last as long as the upload. */
final class NoJournal implements UploadJournal {

    static final NoJournal INSTANCE = new NoJournal();

    private NoJournal() {
    }

    @Override
    public List<JournalEntry> claim(UploadKey key) {
        return List.of();
    }

    @Override
    public List<JournalEntry> claimAbandoned(String destination, String drive) {
        return List.of();
    }

    @Override
    public JournalEntry begin(UploadKey key, UploadIdentity identity) {
        return new Entry(identity);
    }

    private static final class Entry implements JournalEntry {

        private JournalTrace trace;

        Entry(UploadIdentity identity) {
            trace = JournalTrace.begun(identity);
        }

        @Override
        public JournalTrace trace() {
            return trace;
        }

        @Override
        public boolean isDurable() {
            return false;
        }

        @Override
        public void opening(String folderId, Set<String> thereBefore, Instant now) {
            trace = trace.opening(folderId, thereBefore, now);
        }

        @Override
        public void opened(Secret uploadUrl, Instant expires) {
            trace = trace.opened(uploadUrl, Optional.ofNullable(expires));
        }

        @Override
        public void reading(PrefixDigest prefix) {
            // The content itself knows how far it was read.
        }

        @Override
        public void force() {
            // Nothing could be lost.
        }

        @Override
        public void ended() {
            trace = trace.ended();
        }

        @Override
        public void committed(String itemId) {
            trace = trace.committed(itemId);
        }

        @Override
        public void forget() {
            trace = JournalTrace.begun(trace.identity());
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
