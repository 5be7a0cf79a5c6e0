package io.github.camelonedrive.simulator.internal.http;

import java.io.IOException;

import io.github.camelonedrive.simulator.internal.fault.FaultEffect;

/** Answers one kind of request. */
public interface Handler {
    /** @throws GraphErrorResponse for an error answer */
    Response answer(Call call, FaultEffect fault) throws IOException;
}
