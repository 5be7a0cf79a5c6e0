package io.github.camelonedrive.component;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** An operation did not end, because the route or the program was told to stop. It can be tried again. */
public final class OperationStoppedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    OperationStoppedException(String destination, Throwable cause) {
        super(FailureKind.SERVICE, "The operation on '" + destination + "' was stopped before its end.", "", cause);
    }
}
