package io.github.camelonedrive.backup.e2e;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secrets to look for, each in the forms that it could leak in: as it is, percent-encoded, in base64 and in base64url. */
final class Canaries {

    // Shorter ones, such as "True" or "2.0", are no secrets and are everywhere.
    private static final int SHORTEST = 10;

    private final Map<String, Set<String>> forms = new LinkedHashMap<>();

    /** @param kind what a finding is called; the secret itself is never printed */
    synchronized void add(String kind, String secret) {
        if (secret.length() >= SHORTEST) {
            forms.computeIfAbsent(kind, key -> new LinkedHashSet<>()).addAll(formsOf(secret.getBytes(StandardCharsets.UTF_8),
                    secret));
        }
    }

    /** A key, which is bytes; also in hexadecimal. */
    synchronized void add(String kind, byte[] secret) {
        String hex = HexFormat.of().formatHex(secret);
        forms.computeIfAbsent(kind, key -> new LinkedHashSet<>()).addAll(formsOf(secret, hex));
        forms.get(kind).add(new String(secret, StandardCharsets.ISO_8859_1));
    }

    /** The values of a URL's raw query, as they stand there and decoded. */
    synchronized void addQuery(String kind, String rawQuery) {
        for (String parameter : rawQuery.split("&")) {
            String name = parameter.substring(0, parameter.indexOf('='));
            String value = parameter.substring(parameter.indexOf('=') + 1);
            add(kind + " " + name, value);
            add(kind + " " + name, URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
    }

    Set<String> kinds() {
        return forms.keySet();
    }

    /** Which kinds stand in these bytes. */
    synchronized List<String> in(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> found = new ArrayList<>();
        forms.forEach((kind, values) -> {
            if (values.stream().anyMatch(text::contains)) {
                found.add(kind);
            }
        });
        return found;
    }

    static Set<String> formsOf(byte[] bytes, String text) {
        Set<String> all = new LinkedHashSet<>();
        all.add(text);
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        all.add(form);
        all.add(form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"));
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            all.addAll(inBase64(bytes, encoder.withoutPadding()));
        }
        return all;
    }

    // Inside a longer text that was encoded as a whole, the secret can start at any of three offsets.
    private static List<String> inBase64(byte[] secret, Base64.Encoder encoder) {
        List<String> all = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            byte[] whole = Arrays.copyOf(shifted, shifted.length - shifted.length % 3);
            String text = encoder.encodeToString(whole);
            all.add(before == 0 ? text : text.substring(4));
        }
        return all;
    }
}
