package io.github.camelonedrive.simulator;

import java.io.IOException;

/** Answers one kind of request. */
interface Handler {
    /** @throws GraphException for an error answer */
    Answer answer(Call call, FaultEffect fault) throws IOException;
}
