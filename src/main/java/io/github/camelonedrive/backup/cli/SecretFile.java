package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.files.UnsafeFileException;

/** A secret given as a file, because arguments can be seen by everybody on the machine. */
final class SecretFile {

    private static final int LARGEST = 64 * 1024;

    private SecretFile() {
    }

    /**
     * The file's text, one trailing newline ignored.
     *
     * @param  what names the secret in messages
     * @throws BackupException if the file is missing, empty, surely no such secret, or open to others
     */
    static Secret read(Path file, String what) throws BackupException {
        String text = withoutNewline(new String(bytes(file, LARGEST, what), StandardCharsets.UTF_8));
        if (text.isBlank()) {
            throw BackupException.usage("The file " + file + " holds no " + what + ".", "Put it there on one line.");
        }
        return Secret.of(text);
    }

    /**
     * The file's content.
     *
     * @param  what names the secret in messages
     * @throws BackupException if the file is missing, too large, or open to others
     */
    static byte[] bytes(Path file, int largest, String what) throws BackupException {
        try {
            return OwnerOnlyFiles.readSecret(file, largest);
        } catch (UnsafeFileException e) {
            throw BackupException.usage("The file " + file + " with the " + what + " can't be trusted: " + e.getReason() + ".",
                    e.problem() == UnsafeFileException.Problem.OPEN_TO_OTHERS
                            ? "Run: chmod 600 '" + file + "'. If others could read it, make a new one." : "Check its name and its"
                                    + " owner.", e);
        } catch (IOException e) {
            throw BackupException.usage("The file " + file + " with the " + what + " can't be read: "
                    + OwnerOnlyFiles.describe(e) + ".", "Check its name and its rights.", e);
        }
    }

    private static String withoutNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
