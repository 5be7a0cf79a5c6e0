package io.github.camelonedrive.graph;

import java.time.Duration;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** OneDrive asks for a longer pause than {@code maxThrottleWait} allows (statement 63). */
public final class ThrottledTooLongException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    ThrottledTooLongException(OneDriveException cause, Duration asked, Duration allowed) {
        super(FailureKind.SERVICE,
                cause.problem() + " It asks us to stay away for " + asked.toSeconds() + " s, longer than maxThrottleWait ("
                                   + allowed.toSeconds() + " s).",
                "Try again later, or raise maxThrottleWait.", cause);
    }
}
