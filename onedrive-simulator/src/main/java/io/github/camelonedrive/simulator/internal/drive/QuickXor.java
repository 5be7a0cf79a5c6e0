package io.github.camelonedrive.simulator.internal.drive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * QuickXorHash: byte number i is XORed in at bit 11·i mod 160, then the length into the last
 * eight bytes.
 *
 * <p>Bytes that are 160 apart land on the same bit, so the input is first folded into one block of 160 bytes, eight bytes at
 * a time; the shifting is done once, at the end.
 */
final class QuickXor {
    private static final int PERIOD = 160;
    private static final int WORDS = PERIOD / Long.BYTES;
    private static final int HASH_BYTES = 20;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] fold = new long[WORDS];
    private long length;

    QuickXor() {
    }

    private QuickXor(QuickXor other) {
        System.arraycopy(other.fold, 0, fold, 0, WORDS);
        length = other.length;
    }

    QuickXor copy() {
        return new QuickXor(this);
    }

    void update(byte[] bytes, int offset, int count) {
        int position = offset;
        int end = offset + count;
        int phase = (int) (length % PERIOD);
        while (position < end && phase != 0) {
            fold(phase, bytes[position++]);
            phase = (phase + 1) % PERIOD;
        }
        for (; end - position >= PERIOD; position += PERIOD) {
            for (int word = 0; word < WORDS; word++) {
                fold[word] ^= (long) WORD.get(bytes, position + word * Long.BYTES);
            }
        }
        while (position < end) {
            fold(phase++, bytes[position++]);
        }
        length += count;
    }

    /** Takes note that the bits of {@code mask} changed in the byte at {@code position}. */
    void flip(long position, byte mask) {
        fold((int) (position % PERIOD), mask);
    }

    String base64() {
        return Base64.getEncoder().encodeToString(digest());
    }

    private void fold(int phase, byte value) {
        fold[phase / Long.BYTES] ^= (value & 0xFFL) << (phase % Long.BYTES * Byte.SIZE);
    }

    private byte[] digest() {
        byte[] hash = new byte[HASH_BYTES];
        for (int i = 0; i < PERIOD; i++) {
            int value = (int) (fold[i / Long.BYTES] >>> (i % Long.BYTES * Byte.SIZE)) & 0xFF;
            int bit = i * 11 % PERIOD;
            int shifted = value << (bit % Byte.SIZE);
            hash[bit / Byte.SIZE] ^= (byte) shifted;
            hash[(bit / Byte.SIZE + 1) % HASH_BYTES] ^= (byte) (shifted >>> Byte.SIZE);
        }
        for (int i = 0; i < Long.BYTES; i++) {
            hash[HASH_BYTES - Long.BYTES + i] ^= (byte) (length >>> (i * Byte.SIZE));
        }
        return hash;
    }
}
