package io.github.camelonedrive.auth;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.github.camelonedrive.Explanation;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.Remedy;
import io.github.camelonedrive.transport.ClockSkew;

/**
 * No usable grant: none is stored, or the identity platform refused the one there is, or the client's own credentials. A
 * person has to act; trying again is useless ({@code graph-contract.md} statements 99 and 100).
 */
public class AuthenticationException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final String destination;
    private final int httpStatus;
    private final String error;
    private final String suberror;
    private final int aadsts;
    private final String correlationId;
    private final String timestamp;
    private final String traceId;

    AuthenticationException(String destination, TokenError refusal) {
        this(destination, 0, refusal, SignInRemedy.of(refusal), Optional.empty());
    }

    private AuthenticationException(
            String destination, int httpStatus, TokenError refusal, Explanation explanation, Optional<ClockSkew> skew) {
        super(FailureKind.SIGN_IN, "Microsoft refused the sign-in of destination '" + destination + "': "
                + refusal.describe() + skew.map(known -> " " + known.problem()).orElse(""),
                skew.map(known -> explanation.inFull(destination).after(known.remedy()))
                        .orElseGet(() -> explanation.inFull(destination)), null);
        this.destination = destination;
        this.httpStatus = httpStatus;
        this.error = refusal.error();
        this.suberror = refusal.suberror();
        this.aadsts = refusal.aadsts();
        this.correlationId = refusal.correlationId();
        this.timestamp = refusal.timestamp();
        this.traceId = refusal.traceId();
    }

    /** The same failure under another type, for those who have to add to it: message, data and stack trace are kept. */
    protected AuthenticationException(AuthenticationException refusal) {
        super(refusal.kind(), refusal.problem(), refusal.whatToDo(), refusal.getCause());
        this.destination = refusal.destination;
        this.httpStatus = refusal.httpStatus;
        this.error = refusal.error;
        this.suberror = refusal.suberror;
        this.aadsts = refusal.aadsts;
        this.correlationId = refusal.correlationId;
        this.timestamp = refusal.timestamp;
        this.traceId = refusal.traceId;
        setStackTrace(refusal.getStackTrace());
        for (Throwable suppressed : refusal.getSuppressed()) {
            addSuppressed(suppressed);
        }
    }

    private AuthenticationException(String destination, String problem, Remedy remedy) {
        super(FailureKind.SIGN_IN, problem, remedy, null);
        this.destination = destination;
        this.httpStatus = 0;
        this.error = "";
        this.suberror = "";
        this.aadsts = 0;
        this.correlationId = "";
        this.timestamp = "";
        this.traceId = "";
    }

    /**
     * The token endpoint refused.
     *
     * @param client     whose sign-in it was; its secret is looked at, to tell a secret's ID from its value
     * @param httpStatus of the response
     * @param skew       how far our clock is off, where it is
     */
    static AuthenticationException refused(
            ClientIdentity client, int httpStatus, TokenError refusal, Optional<ClockSkew> skew) {
        return new AuthenticationException(client.label(), httpStatus, refusal, SignInRemedy.of(refusal, client), skew);
    }

    /**
     * What a redirect of the browser says that brings an error instead of a code ({@code graph-contract.md} §7.2). Call it
     * only after {@code state} was found right: anybody can send a browser to a redirect address. The values are redacted,
     * cut to one short line each and used for nothing but {@code error} and {@code suberror}; the address in
     * {@code error_uri} is never shown nor visited, only its number looked at.
     *
     * @param  destination the destination that is being authorized
     * @param  parameters  of the redirect's query, decoded: {@code error}, {@code error_description}, {@code error_uri}…;
     *                     others, such as {@code state} and {@code code}, are ignored
     * @return             an {@link AuthenticationException}, or a {@link LoginUnavailableException} for {@code server_error}
     *                     and {@code temporarily_unavailable}, which say nothing against the account
     */
    public static OneDriveException ofRedirect(String destination, Map<String, String> parameters) {
        TokenError refusal = TokenError.of(parameters);
        return refusal.error().equals("server_error") || refusal.error().equals("temporarily_unavailable")
                ? LoginUnavailableException.outage(refusal)
                : new AuthenticationException(destination, refusal);
    }

    /** There is no refresh token to sign in with. */
    static AuthenticationException notAuthorized(String destination) {
        return new AuthenticationException(destination, "Destination '" + destination + "' is not authorized yet.",
                SignInRemedy.NOT_AUTHORIZED.remedy(destination));
    }

    /**
     * Graph demands claims of the access token, also of the one that was asked for with them.
     *
     * @param purpose what was being done, as the start of a sentence
     */
    public static AuthenticationException claimsNotMet(String purpose) {
        return new AuthenticationException("", purpose + " failed: " + SignInRemedy.CLAIMS_NOT_MET.what(),
                SignInRemedy.CLAIMS_NOT_MET.remedy(""));
    }

    @Override
    public OptionalInt httpStatus() {
        return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
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

    /** By which Microsoft's support finds the step of the request that refused. */
    public Optional<String> traceId() {
        return nonEmpty(traceId);
    }

    private static Optional<String> nonEmpty(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }
}
