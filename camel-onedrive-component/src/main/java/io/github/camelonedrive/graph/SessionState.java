package io.github.camelonedrive.graph;

import java.util.OptionalLong;

/**
 * Where an upload session stands, as the server says it.
 *
 * @param nextExpected the first byte that it still wants; empty when it wants none or does not say
 */
public record SessionState(OptionalLong nextExpected) {
}
