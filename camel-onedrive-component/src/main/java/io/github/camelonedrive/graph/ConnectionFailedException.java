package io.github.camelonedrive.graph;

import java.io.IOException;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Redactor;

/** No answer: the host was not reached, or the connection broke or stood still. What was sent may or may not have arrived. */
public final class ConnectionFailedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    ConnectionFailedException(String purpose, String host, IOException cause) {
        super(FailureKind.SERVICE, purpose + " failed: no answer from " + host + " (" + describe(cause) + ").",
                "Check the network, the proxy and the firewall; it is tried again.", cause);
    }

    private static String describe(IOException cause) {
        String text = cause.getMessage() == null ? "" : ": " + Redactor.redact(cause.getMessage());
        return cause.getClass().getSimpleName() + text;
    }
}
