package io.github.camelonedrive.simulator.internal.http;

import java.io.IOException;

/** A fault rule closes this connection without a response. */
public final class ConnectionCut extends IOException {
    private static final long serialVersionUID = 1L;

    public ConnectionCut() {
        super("The connection is cut on purpose.");
    }
}
