package io.github.camelonedrive.upload;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for people, who read them beside the times of the log: the machine's own zone, in seconds. */
final class ClockText {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private ClockText() {
    }

    /** As {@code 2026-03-01 09:15:00}. */
    static String of(Instant time) {
        return FORMAT.format(time.atZone(ZoneId.systemDefault()));
    }
}
