package io.github.camelonedrive.credentials;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps refresh tokens from dying of idleness. Microsoft gives no reliable end of a refresh token
 * ({@code graph-contract.md} §7.3: some 90 days unused), so none is computed here: one that was not used for a week is used,
 * which is early enough for any of them and rare enough for Microsoft.
 */
public final class RefreshTokenUse {

    /** Unused for so long, a refresh token is used. */
    public static final Duration IDLE = Duration.ofDays(7);

    // What is said to be later than now by more than clocks differ was written by a clock that was wrong.
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private RefreshTokenUse() {
    }

    /** Whether the destination has a refresh token that should be used now; one of which nothing is known should. */
    public static boolean isDue(Destination destination, Instant now) {
        if (destination.refreshToken().isEmpty()) {
            return false;
        }
        return destination.signedIn().map(used -> isIdle(used, now)).orElse(true);
    }

    private static boolean isIdle(Instant used, Instant now) {
        Duration unused = Duration.between(used, now);
        return unused.compareTo(IDLE) >= 0 || unused.compareTo(CLOCKS_DIFFER.negated()) < 0;
    }
}
