package io.github.camelonedrive.credentials;

/** Replaces every secret value that this process knows in a text that is about to leave it (a log event, a message). */
public final class Redactor {

    private Redactor() {
    }

    static void register(Secret secret) {
        // built by the credentials work package
    }

    /** The text with each registered secret, in its raw and percent-encoded form, replaced by a placeholder. */
    public static String redact(String text) {
        return text;
    }
}
