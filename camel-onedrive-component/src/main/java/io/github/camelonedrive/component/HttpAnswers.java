package io.github.camelonedrive.component;

import org.apache.camel.spi.HttpResponseAware;

import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.graph.GraphException;

/**
 * Failures as Camel sees them. What OneDrive or the sign-in service responded to with an error keeps its type, so that {@code onException} and
 * {@code doCatch} tell them apart, and is {@link HttpResponseAware} as well, so that Camel's health checks show the status.
 * These types are here because only this package knows Camel.
 */
final class HttpAnswers {

    private HttpAnswers() {
    }

    /** The same failure, aware of its HTTP status if it has one. */
    static Exception aware(Exception failure) {
        if (failure instanceof AuthenticationException refusal && refusal.httpStatus().isPresent()
                && !(failure instanceof HttpResponseAware)) {
            return new SignInRefused(refusal);
        }
        if (!(failure instanceof GraphException answer) || failure instanceof HttpResponseAware) {
            return failure;
        }
        return switch (answer.graphProblem()) {
            case THROTTLED -> new Throttled(answer);
            case UNAVAILABLE -> new Unavailable(answer);
            case NOT_FOUND -> new NotFound(answer);
            case NAME_CONFLICT -> new NameConflict(answer);
            case MODIFIED -> new Modified(answer);
            case PRECONDITION -> new PreconditionFailed(answer);
            case LOCKED -> new Locked(answer);
            case RANGE -> new RangeRefused(answer);
            case QUOTA -> new QuotaExceeded(answer);
            case UNAUTHENTICATED -> new Unauthenticated(answer);
            case ACCESS_DENIED -> new AccessDenied(answer);
            case PATH_TOO_LONG, INFECTED, TOO_LARGE -> new ContentRefused(answer);
            case REQUEST_TOO_LARGE, REFUSED_BY_PROXY, NOT_IMPLEMENTED, INVALID_REQUEST -> new Refused(answer);
        };
    }

    /** What Camel asks; the answer can't be changed. */
    private interface Answered extends HttpResponseAware {

        int status();

        String code();

        @Override
        default int getHttpResponseCode() {
            return status();
        }

        @Override
        default void setHttpResponseCode(int code) {
            throw new UnsupportedOperationException();
        }

        @Override
        default String getHttpResponseStatus() {
            return code();
        }

        @Override
        default void setHttpResponseStatus(String status) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class SignInRefused extends AuthenticationException implements Answered {
        private static final long serialVersionUID = 1L;

        SignInRefused(AuthenticationException refusal) {
            super(refusal);
        }

        @Override
        public int status() {
            return httpStatus().orElse(0);
        }

        @Override
        public String code() {
            return error().orElse("");
        }
    }

    private static final class Throttled extends GraphException.Throttled implements Answered {
        private static final long serialVersionUID = 1L;

        Throttled(GraphException answer) {
            super(answer);
        }
    }

    private static final class Unavailable extends GraphException.Unavailable implements Answered {
        private static final long serialVersionUID = 1L;

        Unavailable(GraphException answer) {
            super(answer);
        }
    }

    private static final class NotFound extends GraphException.NotFound implements Answered {
        private static final long serialVersionUID = 1L;

        NotFound(GraphException answer) {
            super(answer);
        }
    }

    private static final class NameConflict extends GraphException.NameConflict implements Answered {
        private static final long serialVersionUID = 1L;

        NameConflict(GraphException answer) {
            super(answer);
        }
    }

    private static final class Modified extends GraphException.Modified implements Answered {
        private static final long serialVersionUID = 1L;

        Modified(GraphException answer) {
            super(answer);
        }
    }

    private static final class PreconditionFailed extends GraphException.PreconditionFailed implements Answered {
        private static final long serialVersionUID = 1L;

        PreconditionFailed(GraphException answer) {
            super(answer);
        }
    }

    private static final class Locked extends GraphException.Locked implements Answered {
        private static final long serialVersionUID = 1L;

        Locked(GraphException answer) {
            super(answer);
        }
    }

    private static final class RangeRefused extends GraphException.RangeRefused implements Answered {
        private static final long serialVersionUID = 1L;

        RangeRefused(GraphException answer) {
            super(answer);
        }
    }

    private static final class QuotaExceeded extends GraphException.QuotaExceeded implements Answered {
        private static final long serialVersionUID = 1L;

        QuotaExceeded(GraphException answer) {
            super(answer);
        }
    }

    private static final class Unauthenticated extends GraphException.Unauthenticated implements Answered {
        private static final long serialVersionUID = 1L;

        Unauthenticated(GraphException answer) {
            super(answer);
        }
    }

    private static final class AccessDenied extends GraphException.AccessDenied implements Answered {
        private static final long serialVersionUID = 1L;

        AccessDenied(GraphException answer) {
            super(answer);
        }
    }

    private static final class ContentRefused extends GraphException.ContentRefused implements Answered {
        private static final long serialVersionUID = 1L;

        ContentRefused(GraphException answer) {
            super(answer);
        }
    }

    private static final class Refused extends GraphException implements Answered {
        private static final long serialVersionUID = 1L;

        Refused(GraphException answer) {
            super(answer);
        }
    }
}
