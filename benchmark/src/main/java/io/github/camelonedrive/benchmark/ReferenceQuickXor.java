package io.github.camelonedrive.benchmark;

import java.util.Base64;

/**
 * QuickXorHash once more, straight from its description ({@code graph-contract.md} §6.12) and sharing no code with the
 * component's, so that what the sink reports is a second opinion.
 */
final class ReferenceQuickXor {

    private static final int BITS = 160;

    private final byte[] ring = new byte[BITS / 8];
    private int bit;
    private long length;

    void update(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            int shifted = (bytes[i] & 0xff) << (bit & 7);
            int at = bit >>> 3;
            ring[at] ^= (byte) shifted;
            ring[at == ring.length - 1 ? 0 : at + 1] ^= (byte) (shifted >>> 8);
            bit += 11;
            if (bit >= BITS) {
                bit -= BITS;
            }
        }
        length += count;
    }

    String base64() {
        byte[] hash = ring.clone();
        for (int i = 0; i < 8; i++) {
            hash[12 + i] ^= (byte) (length >>> (8 * i));
        }
        return Base64.getEncoder().encodeToString(hash);
    }
}
