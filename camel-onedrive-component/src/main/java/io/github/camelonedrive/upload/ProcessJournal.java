package io.github.camelonedrive.upload;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.hash.PrefixDigest;

/**
 * Remembers broken-off uploads for as long as the process lives: enough for a caller that tries again, useless after a crash.
 * Safe for many threads.
 */
final class ProcessJournal implements UploadJournal {

    private final Map<Entry, UploadKey> entries = new LinkedHashMap<>();

    @Override
    public List<JournalEntry> claim(UploadKey key) {
        String place = key.fingerprint();
        return claim((UploadKey its) -> its.fingerprint().equals(place));
    }

    @Override
    public List<JournalEntry> claimTransient(String destination, String drive) {
        return claim((UploadKey its) -> its.destination().equals(destination) && its.drive().equals(drive));
    }

    private synchronized List<JournalEntry> claim(Predicate<UploadKey> wanted) {
        List<JournalEntry> claimed = new ArrayList<>();
        entries.forEach((entry, its) -> {
            if (!entry.held && wanted.test(its)) {
                entry.held = true;
                claimed.add(entry);
            }
        });
        return claimed;
    }

    /** Who tries again says himself when he no longer does, see {@link Uploader#endBrokenOff}. */
    @Override
    public List<JournalEntry> claimAbandoned(String destination, String drive) {
        return List.of();
    }

    @Override
    public synchronized int underWay(UploadKey key) {
        String place = key.fingerprint();
        return (int) entries.entrySet().stream()
                .filter(entry -> entry.getKey().held && entry.getValue().fingerprint().equals(place)).count();
    }

    @Override
    public synchronized JournalEntry begin(UploadKey key, UploadIdentity identity) {
        Entry entry = new Entry(JournalTrace.begun(identity));
        entries.put(entry, key);
        return entry;
    }

    private synchronized void forget(Entry entry) {
        entries.remove(entry);
    }

    private synchronized void release(Entry entry) {
        entry.held = false;
    }

    private final class Entry implements JournalEntry {

        private JournalTrace trace;
        private boolean held = true;

        Entry(JournalTrace trace) {
            this.trace = trace;
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
        public boolean outlivesAttempt() {
            return true;
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
            trace = trace.reading(prefix);
        }

        @Override
        public void force() {
            // There is nothing that a power cut would spare.
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
            ProcessJournal.this.forget(this);
        }

        @Override
        public void close() {
            release(this);
        }
    }
}
