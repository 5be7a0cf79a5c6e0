package io.github.camelonedrive.graph;

import java.io.IOException;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Redactor;
import io.github.camelonedrive.transport.Certificates;

/** No answer: the host was not reached, or the connection broke or stood still. What was sent may or may not have arrived. */
public final class ConnectionFailedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final boolean trusted;

    ConnectionFailedException(String purpose, String host, IOException cause) {
        this(purpose, host, cause, !Certificates.areTheReasonFor(cause));
    }

    private ConnectionFailedException(String purpose, String host, IOException cause, boolean trusted) {
        super(FailureKind.SERVICE, trusted
                ? purpose + " failed: no answer from " + host + " (" + describe(cause) + ")."
                : purpose + " failed: the certificate of " + host + " is not trusted (" + describe(cause) + ").",
                trusted
                        ? "Check the network, the proxy and the firewall."
                        : "Check the clock. If a proxy of yours breaks up TLS, trust its "
                                + "certificate with sslContextParameters.",
                cause);
        this.trusted = trusted;
    }

    /** Whether trying again may help. */
    boolean isPassing() {
        return trusted;
    }

    private static String describe(IOException cause) {
        String text = cause.getMessage() == null ? "" : ": " + Redactor.redact(cause.getMessage());
        return cause.getClass().getSimpleName() + text;
    }
}
