package io.github.camelonedrive.upload;

import java.util.Optional;

import io.github.camelonedrive.graph.DriveItem;

/**
 * An item that holds what was sent.
 *
 * @param folderId of the folder it was sent to; empty if the item was found by its path, and so is where it belongs
 */
record Committed(DriveItem item, Optional<String> folderId) {
}
