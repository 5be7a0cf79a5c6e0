package io.github.camelonedrive.component;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * Somebody cancelled the upload, by JMX or in the program. Its session at OneDrive is ended; Camel does not deliver the
 * exchange to the endpoint again by itself.
 */
public final class UploadCancelledException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    UploadCancelledException(String destination, String target, Throwable cause) {
        super(FailureKind.SERVICE, "The upload of '" + target + "' to '" + destination + "' was cancelled.",
                "Send it again if it is wanted after all.", cause);
    }
}
