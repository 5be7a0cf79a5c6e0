package io.github.camelonedrive.backup.settings;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;

/**
 * Where {@code run} shows its pages.
 *
 * @param enabled   whether it does
 * @param host      the address it listens on
 * @param port      0 picks a free one
 * @param publicUrl its address for users behind a proxy
 */
public record ConsoleSettings(boolean enabled, String host, int port, Optional<URI> publicUrl) {

    private static final String PREFIX = "backup.console.";
    private static final int USUAL_PORT = 8080;

    /** @throws BackupException for a value that is not possible */
    static ConsoleSettings read(Map<String, String> values) throws BackupException {
        Addresses addresses = new Addresses(PREFIX, values);
        return new ConsoleSettings(addresses.enabled(), addresses.host("127.0.0.1"), addresses.port(USUAL_PORT),
                publicUrl(addresses.text("public-url")));
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
