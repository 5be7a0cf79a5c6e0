package io.github.camelonedrive.credentials;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** A destination is to be added under a name that is taken. */
public final class DestinationExistsException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    DestinationExistsException(String destination) {
        super(FailureKind.CONFIGURATION, "There is a destination '" + destination + "' already.",
                "Choose another name, or remove it first.", null);
    }
}
