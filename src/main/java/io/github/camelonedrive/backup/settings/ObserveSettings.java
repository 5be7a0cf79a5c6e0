package io.github.camelonedrive.backup.settings;

import java.time.Duration;
import java.util.Map;

import io.github.camelonedrive.backup.failure.BackupException;

/**
 * Where {@code run} shows health and metrics.
 *
 * @param enabled     whether it does
 * @param host        the address it listens on; the pages' unless set
 * @param port        the pages' unless set; 0 picks a free one
 * @param healthAfter how long a trouble that may pass by itself lasts before {@code run} is not ready
 */
public record ObserveSettings(boolean enabled, String host, int port, Duration healthAfter) {

    /** Unless {@code backup.health.after} says otherwise. */
    public static final Duration DEFAULT_HEALTH_AFTER = Duration.ofMinutes(15);

    private static final String PREFIX = "backup.observe.";
    private static final String HEALTH_AFTER = "backup.health.after";

    /** @throws BackupException for a value that is not possible */
    static ObserveSettings read(Map<String, String> values, ConsoleSettings console) throws BackupException {
        Addresses addresses = new Addresses(PREFIX, values);
        return new ObserveSettings(addresses.enabled(), addresses.host(console.host()), addresses.port(console.port()),
                healthAfter(values.getOrDefault(HEALTH_AFTER, "").strip()));
    }

    private static Duration healthAfter(String text) throws BackupException {
        if (text.isEmpty()) {
            return DEFAULT_HEALTH_AFTER;
        }
        return DurationText.parse(text).orElseThrow(() -> BackupException.usage(HEALTH_AFTER + " is '" + text + "'.",
                "Write a duration such as 15m, 1h or 90s."));
    }
}
