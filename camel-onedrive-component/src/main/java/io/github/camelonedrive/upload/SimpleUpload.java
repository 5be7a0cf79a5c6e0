package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.graph.Uploads;
import io.github.camelonedrive.transport.TimeSource;

/** Content that goes by one PUT ({@code graph-contract.md} §2). The service takes it whole or not at all. */
final class SimpleUpload {

    private final Folders folders;
    private final Uploads uploads;
    private final TimeSource time;

    SimpleUpload(Folders folders, Uploads uploads, TimeSource time) {
        this.folders = folders;
        this.uploads = uploads;
        this.time = time;
    }

    DriveItem run(UploadContext upload) throws IOException, InterruptedException {
        ItemPath target = upload.request().target();
        boolean inDoubt = false;
        while (true) {
            String folderId = folders.ensure(target.parent());
            announce(upload, folderId);
            try {
                return put(upload, folderId);
            } catch (GraphException.NotFound folderGone) {
                folders.forget(target.parent());
                upload.patience().pauseOrFailAnyway(folderGone);
            } catch (OneDriveException failure) {
                inDoubt = inDoubt || isDoubtful(failure);
                if (Patience.isPassing(failure)) {
                    upload.pauseOrFail(failure);
                }
                Optional<DriveItem> committed = inDoubt ? upload.probe().find(upload.content()) : Optional.empty();
                if (committed.isPresent()) {
                    return committed.get();
                }
                if (!Patience.isPassing(failure)) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Sending a file once more replaces it by itself; but it would make a copy under {@code rename}, and meet its own earlier
     * success under {@code fail}, so whoever comes after a crash must know that it may be there.
     */
    private void announce(UploadContext upload, String folderId) {
        if (upload.options().conflictBehavior() != ConflictBehavior.replace) {
            upload.journal().opening(folderId, upload.probe().thereBefore(), time.now());
            upload.reached(UploadStep.INTENT_RECORDED);
        }
    }

    private DriveItem put(UploadContext upload, String folderId) throws IOException, InterruptedException {
        HashedContent content = upload.content();
        if (content.size() == 0) {
            content.checkUnchanged();
        }
        upload.reached(UploadStep.SENDING_STARTED);
        return uploads.put(folderId, upload.request().target().name(), upload.options().conflictBehavior(),
                content.entity(0, content.size(), upload), upload.purpose());
    }

    /** After such a failure the content may be there; sending it again would make a second version, or a copy. */
    private static boolean isDoubtful(OneDriveException failure) {
        return Patience.isPassing(failure) && !(failure instanceof GraphException.Throttled);
    }
}
