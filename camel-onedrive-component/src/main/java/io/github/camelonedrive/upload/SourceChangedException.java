package io.github.camelonedrive.upload;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** The source is not what it was when the upload began, so nothing of it was committed. */
public final class SourceChangedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    public SourceChangedException(String problem) {
        super(FailureKind.UNSETTLED, problem, "Upload it when nothing writes to it any more.", null);
    }

    /** @param announced bytes promised; @param found bytes there, or more than announced if that is all we know */
    public static SourceChangedException length(long announced, long found) {
        return new SourceChangedException(found < announced
                ? "The content ended after " + found + " bytes although " + announced + " were announced."
                : "The content goes on after the " + announced + " bytes that were announced.");
    }
}
