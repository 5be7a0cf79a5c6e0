package io.github.camelonedrive.component.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;

import io.github.camelonedrive.simulator.Fault;

/** What goes wrong: the rows of the fault table. A passing fault strikes once or twice, a lasting one for good. */
enum Trouble {

    S400("400", 400, 2, (fault, here, now) -> fault.answer(400)),
    TOKEN_EXPIRED("401, the token has expired", 401, 1, (fault, here, now) -> fault.expireAccessTokens()),
    URL_EXPIRED("401, the upload URL has expired", 401, 1, (fault, here, now) -> fault.expireUploadUrl()),
    URL_REFUSED("403, the upload URL has expired", 403, 1, (fault, here, now) -> fault.forbidUploadUrl()),
    S401("401", 401, 1, (fault, here, now) -> fault.answer(401)),
    S403("403", 403, 1, (fault, here, now) -> fault.answer(403)),
    S404("404", 404, 1, (fault, here, now) -> fault.answer(404)),
    EXPIRED("404, the session has expired", 404, 1, (fault, here, now) -> fault.expireSession()),
    S408("408", 408, 2, (fault, here, now) -> fault.answer(408)),
    TAKEN("409 nameAlreadyExists", 409, 1, (fault, here, now) -> fault.answer(409)),
    CHANGED("409 resourceModified", 409, 1, (fault, here, now) -> fault.answer(409).error("resourceModified")),
    S412("412", 412, 2, (fault, here, now) -> fault.answer(412)),
    S413("413", 413, 2, (fault, here, now) -> fault.answer(413)),
    OVERLAP("416, the bytes are there", 416, 1, (fault, here, now) -> fault.afterEffect().answer(416)
            .error("invalidRange", "Uploaded fragment overlaps with existing data.", "fragmentOverlap")),
    GAP("416, out of order", 416, 2, (fault, here, now) -> fault.answer(416)
            .error("invalidRange", "Uploaded fragment is out of order.", "fragmentOutOfOrder")),
    S423("423", 423, 2, (fault, here, now) -> fault.answer(423).error("notAllowed", "Locked.", "resourceLocked")),
    T429_7("429, Retry-After: 7", 429, 2, (fault, here, now) -> fault.throttle("7")),
    T429_2128("429, Retry-After: 2.128", 429, 2, (fault, here, now) -> fault.throttle("2.128")),
    T429_DATE("429, Retry-After: a date in 30 s", 429, 2, (fault, here, now) -> fault.throttleUntil(in30s())),
    T429_NONE("429 without Retry-After", 429, 2, (fault, here, now) -> fault.throttleWithoutRetryAfter()),
    T429_RESET("429, RateLimit-Reset: 40", 429, 2, (fault, here, now) -> fault.throttle("7").rateLimit(100, 0, 40)),
    T429_HOUR("429, Retry-After: 3600", 429, 1, (fault, here, now) -> fault.throttle("3600")),
    B503_7("503, Retry-After: 7", 503, 2, (fault, here, now) -> fault.answer(503).header("Retry-After", "7")),
    B503_2128("503, Retry-After: 2.128", 503, 2, (fault, here, now) -> fault.answer(503).header("Retry-After", "2.128")),
    B503_DATE("503, Retry-After: a date in 30 s", 503, 2, (fault, here, now) -> fault.throttleUntil(in30s()).answer(503)),
    B503_NONE("503 without Retry-After", 503, 2, (fault, here, now) -> fault.answer(503)),
    B503_RESET("503, RateLimit-Reset: 40", 503, 2, (fault, here, now) -> fault.answer(503).rateLimit(100, 0, 40)),
    B503_HOUR("503, Retry-After: 3600", 503, 1, (fault, here, now) -> fault.answer(503).header("Retry-After", "3600")),
    S500("500", 500, 2, (fault, here, now) -> fault.answer(500)),
    S501("501", 501, 2, (fault, here, now) -> fault.answer(501)),
    S502("502", 502, 2, (fault, here, now) -> fault.answer(502)),
    S504("504", 504, 2, (fault, here, now) -> fault.answer(504)),
    S507("507", 507, 2, (fault, here, now) -> fault.answer(507)),
    S509("509", 509, 2, (fault, here, now) -> fault.answer(509)),
    NO_CONNECTION("connection refused", 0, 2, null),
    RESET_BEFORE("reset before the body", 0, 2, (fault, here, now) -> fault.cutBefore()),
    RESET_WITHIN("reset within the body", 0, 2, (fault, here, now) -> fault.cutWithin(10)),
    RESET_AFTER("done, then reset", 0, 1, (fault, here, now) -> fault.cutAfter()),
    STALL_SENDING("stall while sending", 0, 1, (fault, here, now) -> fault.stallReading(new CountDownLatch(1))),
    STALL_WAITING("stall while receiving", 0, 1, (fault, here, now) -> fault.stall(new CountDownLatch(1))),
    TRUNCATED("done, truncated answer", 0, 1, (fault, here, now) -> fault.truncated()),
    GARBAGE("done, garbage answer", 200, 1, (fault, here, now) -> fault.afterEffect().answer(200).garbage()),
    HTML("HTML page with 200", 200, 2, (fault, here, now) -> fault.answer(200).html()),
    HTML_502("HTML page with 502", 502, 2, (fault, here, now) -> fault.answer(502).html()),
    EMPTY("done, empty answer", 200, 1, (fault, here, now) -> fault.afterEffect().answer(200).emptyBody()),
    PARTLY("500, part of it kept (lasting: 13 times)", 500, 2, (fault, here, now) -> fault.keepBytes(7_000).answer(500)),
    DONE_504("done, then 504", 504, 1, (fault, here, now) -> fault.afterEffect().answer(504)),
    SAID_202("committed, but 202", 202, 1, (fault, here, now) -> fault.acceptedInsteadOfItem()),
    HELD_202("202, not committed", 202, 1, (fault, here, now) -> fault.holdCommit()),
    NO_RANGES("nextExpectedRanges missing", 0, 1, (fault, here, now) -> fault.withoutNextExpectedRanges()),
    CLOSED("nextExpectedRanges closed", 0, 1, (fault, here, now) -> fault.nextExpectedRanges(here.next() + "-"
            + (Bench.SIZE - 1))),
    SEVERAL("nextExpectedRanges: several", 0, 1, (fault, here, now) -> fault.nextExpectedRanges(
            (here.next() + Bench.CHUNK) + "-" + (here.next() + Bench.CHUNK + 99), here.next() + "-")),
    HASH_LATE("hash late", 0, 1, (fault, here, now) -> fault.hashAfterLookups(3)),
    HASH_NONE("hash missing", 0, 1, (fault, here, now) -> fault.missingHash()),
    HASH_WRONG("hash wrong", 0, 1, (fault, here, now) -> fault.wrongHash()),
    DAMAGED("stored damaged", 0, 1, (fault, here, now) -> fault.damageContent()),
    OFFICE("Office file rewritten", 0, 1, (fault, here, now) -> fault.rewriteContent());

    private static final int MORE_THAN_RETRIES = 13;

    /** Makes a rule of it. */
    @FunctionalInterface
    private interface Effect {
        Fault on(Fault fault, Place here, Instant now);
    }

    private final String title;
    private final int status;
    private final int passesAfter;
    private final Effect effect;

    Trouble(String title, int status, int passesAfter, Effect effect) {
        this.title = title;
        this.status = status;
        this.passesAfter = passesAfter;
        this.effect = effect;
    }

    /** By the clock of the responses' own {@code Date}, which is not the one that passes by itself here. */
    private static Instant in30s() {
        return Instant.now().plus(Duration.ofSeconds(30)).truncatedTo(ChronoUnit.SECONDS);
    }

    String title() {
        return title;
    }

    /** The status that the client sees; 0 for the honest one, or none. */
    int status() {
        return status;
    }

    /** How often a passing one strikes. */
    int passesAfter() {
        return passesAfter;
    }

    /** It never reaches the service. */
    boolean isBeforeTheService() {
        return effect == null;
    }

    /** How often a lasting one strikes: for good, but the last byte can't be kept without the whole being committed. */
    int lastsFor() {
        return this == PARTLY ? MORE_THAN_RETRIES : Integer.MAX_VALUE;
    }

    boolean isStall() {
        return this == STALL_SENDING || this == STALL_WAITING;
    }

    /** A pause that a response asks for in other words than in whole seconds. */
    boolean isPauseInOtherWords() {
        return switch (this) {
            case T429_2128, T429_DATE, T429_RESET, B503_2128, B503_DATE, B503_RESET -> true;
            default -> false;
        };
    }

    Fault apply(Fault fault, Place here, Instant now) {
        return effect.on(fault, here, now);
    }
}
