package io.github.camelonedrive.backup.console;

import java.io.PrintStream;

/**
 * Where output goes: results to standard output, everything else to standard error.
 *
 * @param terminal whether a person sees standard error as it is written
 * @param json     whether results are wanted as JSON
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, boolean json) {

    /** Prints one line of a result for users; nothing when JSON is wanted. A line feed in it is shown as {@code ?}. */
    public void print(String line) {
        if (!json) {
            out.println(TerminalText.printable(line));
        }
    }

    /** Prints a table of results for users; nothing when JSON is wanted. */
    public void print(Table table) {
        table.toString().lines().forEach(this::print);
    }

    /** The one result of a command for programs; nothing when JSON is not wanted. */
    public void printJson(Object value) {
        if (json) {
            out.println(Json.document(value));
        }
    }

    /** One event of many for programs; nothing when JSON is not wanted. */
    public synchronized void printJsonLine(Object value) {
        if (json) {
            out.println(Json.line(value));
            out.flush();
        }
    }

    /** Prints a message for users that is no result; its lines after the first are indented. */
    public void say(String text) {
        err.println(TerminalText.message(text));
    }
}
