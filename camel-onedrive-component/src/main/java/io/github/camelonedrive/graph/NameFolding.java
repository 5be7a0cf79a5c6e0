package io.github.camelonedrive.graph;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names as OneDrive compares them: without regard to case and to the Unicode form of accents, and with {@code æ} equal to
 * {@code ae} and {@code ß} to {@code ss}. What it stores is the spelling of the first of such names.
 */
public final class NameFolding {

    private NameFolding() {
    }

    /** Returns a text that is the same for all spellings of a name. */
    public static String fold(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return name.toLowerCase(Locale.ROOT);
        }
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        StringBuilder folded = new StringBuilder(composed.length());
        composed.codePoints().map(c -> Character.toLowerCase(Character.toUpperCase(c))).forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded.toString().replace("æ", "ae").replace("ß", "ss"), Normalizer.Form.NFC);
    }

    /** Returns a text that is the same for all spellings of a path. */
    public static String fold(ItemPath path) {
        return path.segments().stream().map(NameFolding::fold).collect(Collectors.joining("/", "/", ""));
    }

    /** Whether two spellings are the same name to OneDrive. */
    public static boolean isSame(String one, String other) {
        return one.equals(other) || fold(one).equals(fold(other));
    }
}
