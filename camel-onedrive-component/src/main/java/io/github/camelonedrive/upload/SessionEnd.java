package io.github.camelonedrive.upload;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.graph.ThrottledTooLongException;
import io.github.camelonedrive.graph.Uploads;

/**
 * Ends the session of an upload, or leaves it to the next attempt. No session stays open for which nobody will come
 * (statement 55; DESIGN §3, "sessions at the end of work").
 */
final class SessionEnd {

    private final Uploads uploads;

    SessionEnd(Uploads uploads) {
        this.uploads = uploads;
    }

    /** Ends the session that is on record, if there is one, as patiently as any other step. */
    void end(UploadContext upload) throws OneDriveException, InterruptedException {
        while (upload.journal().trace().uploadUrl().isPresent()) {
            try {
                cancel(upload);
            } catch (OneDriveException failure) {
                if (!Patience.isPassing(failure)) {
                    upload.journal().ended();
                    return;
                }
                upload.pauseOrFail(failure);
            }
        }
    }

    /**
     * What an upload that fails does with its session. Not being able to end it must not hide why it had to be; it stays on
     * record then.
     */
    void afterFailure(UploadContext upload, Exception reason) {
        if (upload.journal().trace().uploadUrl().isEmpty() || isContinued(upload, reason)) {
            return;
        }
        boolean interrupted = reason instanceof InterruptedException || Thread.interrupted();
        try {
            interrupted |= cancelAlthoughInterrupted(upload);
        } catch (OneDriveException | RuntimeException e) {
            reason.addSuppressed(e);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted && !(reason instanceof InterruptedException)) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether an interrupt came. It is no reason to leave the session open; a second one is. */
    private boolean cancelAlthoughInterrupted(UploadContext upload) throws OneDriveException, InterruptedException {
        try {
            cancel(upload);
            return false;
        } catch (InterruptedException once) {
            cancel(upload);
            return true;
        }
    }

    private void cancel(UploadContext upload) throws OneDriveException, InterruptedException {
        uploads.cancel(uploads.reopen(upload.journal().trace().uploadUrl().orElseThrow()), upload.purpose());
        upload.journal().ended();
    }

    /** Whether the next attempt, of this process or, after a stop, of another, will go on with the session. */
    private static boolean isContinued(UploadContext upload, Exception reason) {
        return isStop(reason) ? upload.journal().isDurable()
                : upload.journal().outlivesAttempt() && !upload.request().lastAttempt() && isWorthAnother(reason);
    }

    private static boolean isStop(Exception reason) {
        boolean interruptedIo = reason instanceof InterruptedIOException && !(reason instanceof SocketTimeoutException);
        return reason instanceof InterruptedException || interruptedIo || reason instanceof ClosedByInterruptException
                || Thread.currentThread().isInterrupted();
    }

    private static boolean isWorthAnother(Exception reason) {
        return reason instanceof SourceUnreadableException || reason instanceof ThrottledTooLongException
                || reason instanceof OneDriveException failure
                && (Patience.isPassing(failure) || failure.kind() == FailureKind.SIGN_IN);
    }
}
