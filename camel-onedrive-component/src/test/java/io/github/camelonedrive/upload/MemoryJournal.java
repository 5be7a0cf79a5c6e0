package io.github.camelonedrive.upload;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.hash.PrefixDigest;

/** A journal that outlives its uploaders, as a disk does. Whoever dies leaves it as it was at that moment. */
final class MemoryJournal implements UploadJournal {

    private final Map<Entry, UploadKey> entries = new LinkedHashMap<>();
    final List<String> writes = new ArrayList<>();
    boolean full;

    @Override
    public List<JournalEntry> claim(UploadKey key) throws IOException {
        failWhenFull();
        List<JournalEntry> claimed = new ArrayList<>();
        entries.forEach((entry, its) -> {
            if (its.fingerprint().equals(key.fingerprint()) && !entry.held) {
                entry.held = true;
                claimed.add(entry);
            }
        });
        return claimed;
    }

    @Override
    public List<JournalEntry> claimAbandoned(String destination, String drive) {
        return List.of();
    }

    @Override
    public int underWay(UploadKey key) {
        return (int) entries.entrySet().stream()
                .filter(entry -> entry.getKey().held && entry.getValue().fingerprint().equals(key.fingerprint())).count();
    }

    @Override
    public JournalEntry begin(UploadKey key, UploadIdentity identity) throws IOException {
        failWhenFull();
        Entry entry = new Entry(JournalTrace.begun(identity), true);
        entries.put(entry, key);
        return entry;
    }

    /** As a disk after the death of who wrote it: nobody holds anything. */
    MemoryJournal afterDeath() {
        MemoryJournal copy = new MemoryJournal();
        entries.forEach((entry, key) -> copy.entries.put(copy.new Entry(entry.trace, false), key));
        return copy;
    }

    List<JournalTrace> traces() {
        return entries.keySet().stream().map(Entry::trace).toList();
    }

    private void failWhenFull() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    private final class Entry implements JournalEntry {

        private JournalTrace trace;
        private boolean held;

        Entry(JournalTrace trace, boolean held) {
            this.trace = trace;
            this.held = held;
        }

        @Override
        public JournalTrace trace() {
            return trace;
        }

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public void opening(String folderId, Set<String> thereBefore, Instant now) throws IOException {
            write("opening", trace.opening(folderId, thereBefore, now));
        }

        @Override
        public void opened(Secret uploadUrl, Instant expires) throws IOException {
            write("opened", trace.opened(uploadUrl, Optional.ofNullable(expires)));
        }

        @Override
        public void reading(PrefixDigest prefix) throws IOException {
            write("reading", trace.reading(prefix));
        }

        @Override
        public void force() throws IOException {
            write("force", trace);
        }

        @Override
        public void ended() throws IOException {
            write("ended", trace.ended());
        }

        @Override
        public void committed(String itemId) throws IOException {
            write("committed", trace.committed(itemId));
        }

        @Override
        public void forget() {
            entries.remove(this);
        }

        @Override
        public void close() {
            held = false;
        }

        private void write(String what, JournalTrace next) throws IOException {
            failWhenFull();
            writes.add(what);
            trace = next;
        }
    }
}
