package io.github.camelonedrive.upload.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

import io.github.camelonedrive.hash.PrefixDigest;


/**
 * How far a source was read, as one of two places of fixed size at the start of an entry that are written in turn: while one
 * is overwritten, the other one is whole. Of the valid ones, that with the higher sequence number counts.
 *
 * @param sequence from 1, one up at each write
 */
record ProgressSlot(long sequence, PrefixDigest prefix) {

    /** In bytes. Both slots lie in one disk sector, which a power cut does not tear. */
    static final int LENGTH = 128;

    /** How many there are. */
    static final int COUNT = 2;

    private static final int DIGITS = 19;
    private static final int HASH_LENGTH = 40;
    private static final int LENGTH_AT = DIGITS + 1;
    private static final int HASH_AT = LENGTH_AT + DIGITS + 1;
    private static final int CRC_AT = HASH_AT + HASH_LENGTH + 1;
    private static final int CHECKSUM_AT = LENGTH - Checksum.LENGTH - 1;

    /** Slots in which nothing was written yet. */
    static byte[] blank() {
        byte[] slots = new byte[COUNT * LENGTH];
        Arrays.fill(slots, (byte) ' ');
        for (int slot = 1; slot <= COUNT; slot++) {
            slots[slot * LENGTH - 1] = '\n';
        }
        return slots;
    }

    /** Where the slot of that sequence number lies. */
    static long position(long sequence) {
        return sequence % COUNT * LENGTH;
    }

    /** The valid slot with the highest sequence number. */
    static Optional<ProgressSlot> latest(byte[] entry) {
        Optional<ProgressSlot> latest = Optional.empty();
        for (int slot = 0; slot < COUNT; slot++) {
            Optional<ProgressSlot> found = decode(entry, slot * LENGTH);
            if (found.isPresent() && (latest.isEmpty() || found.get().sequence > latest.get().sequence)) {
                latest = found;
            }
        }
        return latest;
    }

    /**
     * Fills a slot, without garbage: this is done for every buffer that is read.
     *
     * @param checksum to compute with; its state does not matter
     * @throws IllegalArgumentException when the hash is longer than 40 characters or not ASCII
     */
    static void encode(long sequence, PrefixDigest prefix, byte[] slot, CRC32C checksum) {
        Arrays.fill(slot, (byte) ' ');
        putDecimal(sequence, slot, 0);
        putDecimal(prefix.length(), slot, LENGTH_AT);
        putText(prefix.quickXorHash(), slot);
        Checksum.putHex(prefix.crc32c(), slot, CRC_AT);
        checksum.reset();
        checksum.update(slot, 0, CHECKSUM_AT);
        Checksum.putHex(checksum.getValue(), slot, CHECKSUM_AT);
        slot[LENGTH - 1] = '\n';
    }

    private static Optional<ProgressSlot> decode(byte[] entry, int start) {
        if (entry[start + LENGTH - 1] != '\n' || !Checksum.matches(entry, start, CHECKSUM_AT, start + CHECKSUM_AT)) {
            return Optional.empty();
        }
        String text = new String(entry, start, LENGTH, StandardCharsets.US_ASCII);
        try {
            PrefixDigest prefix = new PrefixDigest(Long.parseLong(text, LENGTH_AT, LENGTH_AT + DIGITS, 10),
                    text.substring(HASH_AT, HASH_AT + HASH_LENGTH).stripTrailing(),
                    Long.parseLong(text, CRC_AT, CRC_AT + Checksum.LENGTH, 16));
            return Optional.of(new ProgressSlot(Long.parseLong(text, 0, DIGITS, 10), prefix));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void putDecimal(long number, byte[] slot, int start) {
        long rest = number;
        for (int i = start + DIGITS - 1; i >= start; i--) {
            slot[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static void putText(String text, byte[] slot) {
        if (text.length() > HASH_LENGTH) {
            throw new IllegalArgumentException("A hash of " + text.length() + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new IllegalArgumentException("A hash that is not base64");
            }
            slot[HASH_AT + i] = (byte) c;
        }
    }
}
