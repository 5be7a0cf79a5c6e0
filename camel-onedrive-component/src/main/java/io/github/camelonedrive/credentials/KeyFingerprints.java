package io.github.camelonedrive.credentials;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Finds vault keys in a text, in hexadecimal, base64 and base64url, without holding any of these texts: only their SHA-256
 * hashes are kept, and a checksum of each that says where a hash is worth computing.
 */
final class KeyFingerprints {

    private static final int HEX_LENGTH = 2 * MasterKey.LENGTH;

    /** Without the padding. */
    private static final int BASE64_LENGTH = 43;

    private static final int BASE = 31;

    private final Set<Integer> checksums = ConcurrentHashMap.newKeySet();
    private final List<byte[]> hashes = new CopyOnWriteArrayList<>();

    /** A range of a text. */
    record Range(int from, int to) {
    }

    void add(byte[] key) {
        addForm(HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII));
        addForm(Arrays.copyOf(Base64.getEncoder().encode(key), BASE64_LENGTH));
        addForm(Arrays.copyOf(Base64.getUrlEncoder().encode(key), BASE64_LENGTH));
    }

    private synchronized void addForm(byte[] form) {
        byte[] hash = sha256(form);
        if (hashes.stream().noneMatch(known -> Arrays.equals(known, hash))) {
            hashes.add(hash);
            checksums.add(checksum(form));
        }
        Arrays.fill(form, (byte) 0);
    }

    /** Returns where keys stand, in their order. */
    List<Range> find(String text) {
        if (hashes.isEmpty() || text.length() < BASE64_LENGTH) {
            return List.of();
        }
        List<Range> found = new ArrayList<>(find(text, HEX_LENGTH, true));
        found.addAll(find(text, BASE64_LENGTH, false));
        found.sort((one, other) -> Integer.compare(one.from, other.from));
        return found;
    }

    private List<Range> find(String text, int length, boolean foldCase) {
        List<Range> found = new ArrayList<>();
        int highest = power(length - 1);
        int sum = 0;
        for (int end = 0; end < text.length(); end++) {
            if (end >= length) {
                sum -= folded(text.charAt(end - length), foldCase) * highest;
            }
            sum = sum * BASE + folded(text.charAt(end), foldCase);
            int from = end - length + 1;
            if (from >= 0 && checksums.contains(sum) && isKey(text.substring(from, end + 1), foldCase)) {
                found.add(new Range(from, end + 1));
            }
        }
        return found;
    }

    private boolean isKey(String part, boolean foldCase) {
        byte[] bytes = new byte[part.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) folded(part.charAt(i), foldCase);
        }
        byte[] hash = sha256(bytes);
        return hashes.stream().anyMatch(known -> Arrays.equals(known, hash));
    }

    private static int checksum(byte[] form) {
        int sum = 0;
        for (byte character : form) {
            sum = sum * BASE + character;
        }
        return sum;
    }

    private static int power(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }

    private static int folded(char character, boolean foldCase) {
        return foldCase && character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
