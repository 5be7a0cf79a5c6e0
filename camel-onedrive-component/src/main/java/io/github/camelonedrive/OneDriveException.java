package io.github.camelonedrive;

import java.io.IOException;
import java.util.Objects;

/**
 * What every failure of this component has in common: what happened, whose fault it is, and what to do about it.
 *
 * <p>An {@link IOException}, so that it passes through streams unchanged. No message ever holds a secret.
 */
public abstract class OneDriveException extends IOException {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String problem;
    private final String remedy;

    /**
     * @param problem what happened, one sentence in plain words, without secrets
     * @param remedy  what a person can do, one sentence in plain words; empty when there is nothing to do
     */
    protected OneDriveException(FailureKind kind, String problem, String remedy, Throwable cause) {
        super(remedy.isEmpty() ? problem : problem + " " + remedy, cause);
        this.kind = Objects.requireNonNull(kind);
        this.problem = Objects.requireNonNull(problem);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** Whose fault it is. */
    public FailureKind kind() {
        return kind;
    }

    /** What happened. */
    public String problem() {
        return problem;
    }

    /** What to do about it; empty when there is nothing to do. */
    public String remedy() {
        return remedy;
    }
}
