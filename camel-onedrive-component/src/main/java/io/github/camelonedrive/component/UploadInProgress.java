package io.github.camelonedrive.component;

import java.time.Instant;
import java.util.Optional;

/**
 * An upload under way, as people and monitoring see it. Holds no secrets.
 *
 * @param handle       unique in the process; by it the upload can be cancelled
 * @param destination  the endpoint's
 * @param target       path of the file in the drive
 * @param size         bytes of the content
 * @param offset       bytes handed to the connection so far, from 0 to the size
 * @param mode         {@code simple} (one PUT) or {@code session}
 * @param since        when this attempt began
 * @param waitingUntil until when nothing is sent, because the service wants it so or something is tried again; empty while
 *                     bytes flow
 */
public record UploadInProgress(
        long handle,
        String destination,
        String target,
        long size,
        long offset,
        String mode,
        Instant since,
        Optional<Instant> waitingUntil) {
}
