package io.github.camelonedrive.backup.settings;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;

/**
 * Where {@code run} shows pages, health and metrics.
 *
 * @param enabled   whether it does
 * @param host      the address it listens on
 * @param port      0 picks a free one
 * @param publicUrl how people reach it, where something stands before it
 */
public record ConsoleSettings(boolean enabled, String host, int port, Optional<URI> publicUrl) {

    private static final String PREFIX = "backup.console.";
    private static final int USUAL_PORT = 8080;
    private static final int LAST_PORT = 65535;

    /** @throws BackupException for a value that can't be */
    static ConsoleSettings read(Map<String, String> values) throws BackupException {
        return new ConsoleSettings(enabled(text(values, "enabled").orElse("true")), text(values, "host").orElse("127.0.0.1"),
                port(text(values, "port").orElse(String.valueOf(USUAL_PORT))), publicUrl(text(values, "public-url")));
    }

    private static Optional<String> text(Map<String, String> values, String key) {
        return Optional.ofNullable(values.get(PREFIX + key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static boolean enabled(String text) throws BackupException {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw BackupException.usage(PREFIX + "enabled is '" + text + "'.", "Use true or false.");
        }
        return text.equalsIgnoreCase("true");
    }

    private static int port(String text) throws BackupException {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > LAST_PORT) {
            throw BackupException.usage(PREFIX + "port is '" + text + "'.",
                    "Use a number up to " + LAST_PORT + "; 0 picks a free port.");
        }
        return Integer.parseInt(text);
    }

    private static Optional<URI> publicUrl(Optional<String> text) throws BackupException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> url = text.filter(value -> value.matches("https?://[^/\\s]+(/\\S*)?")).map(ConsoleSettings::uri)
                .filter(value -> value.getHost() != null);
        if (url.isEmpty()) {
            throw BackupException.usage(PREFIX + "public-url is '" + text.get() + "'.",
                    "Write it as https://backup.example.org/.");
        }
        return url;
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
