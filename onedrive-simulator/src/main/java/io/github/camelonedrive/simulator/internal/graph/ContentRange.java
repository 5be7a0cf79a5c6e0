package io.github.camelonedrive.simulator.internal.graph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Content-Range: bytes start-end/total}, zero-based and inclusive. */
record ContentRange(long start, long end, long total) {
    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /** Null when the header is missing or malformed. */
    static ContentRange parse(String header) {
        Matcher matcher = header == null ? null : FORM.matcher(header);
        if (matcher == null || !matcher.matches()) {
            return null;
        }
        ContentRange range = new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)));
        return range.start > range.end || range.end >= range.total ? null : range;
    }

    long length() {
        return end - start + 1;
    }

    boolean isLast() {
        return end + 1 == total;
    }
}
