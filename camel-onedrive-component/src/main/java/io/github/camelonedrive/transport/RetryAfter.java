package io.github.camelonedrive.transport;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long a server asks us to stay away: {@code Retry-After} as whole seconds, decimal seconds or an HTTP date, and
 * {@code RateLimit-Reset} in seconds, the longer of the two ({@code graph-contract.md} §4, statements 59 and 60; RFC 9110
 * §10.2.3).
 */
public final class RetryAfter {

    /** No sane server asks for more; a larger figure is cut to this, so that arithmetic can't overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private RetryAfter() {
    }

    /**
     * @param header gives a response header's value by name, or null
     * @param now    for HTTP dates
     * @return       the wait asked for, never negative; empty when the server asked for none that can be understood
     */
    public static Optional<Duration> from(Function<String, String> header, Instant now) {
        Optional<Duration> retryAfter = parse(header.apply("Retry-After"), now);
        Optional<Duration> reset = parse(header.apply("RateLimit-Reset"), now);
        if (retryAfter.isPresent() && reset.isPresent()) {
            return retryAfter.get().compareTo(reset.get()) >= 0 ? retryAfter : reset;
        }
        return retryAfter.or(() -> reset);
    }

    private static Optional<Duration> parse(String value, Instant now) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        String text = value.strip();
        return seconds(text).or(() -> date(text, now)).map(RetryAfter::withinReason);
    }

    private static Optional<Duration> seconds(String text) {
        if (!text.matches("\\d+(\\.\\d+)?")) {
            return Optional.empty();
        }
        BigDecimal seconds = new BigDecimal(text);
        if (seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
            return Optional.of(LONGEST);
        }
        return Optional.of(Duration.ofMillis(seconds.movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact()));
    }

    private static Optional<Duration> date(String text, Instant now) {
        try {
            return Optional.of(Duration.between(now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Duration withinReason(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
