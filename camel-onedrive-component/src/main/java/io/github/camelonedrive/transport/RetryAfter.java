package io.github.camelonedrive.transport;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How long a service asks for no requests: {@code Retry-After} as whole seconds, decimal seconds or an HTTP date, and
 * {@code RateLimit-Reset} in seconds, the longer of the two (RFC 9110 §10.2.3).
 */
public final class RetryAfter {

    /** Longer than any number that is worth reading; what is longer and a number is beyond each limit. */
    private static final int LONGEST_NUMBER = 40;

    private RetryAfter() {
    }

    /**
     * Returns the wait that a response asks for: never negative, at most {@link ThrottleGate#LONGEST}; empty when it asks for
     * none that can be understood.
     *
     * <p>A date is compared with the response's own {@code Date}, so that a wrong clock on this machine makes no difference.
     *
     * @param header gives a response header's value by name, or null
     * @param now    this machine's time, for a response without {@code Date}
     */
    public static Optional<Duration> from(UnaryOperator<String> header, Instant now) {
        Instant sent = HttpDate.parse(header.apply("Date")).orElse(now);
        Optional<Duration> retryAfter = parse(header.apply("Retry-After"), sent);
        Optional<Duration> reset = parse(header.apply("RateLimit-Reset"), sent);
        if (retryAfter.isPresent() && reset.isPresent()) {
            return retryAfter.get().compareTo(reset.get()) >= 0 ? retryAfter : reset;
        }
        return retryAfter.or(() -> reset);
    }

    private static Optional<Duration> parse(String value, Instant sent) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        String text = value.strip();
        return seconds(text).or(() -> HttpDate.parse(text).map(time -> Duration.between(sent, time)))
                .map(RetryAfter::limited);
    }

    private static Optional<Duration> seconds(String text) {
        if (!text.matches("[0-9]+(\\.[0-9]+)?")) {
            return Optional.empty();
        }
        if (text.length() > LONGEST_NUMBER) {
            return Optional.of(ThrottleGate.LONGEST);
        }
        BigDecimal seconds = new BigDecimal(text).min(BigDecimal.valueOf(ThrottleGate.LONGEST.toSeconds()));
        return Optional.of(Duration.ofMillis(seconds.movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact()));
    }

    private static Duration limited(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(ThrottleGate.LONGEST) > 0 ? ThrottleGate.LONGEST : wait;
    }
}
