package io.github.camelonedrive.backup.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.KeySources;
import io.github.camelonedrive.credentials.Passphrase;
import io.github.camelonedrive.credentials.VaultException;

/** Asks for a passphrase on the terminal, without showing what is typed. */
final class TypedPassphrase implements KeySources.Prompt {

    private final Environment environment;
    private final Input input;

    private TypedPassphrase(Environment environment, Input input) {
        this.environment = environment;
        this.input = input;
    }

    /** Empty where nobody can be asked. */
    static Optional<TypedPassphrase> at(Environment environment) {
        if (!environment.terminal()) {
            return Optional.empty();
        }
        if (environment.in() != System.in) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8));
            return Optional.of(new TypedPassphrase(environment, lines::readLine));
        }
        // Empty as well when standard input comes from a file or a pipe.
        return Optional.ofNullable(System.console())
                .map(console -> new TypedPassphrase(environment, () -> hidden(console)));
    }

    private static String hidden(java.io.Console console) {
        char[] typed = console.readPassword();
        if (typed == null) {
            return null;
        }
        String text = new String(typed);
        Arrays.fill(typed, ' ');
        return text;
    }

    /** A passphrase that is there already. */
    @Override
    public Passphrase passphrase(String what) throws VaultException {
        return Passphrase.of(ask(what));
    }

    /**
     * A new passphrase, typed twice.
     *
     * @throws BackupException when the two differ
     */
    Passphrase newPassphrase() throws BackupException, VaultException {
        Passphrase first = passphrase("New passphrase, " + Passphrase.MIN_LENGTH + " characters or more").requireStrong();
        if (!first.equals(passphrase("The same passphrase again"))) {
            throw new BackupException(FailureKind.VAULT, "The two passphrases differ.", "Nothing was changed. Try again.");
        }
        return first;
    }

    private String ask(String what) {
        environment.err().print(what + ": ");
        environment.err().flush();
        try {
            return Optional.ofNullable(input.line()).orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    @FunctionalInterface
    private interface Input {

        /** Null at its end. */
        String line() throws IOException;
    }
}
