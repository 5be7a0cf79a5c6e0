package io.github.camelonedrive.component;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** An exchange asks for something that makes no sense, or does not say what it is about. Nothing was sent. */
public final class IllegalRequestException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    IllegalRequestException(String problem, String remedy) {
        super(FailureKind.CONFIGURATION, problem, remedy, null);
    }

    /** A header is missing that the operation can't do without. */
    static IllegalRequestException missing(OneDriveOperation operation, String what, String header) {
        return new IllegalRequestException("The operation " + operation + " was not told " + what + ".",
                "Set the header " + header + ".");
    }
}
