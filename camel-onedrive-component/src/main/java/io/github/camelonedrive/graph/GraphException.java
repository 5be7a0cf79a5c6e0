package io.github.camelonedrive.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.Remedy;
import io.github.camelonedrive.transport.ClockSkew;

/**
 * Graph, or the host of an upload URL, answered with an error. The nested types are what callers tell apart
 * ({@code graph-contract.md} statements 66 and 70).
 */
public class GraphException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final GraphProblem graphProblem;
    private final int status;
    private final String code;
    private final String innermostCode;
    private final String requestId;
    private final transient Optional<Duration> retryAfter;

    private GraphException(GraphProblem graphProblem, String purpose, GraphAnswer answer, GraphError error) {
        this(graphProblem, describe(purpose, answer, error), remedy(graphProblem, answer, error), answer, error);
    }

    private GraphException(GraphProblem graphProblem, String problem, Remedy remedy, GraphAnswer answer, GraphError error) {
        super(graphProblem.kind(), problem, remedy, null);
        this.graphProblem = graphProblem;
        this.status = answer.status();
        this.code = error.code();
        this.innermostCode = error.innermostCode();
        this.requestId = requestId(answer, error);
        this.retryAfter = answer.retryAfter();
    }

    /** The same failure under another type, for those who have to add to it: message, cause, data and stack trace are kept. */
    protected GraphException(GraphException answered) {
        super(answered.kind(), answered.problem(), answered.whatToDo(), answered.getCause());
        this.graphProblem = answered.graphProblem;
        this.status = answered.status;
        this.code = answered.code;
        this.innermostCode = answered.innermostCode;
        this.requestId = answered.requestId;
        this.retryAfter = answered.retryAfter;
        setStackTrace(answered.getStackTrace());
        for (Throwable suppressed : answered.getSuppressed()) {
            addSuppressed(suppressed);
        }
    }

    /**
     * @param purpose what was being done, as the start of a sentence: "Creating the folder '/Backups' in 'offsite'"
     */
    static GraphException of(String purpose, GraphAnswer answer) {
        GraphError error = GraphError.of(answer.body());
        GraphProblem problem = GraphProblem.of(answer.status(), error.code(), error.innermostCode());
        return switch (problem) {
            case THROTTLED -> new Throttled(problem, purpose, answer, error);
            case UNAVAILABLE -> new Unavailable(problem, purpose, answer, error);
            case NOT_FOUND -> new NotFound(problem, purpose, answer, error);
            case NAME_CONFLICT -> new NameConflict(problem, purpose, answer, error);
            case MODIFIED -> new Modified(problem, purpose, answer, error);
            case PRECONDITION -> new PreconditionFailed(problem, purpose, answer, error);
            case LOCKED -> new Locked(problem, purpose, answer, error);
            case RANGE -> new RangeRefused(problem, purpose, answer, error);
            case QUOTA -> new QuotaExceeded(problem, purpose, answer, error);
            case UNAUTHENTICATED -> new Unauthenticated(problem, purpose, answer, error);
            case ACCESS_DENIED -> new AccessDenied(problem, purpose, answer, error);
            case PATH_TOO_LONG, INFECTED, TOO_LARGE -> new ContentRefused(problem, purpose, answer, error);
            case REQUEST_TOO_LARGE, REFUSED_BY_PROXY, NOT_IMPLEMENTED, INVALID_REQUEST -> new GraphException(problem, purpose, answer, error);
        };
    }

    /**
     * As {@link #of(String, GraphAnswer)}; with a token that is not accepted, a clock that is off is said too.
     *
     * @param now our time when the answer came
     */
    static GraphException of(String purpose, GraphAnswer answer, Instant now) {
        Optional<ClockSkew> skew = answer.status() == 401
                ? ClockSkew.between(answer.header("date").orElse(null), now) : Optional.empty();
        GraphError error = GraphError.of(answer.body());
        return skew.<GraphException>map(known -> new Unauthenticated(purpose, answer, error, known))
                .orElseGet(() -> of(purpose, answer));
    }

    private static Remedy remedy(GraphProblem problem, GraphAnswer answer, GraphError error) {
        return switch (problem) {
            case UNAUTHENTICATED, ACCESS_DENIED, NOT_FOUND, INVALID_REQUEST ->
                AccessRemedy.of(answer.status(), error.code(), error.innermostCode())
                        .map(access -> access.explanation().inFull("")).orElse(problem.remedy());
            default -> problem.remedy();
        };
    }

    private static String describe(String purpose, GraphAnswer answer, GraphError error) {
        StringBuilder text = new StringBuilder(purpose).append(" failed: OneDrive answered ").append(answer.status());
        if (!error.code().isEmpty()) {
            text.append(' ').append(error.code());
        }
        if (!error.innermostCode().equals(error.code())) {
            text.append('/').append(error.innermostCode());
        }
        if (!error.message().isEmpty()) {
            text.append(" \"").append(error.message()).append('"');
        }
        String requestId = requestId(answer, error);
        return text.append(requestId.isEmpty() ? "" : " (request id " + requestId + ")").append('.').toString();
    }

    private static String requestId(GraphAnswer answer, GraphError error) {
        return answer.header("request-id").or(() -> answer.header("SPRequestGuid")).or(error::requestId).orElse("");
    }

    /** What the answer means. */
    public GraphProblem graphProblem() {
        return graphProblem;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    @Override
    public OptionalInt httpStatus() {
        return OptionalInt.of(status);
    }

    /** The top error code; empty when the answer had none. */
    public String code() {
        return code;
    }

    /** The most specific error code; empty when the answer had none. */
    public String innermostCode() {
        return innermostCode;
    }

    /** Microsoft's id of the request, for its support; empty when the answer had none. */
    public String requestId() {
        return requestId;
    }

    /** How long the server asked us to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }

    /** 429 and 509: too many requests, or too many bytes. */
    public static class Throttled extends GraphException {
        private static final long serialVersionUID = 1L;

        protected Throttled(GraphException answered) {
            super(answered);
        }

        Throttled(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 5xx: trouble of the service. */
    public static class Unavailable extends GraphException {
        private static final long serialVersionUID = 1L;

        protected Unavailable(GraphException answered) {
            super(answered);
        }

        Unavailable(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 404 and 410: no such item or upload session. */
    public static class NotFound extends GraphException {
        private static final long serialVersionUID = 1L;

        protected NotFound(GraphException answered) {
            super(answered);
        }

        NotFound(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 409: the name is taken, or, on business drives, another upload session for it is open. */
    public static class NameConflict extends GraphException {
        private static final long serialVersionUID = 1L;

        protected NameConflict(GraphException answered) {
            super(answered);
        }

        NameConflict(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 409 of another kind: the item changed meanwhile. */
    public static class Modified extends GraphException {
        private static final long serialVersionUID = 1L;

        protected Modified(GraphException answered) {
            super(answered);
        }

        Modified(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 412: an If-Match did not hold. */
    public static class PreconditionFailed extends GraphException {
        private static final long serialVersionUID = 1L;

        protected PreconditionFailed(GraphException answered) {
            super(answered);
        }

        PreconditionFailed(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 423: somebody has the file open or checked out. */
    public static class Locked extends GraphException {
        private static final long serialVersionUID = 1L;

        protected Locked(GraphException answered) {
            super(answered);
        }

        Locked(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 416: the session stands elsewhere than we thought. */
    public static class RangeRefused extends GraphException {
        private static final long serialVersionUID = 1L;

        protected RangeRefused(GraphException answered) {
            super(answered);
        }

        RangeRefused(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 507: the drive is full. */
    public static class QuotaExceeded extends GraphException {
        private static final long serialVersionUID = 1L;

        protected QuotaExceeded(GraphException answered) {
            super(answered);
        }

        QuotaExceeded(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 401: Graph does not accept the token, or an upload URL has expired. */
    public static class Unauthenticated extends GraphException {
        private static final long serialVersionUID = 1L;

        protected Unauthenticated(GraphException answered) {
            super(answered);
        }

        Unauthenticated(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }

        private Unauthenticated(String purpose, GraphAnswer answer, GraphError error, ClockSkew skew) {
            super(GraphProblem.UNAUTHENTICATED, describe(purpose, answer, error) + " " + skew.problem(),
                    GraphException.remedy(GraphProblem.UNAUTHENTICATED, answer, error).after(skew.remedy()), answer, error);
        }
    }

    /** 403: a permission is missing, or an upload URL has expired. */
    public static class AccessDenied extends GraphException {
        private static final long serialVersionUID = 1L;

        protected AccessDenied(GraphException answered) {
            super(answered);
        }

        AccessDenied(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** The content or its path is refused for good: too long, too large, infected. */
    public static class ContentRefused extends GraphException {
        private static final long serialVersionUID = 1L;

        protected ContentRefused(GraphException answered) {
            super(answered);
        }

        ContentRefused(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }
}
