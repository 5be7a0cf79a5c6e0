package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.graph.Uploads;

/** Content that goes by one PUT ({@code graph-contract.md} §2). The service takes it whole or not at all. */
final class SimpleUpload {

    private final Folders folders;
    private final Uploads uploads;

    SimpleUpload(Folders folders, Uploads uploads) {
        this.folders = folders;
        this.uploads = uploads;
    }

    DriveItem run(UploadContext upload) throws IOException, InterruptedException {
        ItemPath target = upload.request().target();
        boolean inDoubt = false;
        while (true) {
            String folderId = folders.ensure(target.parent());
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

    private DriveItem put(UploadContext upload, String folderId) throws IOException, InterruptedException {
        HashedContent content = upload.content();
        if (content.size() == 0) {
            content.checkUnchanged();
        }
        return uploads.put(folderId, upload.request().target().name(), upload.options().conflictBehavior(),
                content.entity(0, content.size(), upload::sent), upload.purpose());
    }

    /** After such a failure the content may be there; sending it again would make a second version, or a copy. */
    private static boolean isDoubtful(OneDriveException failure) {
        return Patience.isPassing(failure) && !(failure instanceof GraphException.Throttled);
    }
}
