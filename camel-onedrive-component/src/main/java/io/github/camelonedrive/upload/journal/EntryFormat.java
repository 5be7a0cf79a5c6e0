package io.github.camelonedrive.upload.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.hash.PrefixDigest;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadIdentity;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UrlSealer;

/**
 * An entry's file, version 1, as {@code docs/security.md} specifies it: two {@link ProgressSlot}s, then records, one per line,
 * each with its checksum.
 */
final class EntryFormat {

    /** Where the records begin. */
    private static final int RECORDS_AT = ProgressSlot.COUNT * ProgressSlot.LENGTH;

    private EntryFormat() {
    }

    /**
     * What an entry holds.
     *
     * @param end      where the next record goes, in bytes
     * @param sequence that of the latest progress; 0 when there is none
     * @param lastLost whether a whole last record is there but damaged, which no crash does
     */
    record Content(UploadKey key, JournalTrace trace, long end, long sequence, boolean lastLost) {
    }

    /** A whole new entry. */
    static byte[] begin(UploadKey key, UploadIdentity identity) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes(ProgressSlot.blank());
        entry.writeBytes(line(Records.begin(key, identity)));
        return entry.toByteArray();
    }

    /** A record with its checksum and a newline. */
    static byte[] line(ObjectNode record) {
        byte[] json = Records.write(record);
        byte[] line = new byte[Checksum.LENGTH + 1 + json.length + 1];
        Checksum.putHex(Checksum.of(json, 0, json.length), line, 0);
        line[Checksum.LENGTH] = ' ';
        System.arraycopy(json, 0, line, Checksum.LENGTH + 1, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /**
     * @param name of the file: begins with the fingerprint of its key, and is the place that URLs are sealed for
     * @throws Unusable    when it is damaged or of another version
     * @throws IOException when the sealer can't work
     */
    static Content read(byte[] entry, String name, UrlSealer sealer) throws Unusable, IOException {
        if (isBlank(entry)) {
            throw new Unusable(Unusable.Kind.NOTHING, "nothing was written to it");
        }
        Optional<ObjectNode> head = record(entry, RECORDS_AT);
        if (head.isEmpty()) {
            throw Unusable.damaged("its first record is not as it was written");
        }
        Records records = new Records(head.get(), name, sealer);
        int at = endOfLine(entry, RECORDS_AT);
        Optional<ObjectNode> next = record(entry, at);
        while (next.isPresent()) {
            records.add(next.get());
            at = endOfLine(entry, at);
            next = record(entry, at);
        }
        requireNoRecordAfter(entry, at);
        Optional<ProgressSlot> slot = ProgressSlot.latest(entry);
        Optional<PrefixDigest> read = slot.map(ProgressSlot::prefix);
        JournalTrace trace = read.isPresent() ? records.trace().reading(read.get()) : records.trace();
        boolean lastLost = at < entry.length && entry[entry.length - 1] == '\n';
        return new Content(records.key(), trace, at, slot.map(ProgressSlot::sequence).orElse(0L), lastLost);
    }

    /**
     * A last record that was cut off is ignored: whoever wrote it never got to do what it announces. Looks at each byte, not
     * each line, as the damage may have made one line of two.
     */
    private static void requireNoRecordAfter(byte[] entry, int at) throws Unusable {
        for (int next = at + 1; next < entry.length; next++) {
            if (record(entry, next).isPresent()) {
                throw Unusable.damaged("a record in its middle is not as it was written");
            }
        }
    }

    private static Optional<ObjectNode> record(byte[] entry, int start) {
        int json = start + Checksum.LENGTH + 1;
        if (json >= entry.length || entry[json - 1] != ' ') {
            return Optional.empty();
        }
        int end = endOfLine(entry, json);
        if (end < 0 || !Checksum.matches(entry, json, end - 1 - json, start)) {
            return Optional.empty();
        }
        return Records.parse(Arrays.copyOfRange(entry, json, end - 1));
    }

    /** Where the next line begins; -1 when this one does not end. */
    private static int endOfLine(byte[] entry, int start) {
        for (int i = start; i < entry.length; i++) {
            if (entry[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean isBlank(byte[] entry) {
        for (byte b : entry) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The file is not an entry that this program can read. The message tells why, in words after "it can't be used:". */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        private final Kind kind;

        Unusable(Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        static Unusable damaged(String message) {
            return new Unusable(Kind.DAMAGED, message);
        }

        Kind kind() {
            return kind;
        }

        /** What to do with it. */
        enum Kind {

            /** Made, but a power cut came before anything was forced to disk, and so before anything was announced. */
            NOTHING,

            /** Altered since it was written. */
            DAMAGED,

            /** Written by another version of this program. */
            UNKNOWN_VERSION
        }
    }
}
