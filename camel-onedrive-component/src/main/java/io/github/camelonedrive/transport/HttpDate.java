package io.github.camelonedrive.transport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the dates of HTTP headers in each of their three formats (RFC 9110 §5.6.7). */
final class HttpDate {

    private static final List<DateTimeFormatter> FORMATS = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
            utc("EEEE, dd-MMM-uu HH:mm:ss 'GMT'"), utc("EEE MMM ppd HH:mm:ss uuuu"));

    private HttpDate() {
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }

    /** Returns the time that a header's value names; empty when there is no value, or it is no date. */
    static Optional<Instant> parse(String value) {
        if (value == null) {
            return Optional.empty();
        }
        for (DateTimeFormatter format : FORMATS) {
            try {
                return Optional.of(format.parse(value.strip(), Instant::from));
            } catch (DateTimeException another) {
                // Perhaps it is the next format.
            }
        }
        return Optional.empty();
    }
}
