package io.github.camelonedrive.download;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;

/** The item has none of the bytes that were asked for (RFC 9110 §15.5.17). */
public final class RangeNotSatisfiableException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    RangeNotSatisfiableException(DownloadRequest request) {
        super(FailureKind.CONFIGURATION, request.purpose() + " failed: the item"
                + (request.item().size() == DriveItem.UNKNOWN_SIZE ? "" : " has " + request.item().size() + " bytes, and so")
                + " has nothing at " + request.range() + ".",
                "Ask for bytes that it has, or for all of it.", null);
    }
}
