package io.github.camelonedrive.download;

import io.github.camelonedrive.graph.ByteRange;
import io.github.camelonedrive.graph.DriveItem;

/**
 * What is downloaded.
 *
 * @param destination what people call the place, for messages and events
 * @param path        what people call the item, for messages and events
 * @param item        as it was looked up; its size and hash are what the content has to have
 * @param range       which bytes of it
 */
public record DownloadRequest(String destination, String path, DriveItem item, ByteRange range, DownloadOptions options) {

    /** The start of a sentence about it. */
    String purpose() {
        return "Downloading '" + path + "' from '" + destination + "'";
    }

    /** How many bytes come; negative when that is not known before the first answer. */
    long length() {
        long size = item.size();
        return size == DriveItem.UNKNOWN_SIZE ? size : Math.max(0, range.end(size) - range.start(size));
    }
}
