package io.github.camelonedrive.download;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.Downloads;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.transport.TimeSource;

/** One download under way: what is asked for, whom it is asked, and who is told about it. Belongs to one thread at a time. */
record DownloadContext(
        long id,
        DownloadRequest request,
        DriveItems items,
        Downloads downloads,
        Patience patience,
        TimeSource time,
        DownloadListener listener) {

    String purpose() {
        return request.purpose();
    }

    DriveItem item() {
        return request.item();
    }

    void tell(DownloadEvent event) {
        listener.on(event);
    }

    /** @throws ItemChangedException when the item's content is not what it was when it was looked up */
    void requireUnchanged() throws OneDriveException, InterruptedException {
        if (!isSameContent(item(), items.get(item().id()))) {
            throw new ItemChangedException(request);
        }
    }

    /** By size and hash, so that a new name or a new share changes nothing; without a hash, by eTag. */
    private static boolean isSameContent(DriveItem before, DriveItem now) {
        if (before.size() != DriveItem.UNKNOWN_SIZE && now.size() != DriveItem.UNKNOWN_SIZE && before.size() != now.size()) {
            return false;
        }
        if (before.quickXorHash().isPresent() && now.quickXorHash().isPresent()) {
            return before.quickXorHash().equals(now.quickXorHash());
        }
        return before.eTag().isEmpty() || now.eTag().isEmpty() || before.eTag().equals(now.eTag());
    }
}
