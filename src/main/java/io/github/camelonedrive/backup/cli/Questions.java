package io.github.camelonedrive.backup.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

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

    /** Reads a line; null at the end of the input. */
    @FunctionalInterface
    private interface Lines {
        String read() throws IOException;
    }

    private final PrintStream err;
    private final Lines visible;
    private final Lines hidden;

    private Questions(PrintStream err, Lines visible, Lines hidden) {
        this.err = err;
        this.visible = visible;
        this.hidden = hidden;
    }

    /** Those that can be asked; empty where nobody sits at a terminal. */
    static Optional<Questions> at(Environment environment) {
        if (!environment.terminal()) {
            return Optional.empty();
        }
        if (environment.in() != System.in) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8));
            return Optional.of(new Questions(environment.err(), reader::readLine, reader::readLine));
        }
        java.io.Console console = System.console();
        if (console == null || !isTerminal(console)) {
            return Optional.empty();
        }
        return Optional.of(new Questions(environment.err(), console::readLine, () -> readHidden(console)));
    }

    // From Java 22 on there is a console without a terminal too, which only then has a method to tell.
    private static boolean isTerminal(java.io.Console console) {
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }

    private static String readHidden(java.io.Console console) {
        char[] typed = console.readPassword();
        if (typed == null) {
            return null;
        }
        String text = new String(typed);
        Arrays.fill(typed, ' ');
        return text;
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
            String text = line(question + (byDefault.isEmpty() ? "" : " [" + byDefault + "]"), visible).strip();
            String meant = text.isEmpty() ? byDefault : text;
            try {
                if (!meant.isEmpty()) {
                    return answer.of(meant);
                }
                err.println("  This is needed.");
            } catch (IllegalArgumentException e) {
                err.println("  " + e.getMessage());
            }
        }
    }

    /** As {@link #ask}, where an empty answer means none. */
    <T> Optional<T> askOptional(String question, Answer<T> answer) throws BackupException {
        while (true) {
            String text = line(question, visible).strip();
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(answer.of(text));
            } catch (IllegalArgumentException e) {
                err.println("  " + e.getMessage());
            }
        }
    }

    /** Asks for a secret, without showing what is typed; an empty answer means none. */
    Optional<Secret> askSecret(String question) throws BackupException {
        String text = line(question, hidden).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
    }

    /** A remark on an answer. */
    void say(String remark) {
        err.println("  " + remark);
    }

    private String line(String question, Lines lines) throws BackupException {
        err.print(question + ": ");
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
