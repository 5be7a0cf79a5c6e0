package io.github.camelonedrive.graph;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** A success status whose content makes no sense: not JSON, no id, an address that is none. */
public final class UnexpectedAnswerException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    /** @param problem a sentence */
    public UnexpectedAnswerException(String problem) {
        super(FailureKind.SERVICE, problem,
                "Check that the Graph endpoint is right and that no proxy answers in its place.", null);
    }
}
