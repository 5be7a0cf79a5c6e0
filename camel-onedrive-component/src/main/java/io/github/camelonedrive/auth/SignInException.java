package io.github.camelonedrive.auth;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * A sign-in that can't work or did not come to an end, for a reason found on this side: an answer that belongs to no sign-in
 * under way, nobody who signed in, a configuration that can't fit. Trying again without changing anything is useless.
 */
public final class SignInException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private SignInException(FailureKind kind, String problem, String remedy, Throwable cause) {
        super(kind, problem, remedy, cause);
    }

    /** Nobody signed in, or what came back is no sign-in. */
    static SignInException notCompleted(String problem, String remedy) {
        return new SignInException(FailureKind.SIGN_IN, problem, remedy, null);
    }

    /** Options, or a destination's data, that can't work together. */
    static SignInException misconfigured(String problem, String remedy) {
        return new SignInException(FailureKind.CONFIGURATION, problem, remedy, null);
    }

    /** What proves the app registration can't be used. */
    static SignInException unusableCredential(String problem, String remedy, Throwable cause) {
        return new SignInException(FailureKind.SIGN_IN, problem, remedy, cause);
    }
}
