package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.KeySources;
import io.github.camelonedrive.credentials.Passphrase;
import io.github.camelonedrive.credentials.VaultException;

/** Asks for a passphrase on the terminal, without showing what is typed. */
final class TypedPassphrase implements KeySources.Prompt {

    private final Environment environment;
    private final TerminalInput input;

    private TypedPassphrase(Environment environment, TerminalInput input) {
        this.environment = environment;
        this.input = input;
    }

    /** Empty where nobody can be asked. */
    static Optional<TypedPassphrase> at(Environment environment) {
        return TerminalInput.at(environment).map(input -> new TypedPassphrase(environment, input));
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
            return Optional.ofNullable(input.hidden().read()).orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
