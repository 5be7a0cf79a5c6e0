package io.github.camelonedrive.download;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** What came is not the item, or nobody can tell. */
public final class DownloadVerificationException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final boolean mismatch;

    private DownloadVerificationException(String problem, String remedy, boolean mismatch) {
        super(FailureKind.SERVICE, problem, remedy, null);
        this.mismatch = mismatch;
    }

    static DownloadVerificationException mismatch(DownloadRequest request, String what, String here, String there) {
        return new DownloadVerificationException(request.purpose() + " is not proven: the item's " + what + " is " + there
                + ", but what came has " + here + ".",
                "Download it again. If it stays so, the item is damaged in OneDrive: look at its version history there.", true);
    }

    static DownloadVerificationException noHash(DownloadRequest request) {
        return new DownloadVerificationException(request.purpose() + " is not proven: OneDrive gave no hash of the item within "
                + request.options().verifyTimeout().toSeconds() + " s.",
                "Try again later, or compare sizes only, with verify=size.", false);
    }

    static DownloadVerificationException noSize(DownloadRequest request) {
        return new DownloadVerificationException(request.purpose() + " is not proven: OneDrive does not tell the item's size.",
                "Try again later, or take what comes, with verify=none.", false);
    }

    /** Whether what came is known to differ; else it could not be compared. */
    public boolean isMismatch() {
        return mismatch;
    }
}
