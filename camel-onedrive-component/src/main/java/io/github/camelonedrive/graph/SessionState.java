package io.github.camelonedrive.graph;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where an upload session stands, as the server says it.
 *
 * @param nextExpected the first byte that it still wants; empty when it wants none or does not say
 * @param expires      when the server drops it if nothing happens, where it says so
 */
public record SessionState(OptionalLong nextExpected, Optional<Instant> expires) {

    /** The server did not say when it drops the session. */
    public SessionState(OptionalLong nextExpected) {
        this(nextExpected, Optional.empty());
    }
}
