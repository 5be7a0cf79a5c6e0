package io.github.camelonedrive.upload;

import io.github.camelonedrive.graph.ItemPath;

/**
 * What goes where.
 *
 * @param destination what people call the place, for messages and events
 * @param target      folder and name in the drive
 * @param lastAttempt whether nobody will try again after a failure, so that nothing needs to be kept for that
 */
public record UploadRequest(String destination, ItemPath target, UploadOptions options, boolean lastAttempt) {

    /** The start of a sentence about it. */
    String purpose() {
        return "Uploading '" + target + "' to '" + destination + "'";
    }
}
