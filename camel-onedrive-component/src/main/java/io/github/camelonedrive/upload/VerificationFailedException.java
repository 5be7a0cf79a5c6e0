package io.github.camelonedrive.upload;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;

/** The item in OneDrive is not what was read, or could not be compared. It is kept; nothing was deleted. */
public final class VerificationFailedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final transient DriveItem item;
    private final boolean mismatch;

    private VerificationFailedException(
            FailureKind kind, String problem, String remedy, DriveItem item, boolean mismatch, Throwable cause) {
        super(kind, problem, remedy, cause);
        this.item = item;
        this.mismatch = mismatch;
    }

    static VerificationFailedException mismatch(UploadRequest request, DriveItem item, String what, String here, String there) {
        return new VerificationFailedException(FailureKind.SERVICE,
                request.purpose() + " is not proven: the item's " + what + " is " + there + ", but what was read has " + here
                                               + ". The item (id " + item.id() + ") was kept.",
                "Upload it again. The content it had before, if any, is under Version history in OneDrive and can be restored "
                                                                               + "there.",
                item, true, null);
    }

    static VerificationFailedException unproven(UploadRequest request, DriveItem item, OneDriveException cause) {
        FailureKind kind = cause.kind() == FailureKind.SIGN_IN ? FailureKind.SIGN_IN : FailureKind.SERVICE;
        return new VerificationFailedException(kind,
                request.purpose() + " is not proven: the item (id " + item.id() + ") is there but could not be compared. "
                                               + cause.problem(),
                "The item was kept. Try again later.", item, false, cause);
    }

    /** Whether the item is known to be different; else it could not be compared. */
    public boolean isMismatch() {
        return mismatch;
    }

    /** What stands in OneDrive now. */
    public DriveItem item() {
        return item;
    }
}
