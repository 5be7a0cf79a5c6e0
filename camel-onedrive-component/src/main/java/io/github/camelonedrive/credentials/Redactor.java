package io.github.camelonedrive.credentials;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Replaces every secret value that this process knows in a text that is about to leave it (a log event, a message): the
 * second line of defence behind {@link Secret}. Fast enough for each log event: its cost grows with the text, not with the
 * number of secrets.
 */
public final class Redactor {

    /** What stands where a secret stood. */
    public static final String PLACEHOLDER = "(secret)";

    /** Shorter values are not looked for: they would blot out ordinary words. */
    static final int MIN_LENGTH = 6;

    /** The most recently used secrets are remembered, up to this many … */
    static final int MAX_SECRETS = 4096;

    /** … and up to this many characters of all their forms, so that the registry stays at a few MB. */
    static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private static final Registry REGISTRY = new Registry(MAX_SECRETS, MAX_CHARACTERS);

    private static final KeyFingerprints KEYS = new KeyFingerprints();

    private Redactor() {
    }

    static void register(String value) {
        REGISTRY.register(value);
    }

    /** A vault's key, of which no text is kept. */
    static void registerKey(byte[] key) {
        KEYS.add(key);
    }

    /**
     * The text with each registered secret replaced by {@link #PLACEHOLDER}, whether it stands there as it is,
     * percent-encoded, in base64 or in base64url.
     *
     * @param text may be {@code null}, which is returned as it is
     */
    public static String redact(String text) {
        return text == null ? null : REGISTRY.redact(withoutKeys(text));
    }

    private static String withoutKeys(String text) {
        List<KeyFingerprints.Range> keys = KEYS.find(text);
        if (keys.isEmpty()) {
            return text;
        }
        StringBuilder redacted = new StringBuilder(text.length());
        int copied = 0;
        for (KeyFingerprints.Range key : keys) {
            if (key.from() >= copied) {
                redacted.append(text, copied, key.from()).append(PLACEHOLDER);
                copied = key.to();
            }
        }
        return redacted.append(text, copied, text.length()).toString();
    }

    /** Remembers secrets, in each of their forms, in the order of the alphabet: tokens and URLs often start alike. */
    static final class Registry {

        private final int maxSecrets;
        private final int maxCharacters;
        private final LinkedHashMap<String, List<String>> byRecentUse = new LinkedHashMap<>(16, 0.75f, true);
        private final ConcurrentSkipListMap<String, Integer> forms = new ConcurrentSkipListMap<>();
        private final Map<Integer, Integer> starts = new ConcurrentHashMap<>();
        private int characters;
        private volatile int longest;

        Registry(int maxSecrets, int maxCharacters) {
            this.maxSecrets = maxSecrets;
            this.maxCharacters = maxCharacters;
        }

        synchronized void register(String value) {
            if (value.length() < MIN_LENGTH || byRecentUse.get(value) != null) {
                return;
            }
            List<String> formsOfValue = SecretForms.of(value);
            byRecentUse.put(value, formsOfValue);
            for (String form : formsOfValue) {
                characters += form.length();
                longest = Math.max(longest, form.length());
                forms.merge(form, 1, Integer::sum);
                starts.merge(start(form, 0), 1, Integer::sum);
            }
            while (byRecentUse.size() > maxSecrets || characters > maxCharacters && byRecentUse.size() > 1) {
                forgetLeastRecentlyUsed();
            }
        }

        private void forgetLeastRecentlyUsed() {
            String oldest = byRecentUse.keySet().iterator().next();
            for (String form : byRecentUse.remove(oldest)) {
                characters -= form.length();
                forms.computeIfPresent(form, (key, count) -> count == 1 ? null : count - 1);
                starts.computeIfPresent(start(form, 0), (key, count) -> count == 1 ? null : count - 1);
            }
        }

        String redact(String text) {
            if (text == null || forms.isEmpty()) {
                return text;
            }
            StringBuilder redacted = null;
            int copied = 0;
            for (int position = 0; position + MIN_LENGTH <= text.length(); position++) {
                int length = starts.containsKey(start(text, position)) ? secretLengthAt(text, position) : 0;
                if (length > 0) {
                    redacted = redacted == null ? new StringBuilder(text.length()) : redacted;
                    redacted.append(text, copied, position).append(PLACEHOLDER);
                    copied = position + length;
                    position = copied - 1;
                }
            }
            return redacted == null ? text : redacted.append(text, copied, text.length()).toString();
        }

        /**
         * How long the longest form is that starts at this position; 0 when none does. Whatever stands in the alphabet
         * between a form and a text that starts with it starts with that form too, so each step down keeps what fits.
         */
        private int secretLengthAt(String text, int position) {
            String rest = text.substring(position, Math.min(text.length(), position + longest));
            String candidate = forms.floorKey(rest);
            while (candidate != null && !rest.startsWith(candidate)) {
                rest = rest.substring(0, commonLength(rest, candidate));
                candidate = rest.length() < MIN_LENGTH ? null : forms.floorKey(rest);
            }
            return candidate == null ? 0 : candidate.length();
        }

        private static int commonLength(String one, String other) {
            int length = 0;
            while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
                length++;
            }
            return length;
        }

        private static int start(String text, int position) {
            int hash = 0;
            for (int i = 0; i < MIN_LENGTH; i++) {
                hash = 31 * hash + text.charAt(position + i);
            }
            return hash;
        }
    }
}
