package io.github.camelonedrive;

import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What every failure of this component has in common: what happened, whose fault it is, and what to do about it.
 *
 * <p>An {@link IOException}, so that it passes through streams unchanged. No message ever holds a secret.
 */
public abstract class OneDriveException extends IOException {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String problem;
    private final Remedy remedy;

    /**
     * @param problem what happened, one sentence in plain words, without secrets
     * @param remedy  what a person can do, one sentence in plain words; empty when there is nothing to do
     */
    protected OneDriveException(FailureKind kind, String problem, String remedy, Throwable cause) {
        this(kind, problem, Remedy.of(remedy), cause);
    }

    /**
     * @param problem what happened, one sentence in plain words, without secrets
     * @param remedy  what a person can do
     */
    protected OneDriveException(FailureKind kind, String problem, Remedy remedy, Throwable cause) {
        super(message(problem, remedy.text()), cause);
        this.kind = Objects.requireNonNull(kind);
        this.problem = Objects.requireNonNull(problem);
        this.remedy = Objects.requireNonNull(remedy);
    }

    private static String message(String problem, String remedy) {
        return remedy.isEmpty() ? problem : problem + " " + remedy;
    }

    /** Whose fault it is. */
    public FailureKind kind() {
        return kind;
    }

    /** What happened. */
    public String problem() {
        return problem;
    }

    /** What to do about it, in neutral words; empty when there is nothing to do. */
    public String remedy() {
        return remedy.text();
    }

    /** What to do about it, by kinds of action. */
    public Remedy whatToDo() {
        return remedy;
    }

    /**
     * Returns the HTTP status of the error response that the failure comes from; empty if there was none, as with a broken
     * connection.
     */
    public OptionalInt httpStatus() {
        return getCause() instanceof OneDriveException cause ? cause.httpStatus() : OptionalInt.empty();
    }

    /** What happened and what to do, in the words of the program that uses this library. */
    public String message(RemedyWords words) {
        return message(problem, remedy.text(words));
    }
}
