package io.github.camelonedrive.backup.console;

/** Text from outside, such as file names, made fit for a terminal. */
public final class TerminalText {

    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private TerminalText() {
    }

    /**
     * The text on one line, fit to be shown: what could move the cursor, forge a line, turn the direction of reading or hide in
     * a name is shown as {@code ?}.
     */
    public static String printable(String text) {
        return PrintableForm.of(text, (code, safe) -> safe.append('?'));
    }

    /**
     * As {@link #printable}, for a message that may have several lines: those after the first are indented, so that none can
     * pass for a message of its own.
     */
    public static String message(String text) {
        return PrintableForm.of(text.stripTrailing(), (code, safe) -> {
            if (code == '\n') {
                safe.append("\n    ");
            } else if (code == '\t') {
                safe.append('\t');
            } else if (code != '\r') {
                safe.append('?');
            }
        });
    }

    /** As {@link #printable}, where line feeds and tabs are the program's own. */
    static String lines(String text) {
        return PrintableForm.of(text, (code, safe) -> {
            if (code == '\n' || code == '\t') {
                safe.append((char) code);
            } else if (code != '\r') {
                safe.append('?');
            }
        });
    }

    /** JSON text with everything that is not {@linkplain #printable printable} in its strings escaped. */
    static String json(String text) {
        return PrintableForm.of(text, (code, safe) -> {
            if (code == '\n' || code == '\r') {
                safe.append((char) code);
            } else {
                for (char unit : Character.toChars(code)) {
                    safe.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
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
