package io.github.camelonedrive.simulator;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds secrets in what a program has printed, logged or stored, in each form in which they could leak: as they are, percent-
 * encoded in the ways of forms, URLs and browsers, in hexadecimal, in base64 and base64url, also as part of a longer text that
 * was encoded as a whole. What it finds it names by kind; a secret itself it never shows.
 */
public final class SecretSearch {
    /** In characters: shorter values, such as "True" or "2.0", are no secrets and are everywhere. */
    public static final int SHORTEST = 10;

    /** Each form begins with so many bytes, by which it is found. Base64 of the shortest secret, cut at both ends, has them. */
    private static final int INDEXED = 8;
    private static final int FILTER_BITS = 24;
    /** Of a key's numbers: small enough for one of them to lie within each line of a PEM file, whichever way it is wrapped. */
    private static final int PIECE = 18;
    private static final Pattern PERCENT_CODE = Pattern.compile("%[0-9A-F]{2}");

    private final Map<Long, List<Form>> forms = new HashMap<>();
    private final BitSet filter = new BitSet(1 << FILTER_BITS);
    private final Set<String> kinds = new TreeSet<>();

    private record Form(String kind, byte[] bytes) {
    }

    /**
     * Looks for a text, too.
     *
     * @param kind what a finding is called
     * @param secret ignored when it is shorter than {@link #SHORTEST}
     */
    public SecretSearch add(String kind, String secret) {
        if (secret.length() >= SHORTEST) {
            addForms(kind, formsOf(secret));
        }
        return this;
    }

    /** Looks for a key, which is bytes, too. */
    public SecretSearch add(String kind, byte[] secret) {
        Set<String> all = new LinkedHashSet<>(inHexadecimal(secret));
        all.addAll(inBase64(secret));
        addForms(kind, all);
        addForm(new Form(kind, secret.clone()));
        return this;
    }

    /** Looks for a secret number of a private key, too: whole in decimal, and each piece of it as bytes. */
    public SecretSearch add(String kind, BigInteger secret) {
        add(kind, secret.toString());
        byte[] bytes = secret.toByteArray();
        for (int start = 0; start + PIECE <= bytes.length; start += PIECE) {
            add(kind, Arrays.copyOfRange(bytes, start, start + PIECE));
        }
        return this;
    }

    /**
     * Looks for a URL that is a secret as a whole, too: for its path and query, and for the value of each of its parameters as
     * it stands there and decoded. A URL without a query has its secret at the end of its path.
     *
     * @param rawTarget path and query, still percent-encoded
     */
    public SecretSearch addUrl(String kind, String rawTarget) {
        add(kind, rawTarget);
        String path = rawTarget.split("\\?", 2)[0];
        String query = rawTarget.substring(Math.min(rawTarget.length(), path.length() + 1));
        if (query.isEmpty()) {
            addEncoded(kind, path.substring(path.lastIndexOf('/') + 1));
        }
        for (String parameter : query.split("&")) {
            addEncoded(kind + " " + parameter.split("=", 2)[0], parameter.substring(parameter.indexOf('=') + 1));
        }
        return this;
    }

    private void addEncoded(String kind, String encoded) {
        add(kind, encoded);
        add(kind, URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** What is looked for. */
    public Set<String> kinds() {
        return Set.copyOf(kinds);
    }

    /** The kinds of the secrets that stand in a text, sorted; empty when all is well. */
    public List<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #in(String)}, in bytes, such as a file's. */
    public List<String> in(byte[] content) {
        Set<String> found = new TreeSet<>();
        long window = 0;
        for (int end = 1; end <= content.length; end++) {
            window = window << Byte.SIZE | content[end - 1] & 0xFF;
            int start = end - INDEXED;
            if (start >= 0 && filter.get(hash(window))) {
                forms.getOrDefault(window, List.of()).stream().filter(form -> isAt(form.bytes(), content, start))
                        .forEach(form -> found.add(form.kind()));
            }
        }
        return List.copyOf(found);
    }

    private static boolean isAt(byte[] form, byte[] content, int start) {
        return start + form.length <= content.length
                && Arrays.equals(form, 0, form.length, content, start, start + form.length);
    }

    private void addForms(String kind, Set<String> all) {
        all.forEach(text -> addForm(new Form(kind, text.getBytes(StandardCharsets.UTF_8))));
    }

    private void addForm(Form form) {
        long window = 0;
        for (int i = 0; i < INDEXED; i++) {
            window = window << Byte.SIZE | form.bytes()[i] & 0xFF;
        }
        forms.computeIfAbsent(window, key -> new ArrayList<>()).add(form);
        filter.set(hash(window));
        kinds.add(form.kind());
    }

    private static int hash(long window) {
        return (int) (window * 0x9E3779B97F4A7C15L >>> Long.SIZE - FILTER_BITS);
    }

    /** Every form of a text that the search knows. */
    static Set<String> formsOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Set<String> all = new LinkedHashSet<>();
        all.add(text);
        all.add(text.replace("/", "\\/"));
        all.add(text.replace("&", "&amp;").replace("'", "&#39;"));
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String url = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        String script = url.replace("%21", "!").replace("%27", "'").replace("%28", "(").replace("%29", ")")
                .replace("%2A", "*");
        for (String encoded : List.of(form, form.replace("+", "%20"), url, script)) {
            all.add(encoded);
            all.add(PERCENT_CODE.matcher(encoded).replaceAll(code -> code.group().toLowerCase(Locale.ROOT)));
        }
        all.addAll(inHexadecimal(bytes));
        all.addAll(inBase64(bytes));
        return all;
    }

    private static List<String> inHexadecimal(byte[] secret) {
        return List.of(HexFormat.of().formatHex(secret), HexFormat.of().withUpperCase().formatHex(secret));
    }

    // Inside a longer text that was encoded as a whole, the secret can start at any of three offsets.
    private static List<String> inBase64(byte[] secret) {
        List<String> all = new ArrayList<>();
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + secret.length];
                System.arraycopy(secret, 0, shifted, before, secret.length);
                byte[] whole = Arrays.copyOf(shifted, shifted.length - shifted.length % 3);
                String text = encoder.encodeToString(whole);
                all.add(before == 0 ? text : text.substring(4));
            }
        }
        return all;
    }
}
