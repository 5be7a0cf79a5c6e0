package io.github.camelonedrive.upload.journal;

import java.util.zip.CRC32C;

/** CRC-32C as eight lower-case hex digits. Tells damage; it proves nothing against somebody who writes the file on purpose. */
final class Checksum {

    /** In characters. */
    static final int LENGTH = 8;

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private Checksum() {
    }

    static long of(byte[] bytes, int start, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, start, length);
        return checksum.getValue();
    }

    /** Whether at {@code at} stands the checksum of that part. */
    static boolean matches(byte[] bytes, int start, int length, int at) {
        byte[] expected = new byte[LENGTH];
        putHex(of(bytes, start, length), expected, 0);
        for (int i = 0; i < LENGTH; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** @param value 32 bits */
    static void putHex(long value, byte[] into, int start) {
        for (int i = 0; i < LENGTH; i++) {
            into[start + i] = HEX[(int) (value >>> 4 * (LENGTH - 1 - i)) & 15];
        }
    }
}
