package io.github.camelonedrive.feed;

import java.time.Instant;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.ItemPath;

/**
 * A version of a file that waits to be processed.
 *
 * @param change   the file as it was last seen
 * @param path     below the feed's folder
 * @param seen     when this version was seen first, by our clock
 * @param failures how often it was given back by {@link FolderFeed#failed}, since this process began
 */
public record FeedFile(ItemChange change, ItemPath path, Instant seen, int failures) {

    public DriveItem item() {
        return change.item();
    }

    public String id() {
        return change.item().id();
    }

    /** Returns one text for all spellings of its id, by which something can be remembered. */
    public String key() {
        return itemId().key();
    }

    ItemId itemId() {
        return ItemId.of(id());
    }

    /** Tells this version of the file's content from others. */
    public String version() {
        return ContentVersion.of(change).text();
    }

    /** Whether another look at the file found the same content. */
    public boolean hasSameContentAs(ItemChange other) {
        return ContentVersion.of(change).isSameContent(ContentVersion.of(other));
    }
}
