package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.Secret;

/** A secret given as a file, because arguments can be seen by everybody on the machine. */
final class SecretFile {

    private static final long LARGEST = 64 * 1024;

    private SecretFile() {
    }

    /**
     * The file's text, one trailing newline ignored.
     *
     * @param  what names the secret in messages
     * @throws BackupException when the file is missing, empty, or surely no such secret
     */
    static Secret read(Path file, String what) throws BackupException {
        try {
            if (Files.size(file) > LARGEST) {
                throw BackupException.usage("The file " + file + " is too large for a " + what + ".", "Check its name.");
            }
            String text = withoutNewline(Files.readString(file, StandardCharsets.UTF_8));
            if (text.isBlank()) {
                throw BackupException.usage("The file " + file + " holds no " + what + ".", "Put it there on one line.");
            }
            return Secret.of(text);
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw BackupException.usage("The file " + file + " with the " + what + " can't be read.",
                    Files.exists(file) ? "Check its rights and that it is text." : "It is not there: check its name.", e);
        }
    }

    private static String withoutNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
