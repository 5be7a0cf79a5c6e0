package io.github.camelonedrive.auth;

import java.util.Optional;
import java.util.OptionalInt;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * No usable grant: none is stored, or the identity platform refused the one there is, or the client's own credentials. A
 * person has to act; trying again is useless ({@code graph-contract.md} statements 99 and 100).
 */
public final class AuthenticationException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final String destination;
    private final String error;
    private final String suberror;
    private final int aadsts;
    private final String correlationId;
    private final String timestamp;

    AuthenticationException(String destination, TokenError refusal) {
        super(FailureKind.SIGN_IN, "Microsoft refused the sign-in of destination '" + destination + "': "
                + refusal.describe(), SignInRemedy.of(refusal), null);
        this.destination = destination;
        this.error = refusal.error();
        this.suberror = refusal.suberror();
        this.aadsts = refusal.aadsts();
        this.correlationId = refusal.correlationId();
        this.timestamp = refusal.timestamp();
    }

    private AuthenticationException(String destination, String problem, String remedy) {
        super(FailureKind.SIGN_IN, problem, remedy, null);
        this.destination = destination;
        this.error = "";
        this.suberror = "";
        this.aadsts = 0;
        this.correlationId = "";
        this.timestamp = "";
    }

    /** There is no refresh token to sign in with. */
    static AuthenticationException notAuthorized(String destination) {
        return new AuthenticationException(destination, "Destination '" + destination + "' is not authorized yet.",
                "Add it anew with a refresh token: 'onedrive-backup destination add' with --refresh-token-file.");
    }

    /**
     * Graph demands claims of the access token, also of the one that was asked for with them.
     *
     * @param purpose what was being done, as the start of a sentence
     */
    public static AuthenticationException claimsNotMet(String purpose) {
        return new AuthenticationException("", purpose + " failed: OneDrive demands a sign-in that meets further conditions of"
                + " the organization, and renewing the sign-in did not meet them.",
                "Sign in to the destination again. If that does not help, ask the administrator which conditional access"
                        + " policy blocks the app. A token provider of your own has to pass on the claims that"
                        + " TokenProvider.replace(refused, claims) gives it.");
    }

    /** The destination, or the label of inline credentials; empty when Graph refused, which knows no destinations. */
    public String destination() {
        return destination;
    }

    /** The OAuth error, such as {@code invalid_grant}; empty when the service was not asked. */
    public Optional<String> error() {
        return nonEmpty(error);
    }

    /** Microsoft's refinement of {@code invalid_grant}, such as {@code consent_required}. */
    public Optional<String> suberror() {
        return nonEmpty(suberror);
    }

    /** The number of Microsoft's message, such as 700082. Numbers may change: they are for people, not for decisions. */
    public OptionalInt aadsts() {
        return aadsts == 0 ? OptionalInt.empty() : OptionalInt.of(aadsts);
    }

    /** By which Microsoft's support finds the request. */
    public Optional<String> correlationId() {
        return nonEmpty(correlationId);
    }

    /** When it was refused, as Microsoft wrote it. */
    public Optional<String> timestamp() {
        return nonEmpty(timestamp);
    }

    private static Optional<String> nonEmpty(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }
}
