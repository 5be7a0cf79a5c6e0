package io.github.camelonedrive.backup.runtime;

import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.auth.LoginUnavailableException;
import io.github.camelonedrive.backup.catalogue.RecordUnreadableException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.component.OperationStoppedException;
import io.github.camelonedrive.component.UploadCancelledException;
import io.github.camelonedrive.credentials.UnknownDestinationException;
import io.github.camelonedrive.graph.ConnectionFailedException;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.GraphProblem;
import io.github.camelonedrive.graph.ThrottledTooLongException;
import io.github.camelonedrive.graph.UnexpectedAnswerException;
import io.github.camelonedrive.upload.FileSource;
import io.github.camelonedrive.upload.SourceUnreadableException;
import io.github.camelonedrive.upload.VerificationFailedException;

/**
 * What the failure of one dump says about more than this dump.
 *
 * @param kind    what is wrong
 * @param scope   what is in trouble
 * @param problem what is wrong, without what differs from dump to dump
 * @param remedy  what to do; may be empty
 */
record DumpFailure(TroubleKind kind, Scope scope, String problem, String remedy) {

    // So do messages continue after what was being done, which names the dump.
    private static final String FAILED = " failed: ";

    /** What is in trouble. */
    enum Scope {
        DUMP, WATCH, DESTINATION, PROGRAM
    }

    /** Returns empty when it says nothing: the dump is still written to, or the program stops. */
    static Optional<DumpFailure> of(Throwable failure) {
        Optional<OneDriveException> typed = Failures.typed(failure);
        if (typed.isEmpty()) {
            boolean configured = Failures.kind(failure) == FailureKind.CONFIGURATION;
            return Optional.of(new DumpFailure(configured ? TroubleKind.CONFIGURATION : TroubleKind.ROUTE_FAILED,
                    configured ? Scope.WATCH : Scope.DUMP, Failures.message(failure),
                    configured ? "Check the watch's settings and its route." : "Check the steps of the route before onedrive:."));
        }
        OneDriveException known = typed.get();
        return kind(known).map(kind -> of(kind, known));
    }

    private static DumpFailure of(TroubleKind kind, OneDriveException failure) {
        Scope scope = scope(kind, failure);
        String problem = failure.problem();
        int detail = problem.indexOf(FAILED);
        return new DumpFailure(kind, scope, scope == Scope.DUMP || detail < 0 ? problem
                : capitalized(problem.substring(detail + FAILED.length())), Failures.remedy(failure));
    }

    private static String capitalized(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static Scope scope(TroubleKind kind, OneDriveException failure) {
        return switch (kind) {
            case NEVER_AUTHORIZED, SIGN_IN_REFUSED, CLIENT_REFUSED, DRIVE_FULL, UNREACHABLE, THROTTLED -> Scope.DESTINATION;
            case CONFIGURATION -> failure instanceof UnknownDestinationException ? Scope.DESTINATION : Scope.WATCH;
            case VAULT, RECORD -> Scope.PROGRAM;
            default -> Scope.DUMP;
        };
    }

    private static Optional<TroubleKind> kind(OneDriveException failure) {
        return switch (failure.kind()) {
            case UNSETTLED -> isUnreadable(failure) ? Optional.of(TroubleKind.DUMP_UNREADABLE) : Optional.empty();
            case SOURCE -> Optional.empty();
            case SIGN_IN -> Optional.of(signIn(failure));
            case CONFIGURATION -> Optional.of(TroubleKind.CONFIGURATION);
            case VAULT -> Optional.of(failure instanceof RecordUnreadableException ? TroubleKind.RECORD : TroubleKind.VAULT);
            case SERVICE -> isStop(failure) ? Optional.empty() : Optional.of(service(failure));
        };
    }

    private static boolean isUnreadable(OneDriveException failure) {
        return failure instanceof SourceUnreadableException || failure instanceof FileSource.UnreadableSourceException;
    }

    private static boolean isStop(OneDriveException failure) {
        return failure instanceof OperationStoppedException || failure instanceof UploadCancelledException;
    }

    private static TroubleKind signIn(OneDriveException failure) {
        if (!(failure instanceof AuthenticationException refusal)) {
            return TroubleKind.SIGN_IN_REFUSED;
        }
        String error = refusal.error().orElse("");
        if (error.isEmpty() && !refusal.destination().isEmpty()) {
            return TroubleKind.NEVER_AUTHORIZED;
        }
        return error.equals("invalid_client") || error.equals("unauthorized_client") ? TroubleKind.CLIENT_REFUSED
                : TroubleKind.SIGN_IN_REFUSED;
    }

    private static TroubleKind service(OneDriveException failure) {
        if (failure instanceof ThrottledTooLongException) {
            return TroubleKind.THROTTLED;
        }
        if (failure instanceof ConnectionFailedException || failure instanceof LoginUnavailableException
                || failure instanceof UnexpectedAnswerException) {
            return TroubleKind.UNREACHABLE;
        }
        if (failure instanceof VerificationFailedException) {
            return TroubleKind.NOT_VERIFIED;
        }
        return failure instanceof GraphException response ? kind(response.graphProblem()) : TroubleKind.REFUSED;
    }

    private static TroubleKind kind(GraphProblem problem) {
        return switch (problem) {
            case QUOTA -> TroubleKind.DRIVE_FULL;
            case THROTTLED -> TroubleKind.THROTTLED;
            case UNAVAILABLE, NOT_IMPLEMENTED -> TroubleKind.UNREACHABLE;
            default -> TroubleKind.REFUSED;
        };
    }
}
