package io.github.camelonedrive.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.Remedy;
import io.github.camelonedrive.transport.ClockSkew;

/**
 * An error response of Graph, or of the host of an upload URL. The nested types are those that callers catch; for all others
 * {@link #graphProblem()} says what it is.
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
            case PATH_TOO_LONG, INFECTED, TOO_LARGE, REQUEST_TOO_LARGE, REFUSED_BY_PROXY, NOT_IMPLEMENTED, INVALID_REQUEST ->
                new GraphException(problem, purpose, answer, error);
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
    public static final class Throttled extends GraphException {
        private static final long serialVersionUID = 1L;

        Throttled(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 5xx: trouble of the service. */
    public static final class Unavailable extends GraphException {
        private static final long serialVersionUID = 1L;

        Unavailable(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 404 and 410: no such item or upload session. */
    public static final class NotFound extends GraphException {
        private static final long serialVersionUID = 1L;

        NotFound(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 409: the name is taken, or, on business drives, another upload session for it is open. */
    public static final class NameConflict extends GraphException {
        private static final long serialVersionUID = 1L;

        NameConflict(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 409 of another kind: the item changed meanwhile. */
    public static final class Modified extends GraphException {
        private static final long serialVersionUID = 1L;

        Modified(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 412: an If-Match did not hold. */
    public static final class PreconditionFailed extends GraphException {
        private static final long serialVersionUID = 1L;

        PreconditionFailed(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 423: somebody has the file open or checked out. */
    public static final class Locked extends GraphException {
        private static final long serialVersionUID = 1L;

        Locked(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 416: the session stands elsewhere than we thought. */
    public static final class RangeRefused extends GraphException {
        private static final long serialVersionUID = 1L;

        RangeRefused(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 507: the drive is full. */
    public static final class QuotaExceeded extends GraphException {
        private static final long serialVersionUID = 1L;

        QuotaExceeded(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }

    /** 401: Graph does not accept the token, or an upload URL has expired. */
    public static final class Unauthenticated extends GraphException {
        private static final long serialVersionUID = 1L;

        Unauthenticated(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }

        private Unauthenticated(String purpose, GraphAnswer answer, GraphError error, ClockSkew skew) {
            super(GraphProblem.UNAUTHENTICATED, describe(purpose, answer, error) + " " + skew.problem(),
                    GraphException.remedy(GraphProblem.UNAUTHENTICATED, answer, error).after(skew.remedy()), answer, error);
        }
    }

    /** 403: a permission is missing, or an upload URL has expired. */
    public static final class AccessDenied extends GraphException {
        private static final long serialVersionUID = 1L;

        AccessDenied(GraphProblem problem, String purpose, GraphAnswer answer, GraphError error) {
            super(problem, purpose, answer, error);
        }
    }
}
