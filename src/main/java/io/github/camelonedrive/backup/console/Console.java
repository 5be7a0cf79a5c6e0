package io.github.camelonedrive.backup.console;

import java.io.PrintStream;

/**
 * Where output goes: results to standard output, everything else to standard error.
 *
 * @param terminal whether a person sees standard error as it is written
 * @param json     whether results are wanted as JSON
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, boolean json) {

    /** A line of a result for people; nothing when JSON is wanted. */
    public void print(String text) {
        if (!json) {
            out.println(text);
        }
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

    /** A line for people that is no result. */
    public void say(String text) {
        err.println(text);
    }
}
