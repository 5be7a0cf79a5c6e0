package io.github.camelonedrive.download;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.GraphException;

/** The host that holds the content refuses the addresses that Graph has just given out for it, one after the other. */
public final class DownloadRefusedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    DownloadRefusedException(DownloadRequest request, GraphException refused) {
        super(FailureKind.SERVICE, request.purpose() + " failed: the download host refuses the address that OneDrive gave for "
                + "it. " + refused.problem(),
                "Check the clock, and that no proxy between here and OneDrive changes addresses. Else try again later.",
                refused);
    }
}
