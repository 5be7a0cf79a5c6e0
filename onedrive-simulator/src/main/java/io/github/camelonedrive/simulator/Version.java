package io.github.camelonedrive.simulator;

import java.time.Instant;

/**
 * A version of a file.
 *
 * @param content its bytes
 * @param modified when it was made
 */
record Version(Content content, Instant modified) {
}
