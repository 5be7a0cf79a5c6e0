package io.github.camelonedrive.simulator;

import java.io.IOException;

/** A fault rule wants this connection closed without an answer. */
final class ConnectionCut extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionCut() {
        super("The connection is cut on purpose.");
    }
}
