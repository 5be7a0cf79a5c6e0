package io.github.camelonedrive.backup.catalogue;

import java.text.Normalizer;

/** Compares paths in OneDrive as the service does, which takes different spellings for one item. */
public final class RemoteNames {

    private RemoteNames() {
    }

    /**
     * Returns the one spelling that stands for all that OneDrive takes for the same: composed characters, lower case,
     * {@code ae} for {@code æ}.
     */
    public static String fold(String path) {
        String composed = Normalizer.normalize(path, Normalizer.Form.NFC);
        StringBuilder folded = new StringBuilder(composed.length());
        composed.codePoints().map(c -> Character.toLowerCase(Character.toUpperCase(c))).forEach(c -> {
            if (c == 'æ') {
                folded.append("ae");
            } else {
                folded.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
