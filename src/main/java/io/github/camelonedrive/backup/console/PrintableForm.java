package io.github.camelonedrive.backup.console;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * The form in which text from outside is shown: every code point that could move the cursor, forge a line, reorder what
 * stands beside it, or make two different names look alike by being invisible, is replaced. Letters of all scripts and emoji
 * stay as they are, with the joiners and selectors that they need.
 */
final class PrintableForm {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;

    // Scripts whose writing needs joiners.
    private static final Set<UnicodeScript> JOINING = Set.of(UnicodeScript.ARABIC, UnicodeScript.SYRIAC, UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN, UnicodeScript.DEVANAGARI, UnicodeScript.BENGALI, UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI, UnicodeScript.ORIYA, UnicodeScript.TAMIL, UnicodeScript.TELUGU, UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM, UnicodeScript.SINHALA, UnicodeScript.KHMER, UnicodeScript.MYANMAR, UnicodeScript.TIBETAN);

    private PrintableForm() {
    }

    /** What becomes of a code point that is not printable. */
    interface Replacement {
        void append(int code, StringBuilder text);
    }

    static String of(String text, Replacement replacement) {
        int[] codes = text.codePoints().toArray();
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < codes.length; i++) {
            int before = i == 0 ? 0 : codes[i - 1];
            int after = i + 1 == codes.length ? 0 : codes[i + 1];
            if (isPrintable(codes[i], before, after)) {
                safe.appendCodePoint(codes[i]);
            } else {
                replacement.append(codes[i], safe);
            }
        }
        return safe.toString();
    }

    private static boolean isPrintable(int code, int before, int after) {
        if (code >= ' ' && code < 0x7F) {
            return true;
        }
        int type = Character.getType(code);
        if (type == Character.CONTROL || type == Character.SURROGATE || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR || (code & 0xFFFE) == 0xFFFE) {
            return false;
        }
        if (code == ZERO_WIDTH_JOINER) {
            return (isEmoji(before) || before == EMOJI_STYLE) && isEmoji(after) || isJoining(before) && isJoining(after);
        }
        if (code == ZERO_WIDTH_NON_JOINER) {
            return isJoining(before) && isJoining(after);
        }
        if (code == TEXT_STYLE || code == EMOJI_STYLE) {
            return isEmoji(before) || after == KEYCAP && (before == '#' || before == '*' || before >= '0' && before <= '9');
        }
        if (code >= 0xE0100 && code <= 0xE01EF) {
            return Character.isIdeographic(before);
        }
        return !isInvisible(code);
    }

    private static boolean isJoining(int code) {
        return JOINING.contains(UnicodeScript.of(code)) && (Character.isLetter(code) || isMark(code));
    }

    private static boolean isMark(int code) {
        int type = Character.getType(code);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isEmoji(int code) {
        int type = Character.getType(code);
        return code == 0xA9 || code == 0xAE || code == 0x203C || code == 0x2049 || code >= 0x1F3FB && code <= 0x1F3FF
                || code >= 0x2100 && (type == Character.OTHER_SYMBOL || type == Character.MATH_SYMBOL);
    }

    // Unicode's Default_Ignorable_Code_Point, and the signs of direction and annotation.
    private static boolean isInvisible(int code) {
        return code == 0x00AD || code == 0x034F || code == 0x061C || code == 0x3164 || code == 0xFEFF || code == 0xFFA0
                || code >= 0x115F && code <= 0x1160
                || code >= 0x17B4 && code <= 0x17B5
                || code >= 0x180B && code <= 0x180F
                || code >= 0x200B && code <= 0x200F
                || code >= 0x202A && code <= 0x202E
                || code >= 0x2060 && code <= 0x206F
                || code >= 0xFE00 && code <= 0xFE0F
                || code >= 0xFFF0 && code <= 0xFFFB
                || code >= 0x1BCA0 && code <= 0x1BCA3
                || code >= 0x1D173 && code <= 0x1D17A
                || code >= 0xE0000 && code <= 0xE0FFF;
    }
}
