package io.github.camelonedrive.download;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** Somebody changed the item while it was downloaded, so that what came is partly old and partly new. */
public final class ItemChangedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    ItemChangedException(DownloadRequest request) {
        super(FailureKind.UNSETTLED, request.purpose() + " failed: the item changed in OneDrive meanwhile.",
                "Download it again.", null);
    }
}
