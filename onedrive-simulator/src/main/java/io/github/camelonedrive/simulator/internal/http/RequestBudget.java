package io.github.camelonedrive.simulator.internal.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The units an application may use per minute. From 80 % on, responses say how much is left; beyond
 * 100 % requests are throttled until the minute is over.
 */
public final class RequestBudget {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final int limit;
    private Instant windowEnd = Instant.MIN;
    private int used;

    /** @param limit units per minute; 0 for no limit */
    public RequestBudget(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** @throws GraphErrorResponse 429 if the budget is used up */
    public synchronized void spend(Call call) {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            used = 0;
        }
        // Throttled requests count as well.
        used += units(call);
        if (limit > 0 && used > limit) {
            throw new GraphErrorResponse(429, "TooManyRequests", "Please retry again later.")
                    .header("Retry-After", Long.toString(secondsLeft(now)));
        }
    }

    /** What to add to every response; empty below 80 %. */
    public synchronized Map<String, String> headers() {
        boolean quiet = limit == 0 || used * 5L < limit * 4L;
        if (quiet) {
            return Map.of();
        }
        return Map.of("RateLimit-Limit", Integer.toString(limit),
                "RateLimit-Remaining", Integer.toString(Math.max(0, limit - used)),
                "RateLimit-Reset", Long.toString(secondsLeft(clock.instant())));
    }

    private long secondsLeft(Instant now) {
        return Math.max(1, Duration.between(now, windowEnd).plusMillis(999).toSeconds());
    }

    private static int units(Call call) {
        return switch (call.step()) {
            case TOKEN, AUTHORIZE, DEVICE_CODE, DEVICE_LOGIN -> 0;
            case USER, DRIVE, ITEM_LOOKUP, DOWNLOAD, CONTENT -> 1;
            case DELTA -> call.option("token") == null ? 2 : 1;
            default -> 2;
        };
    }
}
