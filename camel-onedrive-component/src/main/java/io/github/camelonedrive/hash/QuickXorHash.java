package io.github.camelonedrive.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * OneDrive's content hash ({@code graph-contract.md} §6.12): byte number i is XORed into a ring of 160 bits at bit
 * 11·i mod 160, and the length into the last 64 bits.
 *
 * <p>Since 160 bytes later the same bit comes up again, the input is first folded into one block of 160 bytes, eight bytes at
 * a time, and only that block is spread over the ring. Two swapped blocks of a multiple of 160 bytes give the same hash, so
 * it proves content, not order.
 */
public final class QuickXorHash {

    private static final int WIDTH_BITS = 160;
    private static final int WIDTH = WIDTH_BITS / 8;
    private static final int SHIFT_BITS = 11;

    /** After so many bytes the shifts repeat: the least common multiple of 8·11 bits and the width, in bytes of input. */
    private static final int PERIOD = 160;
    private static final int WORDS = PERIOD / Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] folded = new long[WORDS];
    private long length;

    /** Takes more input. */
    public void update(byte[] input, int offset, int count) {
        int at = offset;
        int end = offset + count;
        while (at < end && length % PERIOD != 0) {
            foldByte(input[at++]);
        }
        while (end - at >= 4 * PERIOD) {
            foldFourBlocks(input, at);
            at += 4 * PERIOD;
        }
        while (end - at >= PERIOD) {
            foldBlock(input, at);
            at += PERIOD;
        }
        while (at < end) {
            foldByte(input[at++]);
        }
    }

    /** Half the time of four single blocks: each word of what is folded is fetched and stored once instead of four times. */
    private void foldFourBlocks(byte[] input, int at) {
        for (int word = 0; word < WORDS; word++) {
            int from = at + word * Long.BYTES;
            folded[word] ^= (long) LONGS.get(input, from) ^ (long) LONGS.get(input, from + PERIOD)
                    ^ (long) LONGS.get(input, from + 2 * PERIOD) ^ (long) LONGS.get(input, from + 3 * PERIOD);
        }
        length += 4 * PERIOD;
    }

    private void foldBlock(byte[] input, int at) {
        for (int word = 0; word < WORDS; word++) {
            folded[word] ^= (long) LONGS.get(input, at + word * Long.BYTES);
        }
        length += PERIOD;
    }

    private void foldByte(byte value) {
        int position = (int) (length++ % PERIOD);
        folded[position / Long.BYTES] ^= (value & 0xffL) << (position % Long.BYTES * 8);
    }

    /** How many bytes it has taken. */
    public long length() {
        return length;
    }

    /** The hash of what it has taken so far, 20 bytes. More input may follow. */
    public byte[] digest() {
        byte[] ring = new byte[WIDTH];
        for (int position = 0; position < PERIOD; position++) {
            int value = (int) (folded[position / Long.BYTES] >>> (position % Long.BYTES * 8)) & 0xff;
            spread(ring, value, position * SHIFT_BITS % WIDTH_BITS);
        }
        for (int i = 0; i < Long.BYTES; i++) {
            ring[WIDTH - Long.BYTES + i] ^= (byte) (length >>> (8 * i));
        }
        return ring;
    }

    /** XORs eight bits into the ring, beginning at the given bit, around its end if need be. */
    private static void spread(byte[] ring, int value, int bit) {
        int shifted = value << (bit % 8);
        ring[bit / 8] ^= (byte) shifted;
        ring[(bit / 8 + 1) % WIDTH] ^= (byte) (shifted >>> 8);
    }

    /** The hash as Graph writes it: standard base64, 28 characters. */
    public String base64() {
        return Base64.getEncoder().encodeToString(digest());
    }
}
