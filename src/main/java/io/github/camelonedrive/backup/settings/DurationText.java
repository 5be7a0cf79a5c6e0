package io.github.camelonedrive.backup.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Camel's options take them: {@code 10s}, {@code 1h30m}, {@code 500ms}; a bare number is milliseconds. */
final class DurationText {

    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,9})(?:ms)?)?");

    private DurationText() {
    }

    /** Empty when the text is no duration. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(matcher, 1)).plusHours(number(matcher, 2)).plusMinutes(number(matcher, 3))
                .plusSeconds(number(matcher, 4)).plusMillis(number(matcher, 5)));
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
