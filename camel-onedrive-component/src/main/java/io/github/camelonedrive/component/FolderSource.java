package io.github.camelonedrive.component;

import io.github.camelonedrive.graph.DeltaFeed;
import io.github.camelonedrive.graph.GuardedItems;

/**
 * What a consumer reads from a drive with.
 *
 * @param feed     the drive's changes
 * @param guarded  for changes to items that must not hit a newer version
 * @param identity tells the drive, and the endpoint that it is reached by, from others
 */
record FolderSource(DeltaFeed feed, GuardedItems guarded, String identity) {
}
