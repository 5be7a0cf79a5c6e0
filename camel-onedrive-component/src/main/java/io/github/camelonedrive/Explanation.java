package io.github.camelonedrive;

import java.util.List;
import java.util.Objects;

/**
 * A row of a table from errors to remedies. {@code what} and the remedy go into messages and fit one log line; {@code why} is
 * for a guide.
 *
 * @param what    what has happened, in whole sentences
 * @param why     its usual causes, in whole sentences
 * @param todo    what to click or to do outside of the program, in whole sentences; may be empty
 * @param actions the kinds of action that help, in the order in which they are to be done
 */
public record Explanation(String what, String why, String todo, List<RemedyAction> actions) {

    public Explanation {
        Objects.requireNonNull(what);
        Objects.requireNonNull(why);
        Objects.requireNonNull(todo);
        actions = List.copyOf(actions);
    }

    public Explanation(String what, String why, String todo, RemedyAction... actions) {
        this(what, why, todo, List.of(actions));
    }

    /** What to do. @param destination empty where it is not known */
    public Remedy remedy(String destination) {
        return new Remedy(todo, actions, List.of(destination));
    }

    /** What happened and what to do, for a message that has said something else before. */
    public Remedy inFull(String destination) {
        return remedy(destination).after(what);
    }
}
