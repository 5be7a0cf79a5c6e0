package io.github.camelonedrive.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far this machine's clock is from a server's. Signed statements and tokens live some minutes only, so that a clock that
 * is wrong makes a good sign-in look like a bad one.
 *
 * @param ahead how far our clock is ahead; negative when it is behind
 */
public record ClockSkew(Duration ahead) {

    /** Microsoft accepts this much; less is not worth a word. */
    public static final Duration TOLERATED = Duration.ofMinutes(5);

    /**
     * @param  date the answer's {@code Date} header (RFC 9110 §6.6.1), or null
     * @param  now  our time when the answer came
     * @return      empty when the clocks agree within {@link #TOLERATED}, or the server's time is not known
     */
    public static Optional<ClockSkew> between(String date, Instant now) {
        return HttpDate.parse(date).map(theirs -> Duration.between(theirs, now))
                .filter(ahead -> ahead.abs().compareTo(TOLERATED) > 0).map(ClockSkew::new);
    }

    /** A sentence. */
    public String problem() {
        return "This machine's clock is " + amount(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of")
                + " Microsoft's.";
    }

    /** A sentence. */
    public String remedy() {
        return "Set this machine's clock first, for example with 'timedatectl set-ntp true', then try again.";
    }

    private static String amount(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        return duration.toHours() > 1 ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min";
    }
}
