package io.github.camelonedrive.credentials;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

import io.github.camelonedrive.credentials.VaultException.Reason;

/** Reads a master key from text: 64 hex digits, or base64 (standard or URL alphabet, with or without padding). */
final class KeyText {

    private static final int HEX_DIGITS = 2 * MasterKey.LENGTH;
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");
    private static final Pattern ONE_TRAILING_NEWLINE = Pattern.compile("\r?\n\\z");

    private KeyText() {
    }

    /** @param source where the text comes from, as the start of a sentence */
    static MasterKey parse(String text, String source) throws VaultException {
        String key = ONE_TRAILING_NEWLINE.matcher(text).replaceFirst("");
        requireNoWhiteSpace(key, source);
        // Hex first: 64 hex digits are base64 too, of 48 bytes.
        boolean hex = HEX.matcher(key).matches();
        if (hex && key.length() == HEX_DIGITS) {
            return keyOf(HexFormat.of().parseHex(key));
        }
        byte[] bytes = base64(key, source, hex);
        if (bytes.length != MasterKey.LENGTH) {
            throw hex ? wrongHex(key, source)
                    : malformed(source, "holds " + bytes.length + " bytes instead of " + MasterKey.LENGTH);
        }
        return keyOf(bytes);
    }

    private static MasterKey keyOf(byte[] bytes) {
        // No message of ours quotes it; whatever else knows it may.
        Redactor.registerKey(bytes);
        MasterKey key = new MasterKey(bytes);
        Arrays.fill(bytes, (byte) 0);
        return key;
    }

    private static void requireNoWhiteSpace(String key, String source) throws VaultException {
        if (key.endsWith("\n") && !key.isBlank()) {
            throw malformed(source, "ends with more than one newline; one is ignored");
        }
        if (key.chars().anyMatch(Character::isWhitespace)) {
            throw malformed(source, "holds spaces or line breaks before, within or after the key");
        }
    }

    private static byte[] base64(String key, String source, boolean hex) throws VaultException {
        try {
            return Base64.getDecoder().decode(key.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            // The decoder's own message quotes characters of the key.
            throw hex ? wrongHex(key, source) : malformed(source,
                    "holds " + key.length() + " characters that are neither base64 nor " + HEX_DIGITS + " hex digits");
        }
    }

    private static VaultException wrongHex(String key, String source) {
        return malformed(source, "holds " + key.length() + " hex digits instead of " + HEX_DIGITS);
    }

    private static VaultException malformed(String source, String what) {
        return new VaultException(Reason.MALFORMED_KEY, source + " " + what + ".",
                "A key is 32 random bytes in base64 or hex, as 'openssl rand -base64 32' prints them.");
    }
}
