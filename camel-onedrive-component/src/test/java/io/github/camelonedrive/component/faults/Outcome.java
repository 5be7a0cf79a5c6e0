package io.github.camelonedrive.component.faults;

import java.util.Set;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.auth.LoginUnavailableException;
import io.github.camelonedrive.graph.ConnectionFailedException;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ThrottledTooLongException;
import io.github.camelonedrive.graph.UnexpectedAnswerException;
import io.github.camelonedrive.upload.UploadSessionException;
import io.github.camelonedrive.upload.VerificationFailedException;

/** What the contract demands of an upload that meets a fault: the words in the cells of the fault table. */
enum Outcome {

    OK("uploaded and proven"),
    NEW("uploaded and proven, in a new session"),
    WAITED("uploaded and proven, once the session that was opened unnoticed has expired"),

    INVALID(GraphException.class, FailureKind.SERVICE, "OneDrive refuses the request"),
    UNAUTH(GraphException.Unauthenticated.class, FailureKind.SIGN_IN, "OneDrive does not accept the token, a new one neither"),
    DENIED(GraphException.AccessDenied.class, FailureKind.SERVICE, "a permission is missing"),
    NOTFOUND(GraphException.NotFound.class, FailureKind.SERVICE, "the folder is gone, again and again"),
    MODIFIED(GraphException.Modified.class, FailureKind.SERVICE, "the item changes all the time"),
    PRECOND(GraphException.PreconditionFailed.class, FailureKind.SERVICE, "the item changed meanwhile"),
    REFUSED(GraphException.class, FailureKind.CONFIGURATION, "OneDrive takes no request that large"),
    RANGE(GraphException.RangeRefused.class, FailureKind.SERVICE, "OneDrive refuses the very bytes that it asks for"),
    LOCKED(GraphException.Locked.class, FailureKind.SERVICE, "somebody has the file open"),
    THROTTLED(GraphException.Throttled.class, FailureKind.SERVICE, "throttled all the time"),
    TOOLONG(ThrottledTooLongException.class, FailureKind.SERVICE, "OneDrive asks for a longer wait than maxThrottleWait"),
    OUTAGE(GraphException.Unavailable.class, FailureKind.SERVICE, "the service does not recover"),
    FULL(GraphException.QuotaExceeded.class, FailureKind.SERVICE, "the drive is full"),
    NOANSWER(ConnectionFailedException.class, FailureKind.SERVICE, "no answer, again and again"),
    NONSENSE(UnexpectedAnswerException.class, FailureKind.SERVICE, "answers that are none of OneDrive's, again and again"),
    LOST(UploadSessionException.class, FailureKind.SERVICE, "new upload sessions are lost as well"),
    BUSY(UploadSessionException.class, FailureKind.SERVICE, "another upload session for the name is open; it ends by itself"),
    STUCK(UploadSessionException.class, FailureKind.SERVICE, "OneDrive takes the bytes but keeps none"),
    UNFINISHED(UploadSessionException.class, FailureKind.SERVICE, "OneDrive wants no more bytes but makes no item of them"),
    NOLOGIN(LoginUnavailableException.class, FailureKind.SERVICE, "the sign-in service does not recover, or is none"),
    SIGNIN(AuthenticationException.class, FailureKind.SIGN_IN, "the sign-in is refused"),
    MISMATCH(VerificationFailedException.class, FailureKind.SERVICE, "the item is not what was sent; it is kept"),
    UNPROVEN(VerificationFailedException.class, FailureKind.SERVICE, "the item is there but could not be compared; it is kept");

    private static final Set<Outcome> AFTER_COMMIT = Set.of(OK, NEW, WAITED, MISMATCH, UNPROVEN);
    private static final Set<Outcome> WITH_STATUS = Set.of(INVALID, UNAUTH, DENIED, NOTFOUND, MODIFIED, PRECOND,
            REFUSED, RANGE, LOCKED, THROTTLED, TOOLONG, OUTAGE, FULL, LOST, BUSY);

    private final Class<? extends OneDriveException> type;
    private final FailureKind kind;
    private final String meaning;

    Outcome(String meaning) {
        this(null, null, meaning);
    }

    Outcome(Class<? extends OneDriveException> type, FailureKind kind, String meaning) {
        this.type = type;
        this.kind = kind;
        this.meaning = meaning;
    }

    boolean isUploaded() {
        return type == null;
    }

    /** Whether the new content stands in OneDrive afterwards. */
    boolean isCommitted() {
        return AFTER_COMMIT.contains(this);
    }

    /** Whether the failure, or its cause, tells status, code and request id of an answer of Graph's. */
    boolean tellsAnswer() {
        return WITH_STATUS.contains(this);
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
}
