package io.github.camelonedrive.backup.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Name patterns separated by commas. Each is a suffix ({@code .dat}, {@code ~}), a pattern with {@code *} and {@code ?}
 * ({@code vzdump-*.dat}), or a regular expression as in {@code include} ({@code .*\.dat}).
 */
final class NamePatterns {

    private static final Pattern REGULAR_EXPRESSION = Pattern.compile("\\.[*+]|[\\\\^$|()\\[\\]{}]");

    private NamePatterns() {
    }

    /**
     * Returns patterns that match whole names, regardless of case.
     *
     * @throws PatternSyntaxException if a regular expression is malformed
     */
    static List<Pattern> parse(String text) {
        List<Pattern> patterns = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                patterns.add(pattern(part.strip()));
            }
        }
        return patterns;
    }

    private static Pattern pattern(String part) {
        String expression;
        if (REGULAR_EXPRESSION.matcher(part).find()) {
            expression = part;
        } else if (part.indexOf('*') >= 0 || part.indexOf('?') >= 0) {
            expression = ("\\Q" + part + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        } else {
            expression = ".*" + Pattern.quote(part);
        }
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
