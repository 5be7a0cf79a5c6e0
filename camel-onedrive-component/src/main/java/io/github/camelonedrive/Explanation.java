package io.github.camelonedrive;

import java.util.Objects;

/**
 * A trouble, as a person is told of it. {@code what} and {@code todo} go into messages and fit one log line; {@code why} is
 * for the guide, {@code docs/troubleshooting.md}, which is made from the same data.
 *
 * @param what what has happened, in whole sentences
 * @param why  its usual causes, in whole sentences
 * @param todo what to click or to type, in whole sentences; <code>{name}</code> stands for the destination
 */
public record Explanation(String what, String why, String todo) {

    private static final String NAME = "{name}";

    public Explanation {
        Objects.requireNonNull(what);
        Objects.requireNonNull(why);
        Objects.requireNonNull(todo);
    }

    /** What happened and what to do, for a message. */
    public String text(String destination) {
        return what + " " + todo(destination);
    }

    /** What to do, with the destination's name in the commands; {@code NAME} where there is none. */
    public String todo(String destination) {
        return todo.replace(NAME, destination.isEmpty() ? "NAME" : destination);
    }
}
