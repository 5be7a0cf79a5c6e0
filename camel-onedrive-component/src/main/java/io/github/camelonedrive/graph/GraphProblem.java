package io.github.camelonedrive.graph;

import java.util.Set;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.Remedy;

/**
 * What an error answer means, and what to tell the person ({@code graph-contract.md} §3.4, §5). Chosen by status and by the
 * codes, never by message texts (statement 67). The first row that fits holds.
 */
public enum GraphProblem {

    PATH_TOO_LONG(FailureKind.SOURCE, false, Set.of(), Set.of("pathIsTooLong", "parameterIsTooLong"),
            "Shorten the name or the folder path; OneDrive allows 400 characters in all."),
    INFECTED(FailureKind.SOURCE, false, Set.of(), Set.of("malwareDetected", "virusSuspicious"),
            "OneDrive takes the file for infected. Check it, or encrypt it before the upload."),
    TOO_LARGE(FailureKind.SOURCE, false, Set.of(), Set.of("maxFileSizeExceeded"),
            "OneDrive takes files up to 250 GB. Split the file."),
    REQUEST_TOO_LARGE(FailureKind.CONFIGURATION, false, Set.of(413),
            Set.of("maxFragmentLengthExceeded", "maxStreamSizeExceeded"),
            "OneDrive takes no request that large. Lower simpleUploadLimit and chunkSize."),
    QUOTA(FailureKind.SERVICE, false, Set.of(507), Set.of("quotaLimitReached"),
            "The drive is full. Free space there, empty its recycle bin or get more storage."),
    THROTTLED(FailureKind.SERVICE, true, Set.of(429, 509),
            Set.of("activityLimitReached", "TooManyRequests", "throttledRequest"),
            "OneDrive asks us to slow down. Lower maxConcurrentUploads if this happens often."),
    NAME_CONFLICT(FailureKind.SOURCE, false, Set.of(), Set.of("nameAlreadyExists", "upload_name_conflict"),
            "A file of that name is there already. Rename one of them, or set conflictBehavior to replace or rename."),
    PRECONDITION(FailureKind.SERVICE, false, Set.of(412), Set.of("entityTagDoesNotMatch"),
            "The item changed in OneDrive meanwhile. Look at it and try again."),
    MODIFIED(FailureKind.SERVICE, true, Set.of(409), Set.of("resourceModified"),
            "The item changed in OneDrive meanwhile. Try again."),
    LOCKED(FailureKind.SERVICE, true, Set.of(423), Set.of("resourceLocked"),
            "Somebody has the file open or checked out in OneDrive. Close it there."),
    RANGE(FailureKind.SERVICE, true, Set.of(416),
            Set.of("invalidRange", "fragmentOverlap", "fragmentOutOfOrder", "uploadSessionIncomplete"),
            "The upload goes on where OneDrive says it stands."),
    NOT_FOUND(FailureKind.SERVICE, false, Set.of(404, 410),
            Set.of("itemNotFound", "uploadSessionNotFound", "uploadSessionFailed"),
            "Check the path and that the account may see it."),
    UNAUTHENTICATED(FailureKind.SIGN_IN, false, Set.of(401), Set.of("unauthenticated", "InvalidAuthenticationToken"),
            AccessRemedy.TOKEN_REFUSED.explanation().inFull("")),
    ACCESS_DENIED(FailureKind.SERVICE, false, Set.of(403), Set.of("accessDenied"),
            AccessRemedy.MISSING_PERMISSION.explanation().inFull("")),
    NOT_IMPLEMENTED(FailureKind.SERVICE, false, Set.of(501), Set.of(),
            "What answers can't do this. Check that the Graph endpoint is right and that no proxy answers in its place."),
    REFUSED_BY_PROXY(FailureKind.SERVICE, true, Set.of(), Set.of(),
            "A proxy before OneDrive takes no request that large. Raise its limit, or lower simpleUploadLimit and chunkSize."),
    UNAVAILABLE(FailureKind.SERVICE, true, Set.of(408, 500, 502, 503, 504),
            Set.of("serviceNotAvailable", "generalException", "UnknownError"),
            "OneDrive has trouble of its own. Try again later."),
    INVALID_REQUEST(FailureKind.SERVICE, false, Set.of(), Set.of(),
            "Check the folder and file name. If they are fine, this is a fault in camel-onedrive: please report it with the "
                    + "request id.");

    private final FailureKind kind;
    private final boolean passing;
    private final Set<Integer> statuses;
    private final Set<String> codes;
    private final Remedy remedy;

    GraphProblem(FailureKind kind, boolean passing, Set<Integer> statuses, Set<String> codes, String remedy) {
        this(kind, passing, statuses, codes, Remedy.of(remedy));
    }

    GraphProblem(FailureKind kind, boolean passing, Set<Integer> statuses, Set<String> codes, Remedy remedy) {
        this.kind = kind;
        this.passing = passing;
        this.statuses = statuses;
        this.codes = codes;
        this.remedy = remedy;
    }

    /** The meaning of an error answer: of the rows that its status or one of its codes fits, the first. */
    public static GraphProblem of(int status, String code, String innermostCode) {
        if (status == 413 && code.isEmpty()) {
            // Graph's own refusal has a code; one without is a proxy's.
            return REFUSED_BY_PROXY;
        }
        for (GraphProblem problem : values()) {
            boolean named = problem.codes.contains(innermostCode) || problem.codes.contains(code);
            if (problem.statuses.contains(status) || named && !isOutage(status)) {
                return problem;
            }
        }
        return isOutage(status) ? UNAVAILABLE : INVALID_REQUEST;
    }

    /**
     * A 5xx is trouble of the service whatever code came with it. Quota and bandwidth have statuses of their own, and 501 is
     * for good (RFC 9110 §15.6.2), which its row says.
     */
    private static boolean isOutage(int status) {
        return status >= 500 && status != 507 && status != 509;
    }

    /** Whose fault it is. */
    public FailureKind kind() {
        return kind;
    }

    /** Whether the same request may well succeed in a while. */
    public boolean isPassing() {
        return passing;
    }

    /** What to do. */
    public Remedy remedy() {
        return remedy;
    }
}
