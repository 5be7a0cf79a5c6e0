package io.github.camelonedrive.auth;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Redactor;

/**
 * The sign-in service could not be asked or gave no usable answer: network trouble, throttling, an outage, a proxy in
 * between. This says nothing about whether the grant is good, and so does the message.
 */
public final class LoginUnavailableException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private static final String NOT_THE_SIGN_IN = "This is no problem of your sign-in.";

    private static final int TOO_MANY_REQUESTS = 429;

    /** For good, says RFC 9110 §15.6.2, unlike all other answers from 500 on. */
    private static final int NOT_IMPLEMENTED = 501;

    private final transient Detail detail;

    LoginUnavailableException(String problem, String remedy, Detail detail, Throwable cause) {
        super(FailureKind.SERVICE, problem, remedy, cause);
        this.detail = detail;
    }

    private LoginUnavailableException(String problem, LoginTrouble trouble, Detail detail, Throwable cause) {
        this(problem + ". " + NOT_THE_SIGN_IN, trouble.explanation().todo(), detail, cause);
    }

    /** The request was not answered. */
    static LoginUnavailableException noAnswer(URI endpoint, IOException cause) {
        LoginTrouble trouble = LoginTrouble.of(cause);
        String said = Redactor.redact(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        return new LoginUnavailableException("The sign-in service " + endpoint.getHost() + " can't be reached: "
                + trouble.explanation().what() + " (" + said + ")", trouble,
                trouble.isPassing() ? Detail.NO_ANSWER : Detail.FINAL, cause);
    }

    /** What came is no answer of the token endpoint. */
    static LoginUnavailableException foreignAnswer(HTTPResponse response) {
        int status = response.getStatusCode();
        LoginTrouble trouble = LoginTrouble.ofForeignAnswer(status);
        String type = response.getHeaderValue("Content-Type");
        return new LoginUnavailableException("The sign-in service's answer is no token answer (HTTP " + status + ", "
                + (type == null ? "no content type" : Redactor.redact(type)) + "): " + trouble.explanation().what(), trouble,
                new Detail(status, Optional.empty(), false), null);
    }

    /**
     * The service is overloaded, throttles, or has an outage.
     *
     * @param error what its answer says; empty when a proxy on the way answered
     */
    static LoginUnavailableException busy(int status, Optional<TokenError> error, Optional<Duration> retryAfter) {
        LoginTrouble trouble = status == TOO_MANY_REQUESTS ? LoginTrouble.THROTTLED : LoginTrouble.OUTAGE;
        return new LoginUnavailableException("Microsoft's sign-in service is "
                + (trouble == LoginTrouble.THROTTLED ? "throttling this account" : "unavailable") + " (HTTP " + status
                + error.map(known -> ", " + withoutFullStop(known.describe())).orElse("") + ")", trouble,
                new Detail(status, retryAfter, status != NOT_IMPLEMENTED), null);
    }

    /** The service says so itself, on the way back from the browser. */
    static LoginUnavailableException outage(TokenError refusal) {
        return new LoginUnavailableException("Microsoft's sign-in service has trouble of its own ("
                + withoutFullStop(refusal.describe()) + ")", LoginTrouble.OUTAGE, Detail.FINAL, null);
    }

    private static String withoutFullStop(String sentence) {
        return sentence.substring(0, sentence.length() - 1);
    }

    @Override
    public OptionalInt httpStatus() {
        return detail == null || detail.status == 0 ? OptionalInt.empty() : OptionalInt.of(detail.status);
    }

    /** How long the service asked to wait before the next request. */
    public Optional<Duration> retryAfter() {
        return detail == null ? Optional.empty() : detail.retryAfter;
    }

    /** Whether the same request may succeed soon. */
    public boolean worthRetrying() {
        return detail != null && detail.worthRetrying;
    }

    /** @param status 0 when there was no answer */
    record Detail(int status, Optional<Duration> retryAfter, boolean worthRetrying) {

        static final Detail FINAL = new Detail(0, Optional.empty(), false);
        static final Detail NO_ANSWER = new Detail(0, Optional.empty(), true);
    }
}
