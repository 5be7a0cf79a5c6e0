package io.github.camelonedrive.upload;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.hash.PrefixDigest;

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

    /** Who uploads remembers himself. */
    private record Entry(UploadIdentity identity) implements JournalEntry {

        @Override
        public JournalTrace trace() {
            return JournalTrace.begun(identity);
        }

        @Override
        public boolean isDurable() {
            return false;
        }

        @Override
        public void opening(String folderId, Set<String> thereBefore, Instant now) {
            // Not remembered.
        }

        @Override
        public void opened(Secret uploadUrl, Instant expires) {
            // Not remembered.
        }

        @Override
        public void reading(PrefixDigest prefix) {
            // Not remembered.
        }

        @Override
        public void force() {
            // Nothing could be lost.
        }

        @Override
        public void ended() {
            // Not remembered.
        }

        @Override
        public void committed(String itemId) {
            // Not remembered.
        }

        @Override
        public void forget() {
            // Nothing is there.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
