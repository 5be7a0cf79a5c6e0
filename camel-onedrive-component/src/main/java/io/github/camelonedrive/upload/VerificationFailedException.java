package io.github.camelonedrive.upload;

import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;

/** The item in OneDrive is not what was read, is elsewhere, or could not be compared. It is kept; nothing was deleted. */
public final class VerificationFailedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final transient DriveItem item;
    private final boolean mismatch;
    private final transient Optional<String> versionBefore;

    private VerificationFailedException(
            FailureKind kind, String problem, String remedy, DriveItem item, boolean mismatch, Optional<String> versionBefore,
            Throwable cause) {
        super(kind, problem, remedy, cause);
        this.item = item;
        this.mismatch = mismatch;
        this.versionBefore = versionBefore;
    }

    static VerificationFailedException mismatch(String problem, DriveItem item, ItemHistory.Previous before) {
        return new VerificationFailedException(FailureKind.SERVICE, problem, "Upload it again. " + before.howToRestore(), item,
                true, before.id(), null);
    }

    static VerificationFailedException elsewhere(UploadRequest request, DriveItem item) {
        return new VerificationFailedException(FailureKind.SERVICE,
                request.purpose() + " went elsewhere: the folder '" + request.target().parent()
                        + "' was renamed, moved or replaced in OneDrive. The item (id " + item.id() + ") is "
                        + item.path().map(path -> "'" + path + "' now").orElse("in the folder that was meant before")
                        + " and was kept.",
                "Try again when nobody renames the folder.", item, false, Optional.empty(), null);
    }

    static VerificationFailedException unproven(UploadRequest request, DriveItem item, OneDriveException cause) {
        FailureKind kind = cause.kind() == FailureKind.SIGN_IN ? FailureKind.SIGN_IN : FailureKind.SERVICE;
        return new VerificationFailedException(kind,
                request.purpose() + " is not proven: the item (id " + item.id() + ") is there but could not be compared. "
                                               + cause.problem(),
                "The item was kept. Try again later.", item, false, Optional.empty(), cause);
    }

    /** Whether the item is known to be different; else it could not be compared. */
    public boolean isMismatch() {
        return mismatch;
    }

    /** Returns the id of the version that a mismatching upload replaced; empty if there is none, or OneDrive did not say. */
    public Optional<String> versionBefore() {
        return versionBefore == null ? Optional.empty() : versionBefore;
    }

    /** What stands in OneDrive now. */
    public DriveItem item() {
        return item;
    }
}
