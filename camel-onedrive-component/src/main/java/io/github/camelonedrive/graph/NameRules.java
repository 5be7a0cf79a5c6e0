package io.github.camelonedrive.graph;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which names OneDrive refuses ({@code graph-contract.md} §1.3, §1.4, statements 3 and 4), so that they are refused here,
 * with a reason, before the first byte is sent.
 */
public final class NameRules {

    /** The whole decoded path with its name, in characters. */
    public static final int LONGEST_PATH = 400;

    private static final Pattern FORBIDDEN = Pattern.compile("[\"*:<>?/\\\\|]");
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(\\.lock|con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?|desktop\\.ini");
    private static final Pattern NUMERIC_ENTITY = Pattern.compile("&#(\\d+|[xX][0-9a-fA-F]+);");

    private NameRules() {
    }

    /** @throws IllegalNameException naming the path and what is wrong with it */
    public static void check(ItemPath path) throws IllegalNameException {
        for (String name : path.segments()) {
            Optional<String> fault = fault(name);
            if (fault.isPresent()) {
                throw new IllegalNameException(path, "the name '" + printable(name) + "' " + fault.get());
            }
        }
        int length = path.toString().length() - 1;
        if (length > LONGEST_PATH) {
            throw new IllegalNameException(path, "its path has " + length + " characters, more than " + LONGEST_PATH);
        }
    }

    private static Optional<String> fault(String name) {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (FORBIDDEN.matcher(name).find()) {
            return Optional.of("contains one of \" * : < > ? / \\ |");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("is a relative step, not a name");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("contains a control character");
        }
        if (name.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            return Optional.of("contains half a character (a lone surrogate)");
        }
        if (isSpace(name.charAt(0)) || isSpace(name.charAt(name.length() - 1))) {
            return Optional.of("begins or ends with a space");
        }
        if (name.endsWith(".")) {
            return Optional.of("ends with a dot");
        }
        if (name.startsWith("~")) {
            return Optional.of("begins with a tilde");
        }
        if (name.toLowerCase(Locale.ROOT).contains("_vti_")) {
            return Optional.of("contains _vti_");
        }
        if (NUMERIC_ENTITY.matcher(name).find()) {
            return Optional.of("contains a numeric HTML entity, on which the service fails");
        }
        return RESERVED.matcher(name).matches() ? Optional.of("is reserved") : Optional.empty();
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Control characters and half characters as their codes, so that a name can't forge a line or a colour in a log. */
    public static String printable(String name) {
        StringBuilder result = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                result.append(String.format("\\u%04x", c));
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }
}
