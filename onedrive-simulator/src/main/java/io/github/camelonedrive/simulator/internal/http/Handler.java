package io.github.camelonedrive.simulator.internal.http;

import java.io.IOException;

/** Handles one kind of request. */
public interface Handler {
    /** @throws GraphErrorResponse for an error response */
    Response handle(Call call) throws IOException;
}
