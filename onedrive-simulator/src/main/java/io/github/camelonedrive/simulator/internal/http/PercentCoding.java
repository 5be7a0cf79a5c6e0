package io.github.camelonedrive.simulator.internal.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Percent encoding (RFC 3986) of path segments, and form encoding of queries and bodies. */
public final class PercentCoding {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentCoding() {
    }

    /** Decodes one path segment, once; a plus stays a plus. */
    public static String decodeSegment(String raw) {
        return decode(raw, false);
    }

    /** Decodes the name or value of a query or form parameter; a plus is a space. */
    public static String decodeParameter(String raw) {
        return decode(raw, true);
    }

    public static Map<String, String> parameters(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return parameters;
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(decodeParameter(name), decodeParameter(value));
        }
        return parameters;
    }

    public static String encodeSegment(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return encoded.toString();
    }

    private static String decode(String raw, boolean plusIsSpace) {
        byte[] in = raw.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                out.put((byte) (hexDigit(in, i + 1) << 4 | hexDigit(in, i + 2)));
                i += 2;
            } else {
                out.put(plusIsSpace && in[i] == '+' ? (byte) ' ' : in[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw GraphErrorResponse.invalidRequest("The URL is not percent-encoded UTF-8.");
        }
    }

    private static int hexDigit(byte[] in, int index) {
        int digit = index < in.length ? Character.digit(in[index], 16) : -1;
        if (digit < 0) {
            throw GraphErrorResponse.invalidRequest("The URL holds a percent sign without two hexadecimal digits.");
        }
        return digit;
    }
}
