package io.github.camelonedrive.backup.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a person types.
 *
 * @param visible reads a line that is shown while it is typed; null at the end of the input
 * @param hidden  reads one that is not
 */
record TerminalInput(Lines visible, Lines hidden) {

    /** Reads the next line. */
    @FunctionalInterface
    interface Lines {
        String read() throws IOException;
    }

    /** Empty where nobody sits at a terminal, also when standard input comes from a file or a pipe. */
    static Optional<TerminalInput> at(Environment environment) {
        if (!environment.terminal()) {
            return Optional.empty();
        }
        if (environment.in() != System.in) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8));
            return Optional.of(new TerminalInput(reader::readLine, reader::readLine));
        }
        return Optional.ofNullable(System.console()).filter(TerminalInput::isTerminal)
                .map(console -> new TerminalInput(console::readLine, () -> readHidden(console)));
    }

    // From Java 22 on there is a console without a terminal too, which only then has a method to tell.
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }

    private static String readHidden(Console console) {
        char[] typed = console.readPassword();
        if (typed == null) {
            return null;
        }
        String text = new String(typed);
        Arrays.fill(typed, ' ');
        return text;
    }
}
