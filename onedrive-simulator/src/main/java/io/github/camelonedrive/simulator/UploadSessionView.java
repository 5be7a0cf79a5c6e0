package io.github.camelonedrive.simulator;

import java.time.Instant;

/**
 * An open upload session, as it was when it was asked for.
 *
 * @param path where the file will be, from the drive's root
 * @param created when the session was created
 * @param expires when it ends if no further fragment comes
 * @param received bytes that the session holds
 * @param total the size of the whole file in bytes, or -1 before the first fragment
 * @param fragments how many fragments were accepted
 */
public record UploadSessionView(String path, Instant created, Instant expires, long received, long total, int fragments) {
}
