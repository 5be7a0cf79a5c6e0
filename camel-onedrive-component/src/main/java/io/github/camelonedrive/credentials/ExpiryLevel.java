package io.github.camelonedrive.credentials;

import java.time.Duration;
import java.time.Instant;

/** How urgent the end of a credential is, from no matter to too late. */
public enum ExpiryLevel {

    /** More than 60 days ahead. */
    FINE(Long.MAX_VALUE),

    /** At most 60 days ahead. */
    DAYS_60(60),

    /** At most 30 days ahead. */
    DAYS_30(30),

    /** At most 7 days ahead. */
    DAYS_7(7),

    /** Tomorrow or today. */
    DAYS_1(1),

    /** Past: Microsoft refuses it. */
    EXPIRED(-1);

    private final long days;

    ExpiryLevel(long days) {
        this.days = days;
    }

    /** Whether somebody should act. */
    public boolean isWarning() {
        return this != FINE;
    }

    /** Whether it is as urgent as the other one, or more. */
    public boolean isAtLeast(ExpiryLevel other) {
        return compareTo(other) >= 0;
    }

    /** @param end the last moment at which it is good */
    static ExpiryLevel at(Instant now, Instant end) {
        if (now.isAfter(end)) {
            return EXPIRED;
        }
        long left = Duration.between(now, end).toDays();
        ExpiryLevel level = FINE;
        for (ExpiryLevel nearer : values()) {
            if (left <= nearer.days) {
                level = nearer;
            }
        }
        return level;
    }
}
