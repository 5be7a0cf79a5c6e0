package io.github.camelonedrive.component.faults;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.download.DownloadRefusedException;
import io.github.camelonedrive.download.DownloadVerificationException;
import io.github.camelonedrive.download.ItemChangedException;
import io.github.camelonedrive.graph.ConnectionFailedException;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ThrottledTooLongException;
import io.github.camelonedrive.graph.UnexpectedAnswerException;

/** What is demanded of a download that meets a fault: the words in the cells of its fault table. */
enum DownloadOutcome {

    OK(null, null, "downloaded and proven"),
    INVALID(GraphException.class, FailureKind.SERVICE, "OneDrive refuses the request"),
    UNAUTH(GraphException.Unauthenticated.class, FailureKind.SIGN_IN, "OneDrive does not accept the token, a new one neither"),
    DENIED(GraphException.AccessDenied.class, FailureKind.SERVICE, "a permission is missing"),
    NOTFOUND(GraphException.NotFound.class, FailureKind.SERVICE, "there is no such item"),
    MODIFIED(GraphException.Modified.class, FailureKind.SERVICE, "the item changes all the time"),
    PRECOND(GraphException.PreconditionFailed.class, FailureKind.SERVICE, "the item changed meanwhile"),
    LOCKED(GraphException.Locked.class, FailureKind.SERVICE, "somebody has the file open"),
    THROTTLED(GraphException.Throttled.class, FailureKind.SERVICE, "throttled all the time"),
    TOOLONG(ThrottledTooLongException.class, FailureKind.SERVICE, "OneDrive asks for a longer wait than maxThrottleWait"),
    OUTAGE(GraphException.Unavailable.class, FailureKind.SERVICE, "the service does not recover"),
    FULL(GraphException.QuotaExceeded.class, FailureKind.SERVICE, "the drive is full"),
    NOANSWER(ConnectionFailedException.class, FailureKind.SERVICE, "no answer, again and again"),
    NONSENSE(UnexpectedAnswerException.class, FailureKind.SERVICE, "answers that are none of OneDrive's, again and again"),
    REFUSED(DownloadRefusedException.class, FailureKind.SERVICE, "new addresses of the content are refused as well"),
    CHANGED(ItemChangedException.class, FailureKind.UNSETTLED, "old and new content would be mixed"),
    MISMATCH(DownloadVerificationException.class, FailureKind.SERVICE, "what came is not the item");

    private final Class<? extends OneDriveException> type;
    private final FailureKind kind;
    private final String meaning;

    DownloadOutcome(Class<? extends OneDriveException> type, FailureKind kind, String meaning) {
        this.type = type;
        this.kind = kind;
        this.meaning = meaning;
    }

    Class<? extends OneDriveException> type() {
        return type;
    }

    FailureKind kind() {
        return kind;
    }

    String meaning() {
        return meaning;
    }

    /** Whether the failure, or its cause, tells status and request id of an answer. */
    boolean tellsAnswer() {
        return this != OK && type.getEnclosingClass() == GraphException.class || this == INVALID || this == REFUSED;
    }
}
