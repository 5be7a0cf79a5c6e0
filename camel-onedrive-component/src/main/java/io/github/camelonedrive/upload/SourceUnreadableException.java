package io.github.camelonedrive.upload;

import java.io.IOException;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Redactor;

/** The source could not be read while it was uploaded, so nothing of it was committed. The network had no part in it. */
public final class SourceUnreadableException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    SourceUnreadableException(IOException cause) {
        super(FailureKind.UNSETTLED, "The content could not be read (" + cause.getClass().getSimpleName() + ": "
                + Redactor.redact(String.valueOf(cause.getMessage())) + ").", "Check the file and its disk.", cause);
    }
}
