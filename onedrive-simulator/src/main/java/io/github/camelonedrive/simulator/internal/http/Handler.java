package io.github.camelonedrive.simulator.internal.http;

import java.io.IOException;

import io.github.camelonedrive.simulator.internal.fault.FaultEffect;

/** Answers one kind of request. */
public interface Handler {
    /** @throws GraphException for an error answer */
    Answer answer(Call call, FaultEffect fault) throws IOException;
}
