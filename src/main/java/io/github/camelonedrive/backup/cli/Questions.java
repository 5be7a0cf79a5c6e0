package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

import io.github.camelonedrive.backup.console.TerminalText;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.Secret;

/**
 * Asks a person at the terminal. Questions go to standard error, because standard output is for results. An answer that can't
 * be right is said so at once, and asked for again.
 */
final class Questions {

    /** Makes of an answer what it stands for. */
    @FunctionalInterface
    interface Answer<T> {

        /** @throws IllegalArgumentException saying in plain words why it can't be that */
        T of(String text);
    }

    private final PrintStream err;
    private final TerminalInput input;

    private Questions(PrintStream err, TerminalInput input) {
        this.err = err;
        this.input = input;
    }

    /** Those that can be asked; empty where nobody sits at a terminal. */
    static Optional<Questions> at(Environment environment) {
        return TerminalInput.at(environment).map(input -> new Questions(environment.err(), input));
    }

    /**
     * Asks until the answer can be right.
     *
     * @param question  ends without a colon
     * @param byDefault what an empty answer means, as if it had been typed; empty when there must be one
     * @throws BackupException when the input ends
     */
    <T> T ask(String question, String byDefault, Answer<T> answer) throws BackupException {
        while (true) {
            String text = line(question + (byDefault.isEmpty() ? "" : " [" + byDefault + "]"), input.visible()).strip();
            String meant = text.isEmpty() ? byDefault : text;
            try {
                if (!meant.isEmpty()) {
                    return answer.of(meant);
                }
                say("This is needed.");
            } catch (IllegalArgumentException e) {
                say(e.getMessage());
            }
        }
    }

    /** As {@link #ask}, where an empty answer means none. */
    <T> Optional<T> askOptional(String question, Answer<T> answer) throws BackupException {
        while (true) {
            String text = line(question, input.visible()).strip();
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(answer.of(text));
            } catch (IllegalArgumentException e) {
                say(e.getMessage());
            }
        }
    }

    /** Asks for a secret, without showing what is typed; an empty answer means none. */
    Optional<Secret> askSecret(String question) throws BackupException {
        String text = line(question, input.hidden()).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
    }

    /** A remark on an answer. */
    void say(String remark) {
        err.println("  " + TerminalText.printable(remark));
    }

    private String line(String question, TerminalInput.Lines lines) throws BackupException {
        err.print(TerminalText.printable(question) + ": ");
        err.flush();
        try {
            String text = lines.read();
            if (text != null) {
                return text;
            }
        } catch (IOException e) {
            throw BackupException.usage("The answer can't be read.", "Give everything as options.", e);
        }
        err.println();
        throw BackupException.usage("The input ended before everything was answered; nothing was stored.",
                "Answer the questions, or give everything as options.");
    }
}
