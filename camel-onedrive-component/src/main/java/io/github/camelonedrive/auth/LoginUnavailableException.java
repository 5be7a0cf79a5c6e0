package io.github.camelonedrive.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * The sign-in service could not be asked or gave no usable answer: network trouble, throttling, an outage, a proxy in
 * between. This says nothing about whether the grant is good.
 */
public final class LoginUnavailableException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final transient Detail detail;

    LoginUnavailableException(String problem, String remedy, Detail detail, Throwable cause) {
        super(FailureKind.SERVICE, problem, remedy, cause);
        this.detail = detail;
    }

    /** The service says so itself, on the way back from the browser. */
    static LoginUnavailableException outage(TokenError refusal) {
        return new LoginUnavailableException("Microsoft's sign-in service has trouble of its own: " + refusal.describe(),
                "This is no problem of your sign-in. Start it again in some minutes.", Detail.FINAL, null);
    }

    /** The HTTP status of the answer; empty when there was none. */
    public OptionalInt status() {
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
