package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.graph.Uploads;
import io.github.camelonedrive.transport.TimeSource;

/** Content that goes by one PUT. The service takes it whole or not at all. */
final class SimpleUpload {

    private final Folders folders;
    private final Uploads uploads;
    private final DriveItems items;
    private final TimeSource time;

    SimpleUpload(Folders folders, Uploads uploads, DriveItems items, TimeSource time) {
        this.folders = folders;
        this.uploads = uploads;
        this.items = items;
        this.time = time;
    }

    Committed run(UploadContext upload) throws IOException, InterruptedException {
        ItemPath target = upload.request().target();
        boolean inDoubt = false;
        while (true) {
            String folderId = folders.ensure(target.parent());
            announce(upload, folderId);
            try {
                return new Committed(put(upload, folderId), Optional.of(folderId));
            } catch (GraphException.NotFound folderGone) {
                folders.forget(target.parent());
                upload.patience().pauseOrFailAnyway(folderGone);
            } catch (GraphException.NameConflict taken) {
                Optional<DriveItem> committed = inDoubt ? upload.probe().find(upload.content()) : Optional.empty();
                if (committed.isPresent()) {
                    return new Committed(committed.get(), Optional.empty());
                }
                waitUnlessTaken(upload, taken);
            } catch (OneDriveException failure) {
                inDoubt = inDoubt || isDoubtful(failure);
                if (Patience.isPassing(failure)) {
                    upload.pauseOrFail(failure);
                }
                Optional<DriveItem> committed = inDoubt ? upload.probe().find(upload.content()) : Optional.empty();
                if (committed.isPresent()) {
                    return new Committed(committed.get(), Optional.empty());
                }
                if (!Patience.isPassing(failure)) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Only under {@code fail} can a name be taken. Else another upload to it is in progress, or its session was broken off and
     * is still open: that passes.
     */
    private void waitUnlessTaken(UploadContext upload, GraphException.NameConflict taken)
            throws OneDriveException, InterruptedException {
        boolean fails = upload.options().conflictBehavior() == ConflictBehavior.fail;
        if (fails && items.find(upload.request().target()).isPresent()) {
            throw taken;
        }
        try {
            upload.patience().pauseOrFailAnyway(taken);
        } catch (GraphException.NameConflict stillTaken) {
            throw UploadSessionException.busy(upload.purpose(), stillTaken);
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
