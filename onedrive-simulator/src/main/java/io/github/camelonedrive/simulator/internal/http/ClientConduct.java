package io.github.camelonedrive.simulator.internal.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Notices what Graph tolerates and a good client does not do. */
public final class ClientConduct {
    private static final Pattern DECORATED = Pattern.compile("(?:^|\\s)(?:NON)?ISV\\|[^|]+\\|[^|/]+/\\S+");
    /** Clocks and timers are not exact. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);
    /** A request of another thread may have been on its way when the throttling response was sent. */
    private static final Duration CROSSING = Duration.ofMillis(250);

    private final Clock clock;
    private final Journal journal;
    private final Map<Host, Pause> pauses = new EnumMap<>(Host.class);

    private enum Host {
        LOGIN, GRAPH;

        static Host of(Call call) {
            return call.isSignIn() ? LOGIN : GRAPH;
        }
    }

    /** The service asked for silence. */
    private record Pause(Instant asked, Instant until, String target) {
    }

    public ClientConduct(Clock clock, Journal journal) {
        this.clock = clock;
        this.journal = journal;
    }

    public void check(Call call) {
        if (call.isPage()) {
            return;
        }
        String userAgent = call.header("User-Agent");
        if (userAgent == null || !DECORATED.matcher(userAgent).find()) {
            journal.violation("undecorated User-Agent '" + userAgent + "'; use NONISV|Company|Application/Version");
        }
        checkPause(call);
    }

    private synchronized void checkPause(Call call) {
        Pause pause = pauses.get(Host.of(call));
        if (pause == null || !call.time().isBefore(pause.until().minus(TOLERANCE))) {
            return;
        }
        boolean sameRequest = pause.target().equals(call.method() + call.rawTarget());
        boolean mayHaveCrossed = !sameRequest && call.time().isBefore(pause.asked().plus(CROSSING));
        if (!mayHaveCrossed) {
            call.violation("sent " + Duration.between(call.time(), pause.until()).toMillis()
                    + " ms before Retry-After had passed");
        }
    }

    /** Remembers how long the service wants to be left alone. */
    public synchronized void responded(Call call, Response response) {
        if (response.status() != 429 && response.status() != 503) {
            return;
        }
        Instant now = clock.instant();
        Instant until = later(retryAfter(response.headers().get("Retry-After"), now),
                response.status() == 429 ? retryAfter(response.headers().get("RateLimit-Reset"), now) : null);
        Pause current = pauses.get(Host.of(call));
        boolean longer = until != null && (current == null || until.isAfter(current.until()));
        if (longer) {
            pauses.put(Host.of(call), new Pause(now, until, call.method() + call.rawTarget()));
        }
    }

    private static Instant later(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    private static Instant retryAfter(String value, Instant now) {
        if (value == null) {
            return null;
        }
        if (value.matches("\\d+(\\.\\d+)?")) {
            return now.plusMillis((long) (Double.parseDouble(value) * 1000));
        }
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
