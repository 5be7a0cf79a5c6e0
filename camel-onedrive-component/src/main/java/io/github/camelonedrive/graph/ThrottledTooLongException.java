package io.github.camelonedrive.graph;

import java.time.Duration;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** OneDrive asks for a longer pause than {@code maxThrottleWait} allows (statement 63). */
public final class ThrottledTooLongException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    /** For the request that was throttled. */
    ThrottledTooLongException(OneDriveException cause, Duration asked, Duration allowed) {
        this(cause.problem() + " It asks us", asked, allowed, cause);
    }

    /** For one that was not sent, because another one of the account was throttled. */
    ThrottledTooLongException(String purpose, Duration asked, Duration allowed) {
        this(purpose + " failed: OneDrive asks us", asked, allowed, null);
    }

    private ThrottledTooLongException(String asking, Duration asked, Duration allowed, OneDriveException cause) {
        super(FailureKind.SERVICE, asking + " to stay away for " + asked.toSeconds() + " s, longer than the "
                + allowed.toSeconds() + " s that we wait.", "Try again later, or raise maxThrottleWait.", cause);
    }
}
