package io.github.camelonedrive.backup.settings;

import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;

/** The settings {@code enabled}, {@code host} and {@code port} of something that listens, below a prefix. */
record Addresses(String prefix, Map<String, String> values) {

    private static final int LAST_PORT = 65535;

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(prefix + key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    boolean enabled() throws BackupException {
        String text = text("enabled").orElse("true");
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw BackupException.usage(prefix + "enabled is '" + text + "'.", "Use true or false.");
        }
        return text.equalsIgnoreCase("true");
    }

    String host(String usual) {
        return text("host").orElse(usual);
    }

    int port(int usual) throws BackupException {
        String text = text("port").orElse(String.valueOf(usual));
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > LAST_PORT) {
            throw BackupException.usage(prefix + "port is '" + text + "'.",
                    "Use a number up to " + LAST_PORT + "; 0 picks a free port.");
        }
        return Integer.parseInt(text);
    }
}
