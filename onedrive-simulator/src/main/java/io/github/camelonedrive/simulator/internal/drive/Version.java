package io.github.camelonedrive.simulator.internal.drive;

import java.time.Instant;

/**
 * A version of a file.
 *
 * @param content its bytes
 * @param modified when it was made
 */
public record Version(Content content, Instant modified) {
}
