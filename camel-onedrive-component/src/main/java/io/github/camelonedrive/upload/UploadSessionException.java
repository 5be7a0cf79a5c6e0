package io.github.camelonedrive.upload;

import java.time.Instant;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** An upload session did not lead to an item: lost again and again, held by another upload, or contradicting itself. */
public final class UploadSessionException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private UploadSessionException(String problem, String remedy, OneDriveException cause) {
        super(FailureKind.SERVICE, problem, remedy, cause);
    }

    static UploadSessionException lost(String purpose, int sessions, OneDriveException cause) {
        return new UploadSessionException(purpose + " failed: OneDrive gave up the upload session " + sessions + " times. "
                + cause.problem(), "Try again later; if it happens with large files only, the line may be too slow for the 24 "
                        + "hours that a session lives.", cause);
    }

    static UploadSessionException busy(String purpose, OneDriveException cause) {
        return new UploadSessionException(purpose + " failed: another upload session for this name is open, or was broken off "
                + "and is still held. " + cause.problem(),
                "It is over when that session ends, which takes 15 minutes on work accounts. Try again then.", cause);
    }

    static UploadSessionException besideAnother(String purpose, OneDriveException cause) {
        return new UploadSessionException(purpose + " failed: another program, or another upload of this one, is uploading to "
                + "the same name just now from this machine. " + cause.problem(),
                "Wait until it has finished. If it uploads the same file, there is nothing else to do.", cause);
    }

    static UploadSessionException lostButOpen(String purpose, Instant since, OneDriveException cause) {
        return new UploadSessionException(purpose + " has to wait: a session that was opened at " + ClockText.of(since)
                + ", and whose address was lost, still holds the name.",
                "It ends by itself, 15 minutes after it was opened.", cause);
    }

    static UploadSessionException aheadOfUs(String purpose, long sent, long expected) {
        return new UploadSessionException(purpose + " failed: OneDrive expects byte " + expected + " next, but only " + sent
                + " were sent.", "Try again; another program may be sending to the same upload session.", null);
    }

    static UploadSessionException standsStill(String purpose, long offset) {
        return new UploadSessionException(purpose + " failed: OneDrive takes the bytes from " + offset
                + " on but keeps none of them.", "Try again later.", null);
    }

    static UploadSessionException notCommitted(String purpose) {
        return new UploadSessionException(purpose + " failed: OneDrive asks for no more bytes but made no item of them.",
                "Try again later.", null);
    }
}
