package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.hash.PrefixDigest;
import io.github.camelonedrive.transport.TimeSource;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UrlSealer;

/**
 * An entry as a file of its own. Whatever is written has reached the system when the method returns, so a killed process
 * loses nothing of it; what a power cut may not take either is forced to disk as well.
 */
final class FileJournalEntry implements JournalEntry {

    /** Progress that a power cut may take; what is lost by it is that much of an upload, at worst the upload begins anew. */
    private static final Duration BETWEEN_SYNCS = Duration.ofMillis(250);

    private final HeldFile file;
    private final String place;
    private final UrlSealer sealer;
    private final TimeSource time;
    private final byte[] slot = new byte[ProgressSlot.LENGTH];
    private final CRC32C checksum = new CRC32C();

    private JournalTrace trace;
    private long end;
    private long sequence;
    private boolean nameSynced;
    private Optional<Long> lastSync = Optional.empty();

    FileJournalEntry(HeldFile file, EntryFormat.Content content, UrlSealer sealer, TimeSource time) {
        this.file = file;
        this.place = file.path().getFileName().toString();
        this.sealer = sealer;
        this.time = time;
        this.trace = content.trace();
        this.end = content.end();
        this.sequence = content.sequence();
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
        append(Records.opening(folderId, thereBefore, now));
        trace = trace.opening(folderId, thereBefore, now);
        sync();
    }

    @Override
    public void opened(Secret uploadUrl, Instant expires) throws IOException {
        append(Records.opened(sealer.seal(uploadUrl, place), expires, time.now()));
        trace = trace.opened(uploadUrl, Optional.ofNullable(expires));
        sync();
    }

    /** Not forced: what the disk has of it is whole and true for its length in any case. */
    @Override
    public void reading(PrefixDigest prefix) throws IOException {
        ProgressSlot.encode(sequence + 1, prefix, slot, checksum);
        file.write(ProgressSlot.position(sequence + 1), slot);
        sequence++;
        trace = trace.reading(prefix);
    }

    @Override
    public void force() throws IOException {
        if (lastSync.isEmpty() || time.nanoTime() - lastSync.get() >= BETWEEN_SYNCS.toNanos()) {
            sync();
        }
    }

    /** Not forced: whoever finds the session on record after a power cut asks for it, and hears that it is gone. */
    @Override
    public void ended() throws IOException {
        append(Records.ended());
        trace = trace.ended();
    }

    /** Not forced: whoever finds the session on record after a power cut asks for it, and finds the item then. */
    @Override
    public void committed(String itemId) throws IOException {
        append(Records.committed(itemId));
        trace = trace.committed(itemId);
    }

    /** Not forced: an entry that a power cut brings back tells of an upload that is found to be done. */
    @Override
    public void forget() throws IOException {
        file.delete();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Over what a failed write may have left there, which is no record. */
    private void append(ObjectNode record) throws IOException {
        file.requireStillThere();
        byte[] line = EntryFormat.line(record);
        file.write(end, line);
        end += line.length;
    }

    private void sync() throws IOException {
        file.sync();
        if (!nameSynced) {
            file.syncName();
            nameSynced = true;
        }
        lastSync = Optional.of(time.nanoTime());
    }

    @Override
    public String toString() {
        return "FileJournalEntry(" + file + ")";
    }
}
