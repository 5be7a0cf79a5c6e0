package io.github.camelonedrive.backup.console;

/** Text from outside, such as file names, made fit for a terminal. */
public final class TerminalText {

    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private TerminalText() {
    }

    /** The text with control characters, which could move the cursor or forge lines, shown as {@code ?}. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(code -> safe.appendCodePoint(Character.isISOControl(code) ? '?' : code));
        return safe.toString();
    }

    /** Columns that a terminal uses for it: two for CJK and emoji, none for combining marks. */
    public static int width(String text) {
        return text.codePoints().map(TerminalText::columns).sum();
    }

    /** The text, or its beginning and {@code …} where it takes more columns. */
    public static String shortened(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 1;
        for (int code : text.codePoints().toArray()) {
            used += columns(code);
            if (used > columns) {
                break;
            }
            kept.appendCodePoint(code);
        }
        return kept.append('…').toString();
    }

    private static int columns(int code) {
        int type = Character.getType(code);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT
                || code == ZERO_WIDTH_JOINER) {
            return 0;
        }
        return isWide(code) ? 2 : 1;
    }

    // The blocks of Unicode's East Asian Width "wide" that file names use.
    private static boolean isWide(int code) {
        return code >= 0x1100 && code <= 0x115F
                || code >= 0x2E80 && code <= 0xA4CF
                || code >= 0xAC00 && code <= 0xD7A3
                || code >= 0xF900 && code <= 0xFAFF
                || code >= 0xFE30 && code <= 0xFE6F
                || code >= 0xFF00 && code <= 0xFF60
                || code >= 0xFFE0 && code <= 0xFFE6
                || code >= 0x1F300 && code <= 0x1FAFF
                || code >= 0x20000 && code <= 0x3FFFD;
    }
}
