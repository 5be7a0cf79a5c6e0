package io.github.camelonedrive.credentials;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

    /** … and up to this many characters in all, so that the registry stays at a few MB however long the secrets are. */
    static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private static final Registry REGISTRY = new Registry(MAX_SECRETS, MAX_CHARACTERS);

    private Redactor() {
    }

    static void register(String value) {
        REGISTRY.register(value);
    }

    /**
     * The text with each registered secret replaced by {@link #PLACEHOLDER}, whether it stands there as it is,
     * percent-encoded, in base64 or in base64url.
     *
     * @param text may be {@code null}, which is returned as it is
     */
    public static String redact(String text) {
        return REGISTRY.redact(text);
    }

    /** Remembers secrets by the first characters of each of their forms. */
    static final class Registry {

        private final int maxSecrets;
        private final int maxCharacters;
        private final LinkedHashMap<String, int[]> byRecentUse = new LinkedHashMap<>(16, 0.75f, true);
        private final Map<Integer, List<String>> byStart = new ConcurrentHashMap<>();
        private int characters;

        Registry(int maxSecrets, int maxCharacters) {
            this.maxSecrets = maxSecrets;
            this.maxCharacters = maxCharacters;
        }

        synchronized void register(String value) {
            if (value.length() < MIN_LENGTH || byRecentUse.get(value) != null) {
                return;
            }
            int[] starts = SecretForms.of(value).stream().mapToInt(form -> start(form, 0)).distinct().toArray();
            byRecentUse.put(value, starts);
            characters += value.length();
            for (int start : starts) {
                byStart.merge(start, List.of(value), Registry::concat);
            }
            while (byRecentUse.size() > maxSecrets || characters > maxCharacters && byRecentUse.size() > 1) {
                forgetLeastRecentlyUsed();
            }
        }

        private void forgetLeastRecentlyUsed() {
            Map.Entry<String, int[]> oldest = byRecentUse.entrySet().iterator().next();
            byRecentUse.remove(oldest.getKey());
            characters -= oldest.getKey().length();
            for (int start : oldest.getValue()) {
                byStart.computeIfPresent(start, (key, values) -> without(values, oldest.getKey()));
            }
        }

        String redact(String text) {
            if (text == null || byStart.isEmpty()) {
                return text;
            }
            StringBuilder redacted = null;
            int copied = 0;
            for (int position = 0; position + MIN_LENGTH <= text.length(); position++) {
                int length = secretLengthAt(text, position);
                if (length > 0) {
                    redacted = redacted == null ? new StringBuilder(text.length()) : redacted;
                    redacted.append(text, copied, position).append(PLACEHOLDER);
                    copied = position + length;
                    position = copied - 1;
                }
            }
            return redacted == null ? text : redacted.append(text, copied, text.length()).toString();
        }

        /** How long the longest secret is that starts at this position; 0 when none does. */
        private int secretLengthAt(String text, int position) {
            int longest = 0;
            // The forms are worked out again on a hit: hits are rare, and kept forms would take several times the memory.
            for (String value : byStart.getOrDefault(start(text, position), List.of())) {
                for (String form : SecretForms.of(value)) {
                    if (form.length() > longest && text.startsWith(form, position)) {
                        longest = form.length();
                    }
                }
            }
            return longest;
        }

        private static int start(String text, int position) {
            int hash = 0;
            for (int i = 0; i < MIN_LENGTH; i++) {
                hash = 31 * hash + text.charAt(position + i);
            }
            return hash;
        }

        private static List<String> concat(List<String> some, List<String> more) {
            List<String> all = new ArrayList<>(some);
            all.addAll(more);
            return List.copyOf(all);
        }

        private static List<String> without(List<String> values, String gone) {
            List<String> left = values.stream().filter(value -> !value.equals(gone)).toList();
            return left.isEmpty() ? null : left;
        }
    }
}
