package io.github.camelonedrive.credentials;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A value that must never be shown: client secret, token, pre-authenticated URL. Its text form is a placeholder, so that
 * it can't slip into a log line or an exception; whoever needs the value has to say {@link #reveal()}.
 *
 * <p>Each one registers with the {@link Redactor}, the second line of defence.
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** Wraps a value and registers it for redaction. */
    public static Secret of(String value) {
        Secret secret = new Secret(value);
        Redactor.register(value);
        return secret;
    }

    /**
     * The value itself. Never pass it to a logger, an exception or a {@code toString}. Each use counts as recent for the
     * {@link Redactor}, which remembers only so many.
     */
    public String reveal() {
        Redactor.register(value);
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
