package io.github.camelonedrive.credentials;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

import io.github.camelonedrive.credentials.VaultException.Reason;

/** Reads a master key from text: 64 hex digits, or base64 (standard or URL alphabet, with or without padding). */
final class KeyText {

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern ONE_TRAILING_NEWLINE = Pattern.compile("\r?\n\\z");

    private KeyText() {
    }

    /** @param source where the text comes from, as the start of a sentence */
    static MasterKey parse(String text, String source) throws VaultException {
        String key = ONE_TRAILING_NEWLINE.matcher(text).replaceFirst("");
        // Hex first: 64 hex digits are base64 too, of 48 bytes.
        if (HEX.matcher(key).matches()) {
            return new MasterKey(HexFormat.of().parseHex(key));
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            // The decoder's own message quotes characters of the key.
            throw malformed(source, "holds " + key.length() + " characters that are neither base64 nor 64 hex digits");
        }
        if (bytes.length != MasterKey.LENGTH) {
            throw malformed(source, "holds " + bytes.length + " bytes instead of " + MasterKey.LENGTH);
        }
        return new MasterKey(bytes);
    }

    private static VaultException malformed(String source, String what) {
        return new VaultException(Reason.MALFORMED_KEY, source + " " + what + ".",
                "A key is 32 random bytes in base64 or hex, as 'openssl rand -base64 32' prints them.");
    }
}
