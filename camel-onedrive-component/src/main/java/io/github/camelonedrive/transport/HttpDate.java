package io.github.camelonedrive.transport;

import java.time.Instant;
import java.util.Optional;

import org.apache.hc.client5.http.utils.DateUtils;

/** Reads the dates of HTTP headers: IMF-fixdate and the older RFC 850 format (RFC 9110 §5.6.7). */
final class HttpDate {

    private HttpDate() {
    }

    /** Returns the time that a header's value names; empty when there is no value, or it is no date. */
    static Optional<Instant> parse(String value) {
        return Optional.ofNullable(value).map(text -> DateUtils.parseStandardDate(text.strip()));
    }
}
