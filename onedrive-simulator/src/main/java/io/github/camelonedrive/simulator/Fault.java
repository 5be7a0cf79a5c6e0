package io.github.camelonedrive.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

import io.github.camelonedrive.simulator.internal.fault.FaultEffect;
import io.github.camelonedrive.simulator.internal.fault.FaultMatch;
import io.github.camelonedrive.simulator.internal.fault.Stall;
import io.github.camelonedrive.simulator.internal.identity.Aadsts;
import io.github.camelonedrive.simulator.internal.identity.Identity;

/**
 * A rule that makes the simulator misbehave: which requests, and what then.
 *
 * <pre>{@code
 * sim.fault(Fault.on(Step.FRAGMENT).nth(3).times(2).answer(503).header("Retry-After", "1"));
 * sim.fault(Fault.on(Step.FRAGMENT).lastFragment().afterEffect().answer(504));   // committed, but never said so
 * sim.fault(Fault.on(Step.FRAGMENT).keepBytes(100_000).cutWithin(500_000));
 * sim.fault(Fault.on(Step.SIMPLE_UPLOAD).fileName("x.sql").wrongHash());
 * }</pre>
 *
 * <p>Rules are tried in the order in which they were given to {@link OneDriveSimulator#fault}; the first that matches a request
 * and is not used up applies to it, alone. Without {@link #times} or {@link #always} a rule applies once. Don't change a rule
 * after giving it away.
 */
public final class Fault {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final String HTML = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>";

    private final FaultMatch match;
    private final FaultEffect effect = new FaultEffect();

    private Fault(Step step) {
        this.match = new FaultMatch(step);
    }

    // --- which requests ---

    /** Requests for this step. */
    public static Fault on(Step step) {
        return new Fault(step);
    }

    /** Requests for any step. */
    public static Fault onAny() {
        return new Fault(null);
    }

    /** Starts with the n-th request that matches, counted from 1 and from the moment the rule is given. */
    public Fault nth(int n) {
        match.first = n;
        return this;
    }

    /** Applies this often; 1 when not called. */
    public Fault times(int count) {
        match.times = count;
        return this;
    }

    /** Applies for good. */
    public Fault always() {
        return times(Integer.MAX_VALUE);
    }

    /** Only for the item at this path from the drive's root, {@code /Backups/x.sql}, in any case. */
    public Fault path(String path) {
        return when(request -> request.itemPath().equalsIgnoreCase(path));
    }

    /** Only for items with this name, in any case. */
    public Fault fileName(String name) {
        return when(request -> request.itemPath().toLowerCase(Locale.ROOT)
                .endsWith("/" + name.toLowerCase(Locale.ROOT)));
    }

    /** Only for the fragment before which the session had accepted this many. */
    public Fault fragment(int index) {
        return when(request -> request.fragmentIndex().orElse(-1) == index);
    }

    /** Only for the fragment that ends the file. */
    public Fault lastFragment() {
        return when(RecordedRequest::lastFragment);
    }

    /** Only for requests that also pass this test; their status and body length are still 0. */
    public Fault when(Predicate<RecordedRequest> further) {
        match.condition = match.condition.and(further);
        return this;
    }

    // --- what is answered ---

    /** Answers this status instead of doing anything; the body of the request is read and dropped. */
    public Fault answer(int withStatus) {
        effect.status = withStatus;
        return this;
    }

    /** Does what was asked first, and only then answers (or cuts, or stalls) as this rule says. */
    public Fault afterEffect() {
        effect.afterEffect = true;
        return this;
    }

    /** Adds a header to the answer. */
    public Fault header(String name, String value) {
        effect.headers.put(name, value);
        return this;
    }

    /** Puts this code into the JSON error body. */
    public Fault error(String errorCode) {
        effect.code = errorCode;
        return this;
    }

    /** Puts this code and message into the JSON error body. */
    public Fault error(String errorCode, String errorMessage) {
        effect.message = errorMessage;
        return error(errorCode);
    }

    /** Puts this code, message and inner code into the JSON error body. */
    public Fault error(String errorCode, String errorMessage, String inner) {
        effect.innerCode = inner;
        return error(errorCode, errorMessage);
    }

    /**
     * At the sign-in endpoints: answers as Microsoft does with this AADSTS number: status, {@code error}, {@code suberror} and
     * text are those of `graph-contract.md` §7.6. At {@link Step#AUTHORIZE} it is a page for the person; for an error that is
     * handed to the application there is {@link SignInOutcome#refuse}.
     *
     * @throws IllegalArgumentException when §7.6 does not list the number; {@link #tokenError} takes any
     */
    public Fault aadsts(int number) {
        Aadsts known = Aadsts.of(number);
        effect.status = known.status();
        effect.suberror = known.suberror();
        return tokenError(known.error(), number, known.text());
    }

    /** At the sign-in endpoints: adds this {@code suberror}. */
    public Fault suberror(String suberror) {
        effect.suberror = suberror;
        return this;
    }

    /** At the sign-in endpoints: the {@code error}, its AADSTS number and message. */
    public Fault tokenError(String error, int number, String errorMessage) {
        effect.aadsts = number;
        return error(error, errorMessage);
    }

    /** Answers with this body instead of a JSON error. */
    public Fault body(String type, String text) {
        effect.contentType = type;
        effect.body = text;
        return this;
    }

    /** Answers with a gateway's HTML page. */
    public Fault html() {
        return body("text/html", HTML);
    }

    /** Answers with something that claims to be JSON and is not. */
    public Fault garbage() {
        return body("application/json", "{\"error\": \u0000\u0001 }}<");
    }

    /** Answers without a body. */
    public Fault emptyBody() {
        return body(null, "");
    }

    /** Announces the whole answer, sends half of it and cuts the connection. */
    public Fault truncated() {
        effect.truncated = true;
        return this;
    }

    /** As {@link #truncated()}, after this many bytes of the body. */
    public Fault cutAnswerAfter(long bytes) {
        effect.answerBytes = bytes;
        return truncated();
    }

    /** Sends this many bytes of the body, waits, and sends the rest. */
    public Fault stallAnswerAfter(long bytes, Duration duration) {
        return stallAnswerAfter(bytes, Stall.of(duration));
    }

    /** As {@link #stallAnswerAfter(long, Duration)}, until the latch is released or the simulator closes. */
    public Fault stallAnswerAfter(long bytes, CountDownLatch until) {
        return stallAnswerAfter(bytes, Stall.of(until));
    }

    private Fault stallAnswerAfter(long bytes, Stall stall) {
        effect.answerBytes = bytes;
        effect.answerStall = stall;
        return this;
    }

    // --- downloads ---

    /** Sends everything with 200, whatever {@code Range} says. For {@link Step#CONTENT}. */
    public Fault ignoreRange() {
        effect.rangeIgnored = true;
        return this;
    }

    /** The download URL's own token is too old: 401 with inner code {@code expiredToken}. For {@link Step#CONTENT}. */
    public Fault expireDownloadUrl() {
        return answer(401).error("unauthenticated", "The access token has expired.", "expiredToken");
    }

    /** Sends other bytes than are stored, as many as there should be. For {@link Step#CONTENT}. */
    public Fault damageAnswer() {
        effect.answerDamaged = true;
        return this;
    }

    // --- throttling ---

    /** 429 with this {@code Retry-After}: {@code "1"}, {@code "2.128"}, an HTTP date, nonsense. */
    public Fault throttle(String retryAfter) {
        return throttleWithoutRetryAfter().header("Retry-After", retryAfter);
    }

    /** 429 with an HTTP date as {@code Retry-After}. */
    public Fault throttleUntil(Instant time) {
        return throttle(HTTP_DATE.format(time));
    }

    /** 429 that does not say how long. */
    public Fault throttleWithoutRetryAfter() {
        return answer(429);
    }

    /** Adds {@code RateLimit-Limit}, {@code -Remaining} and {@code -Reset} (in seconds). */
    public Fault rateLimit(int limit, int remaining, int resetSeconds) {
        return header("RateLimit-Limit", Integer.toString(limit))
                .header("RateLimit-Remaining", Integer.toString(remaining))
                .header("RateLimit-Reset", Integer.toString(resetSeconds));
    }

    // --- the connection ---

    /** Closes the connection without reading the body. */
    public Fault cutBefore() {
        effect.cut = FaultEffect.Cut.BEFORE;
        return this;
    }

    /** Closes the connection after this many bytes of the body. */
    public Fault cutWithin(long bytes) {
        effect.cutWithin = bytes;
        return this;
    }

    /** Does what was asked and closes the connection instead of answering. */
    public Fault cutAfter() {
        effect.cut = FaultEffect.Cut.AFTER;
        return afterEffect();
    }

    /** Waits before anything happens; with {@link #afterEffect()}, before the answer. */
    public Fault stall(Duration duration) {
        effect.stall = Stall.of(duration);
        return this;
    }

    /** As {@link #stall(Duration)}, until the latch is released or the simulator closes. */
    public Fault stall(CountDownLatch until) {
        effect.stall = Stall.of(until);
        return this;
    }

    /** Waits before the first byte of the body is read. */
    public Fault stallReading(Duration duration) {
        effect.readingStall = Stall.of(duration);
        return this;
    }

    /** As {@link #stallReading(Duration)}, until the latch is released or the simulator closes. */
    public Fault stallReading(CountDownLatch until) {
        effect.readingStall = Stall.of(until);
        return this;
    }

    /** Does what was asked and never answers; the connection stays open until the client or the simulator closes it. */
    public Fault neverAnswer() {
        return afterEffect().stall(new CountDownLatch(1));
    }

    // --- what the test does at that moment ---

    /**
     * Runs this before anything else happens; with {@link #afterEffect()}, after what was asked was done and before the answer.
     * For tests that kill or change something exactly then. It runs on the thread that serves the request, which goes on
     * afterwards as if nothing had happened.
     */
    public Fault run(Runnable action) {
        effect.action = action;
        return this;
    }

    // --- upload sessions ---

    /** Of a fragment that is refused or cut, keeps the first bytes all the same. The last fragment may be kept whole. */
    public Fault keepBytes(long bytes) {
        effect.keptBytes = bytes;
        return this;
    }

    /** Takes the last fragment, answers 202 without ranges, and does not commit. */
    public Fault holdCommit() {
        effect.commitHeld = true;
        return this;
    }

    /** Commits, but answers 202 with an empty list of ranges instead of the item. */
    public Fault acceptedInsteadOfItem() {
        effect.acceptedAtEnd = true;
        return this;
    }

    /** Says that these ranges are expected next; none for an empty list. */
    public Fault nextExpectedRanges(String... expected) {
        effect.ranges = List.of(expected);
        return this;
    }

    /** Leaves {@code nextExpectedRanges} out. */
    public Fault withoutNextExpectedRanges() {
        effect.rangesMissing = true;
        return this;
    }

    /** The session is gone before the request is looked at: 404. */
    public Fault expireSession() {
        effect.sessionFate = FaultEffect.SessionFate.EXPIRES;
        return this;
    }

    /** The upload URL's own token is too old: 401 with inner code {@code expiredToken}. The session is gone. */
    public Fault expireUploadUrl() {
        effect.sessionFate = FaultEffect.SessionFate.URL_EXPIRES;
        return this;
    }

    /** As {@link #expireUploadUrl()} in its newer form: 403 {@code accessDenied}. */
    public Fault forbidUploadUrl() {
        effect.sessionFate = FaultEffect.SessionFate.URL_FORBIDDEN;
        return this;
    }

    // --- pages ---

    /** The page names itself as the next page. For {@link Step#CHILDREN}, {@link Step#DELTA} and others with pages. */
    public Fault linkToItself() {
        effect.links = FaultEffect.Links.TO_ITSELF;
        return this;
    }

    /** The page names the first page of its listing as the next one. For the same steps. */
    public Fault linkToFirstPage() {
        effect.links = FaultEffect.Links.TO_FIRST_PAGE;
        return this;
    }

    /** Answers with a page without entries, and with a next page that was never named before. For the same steps. */
    public Fault emptyPagesForEver() {
        effect.links = FaultEffect.Links.NEW_FOR_EVER;
        return this;
    }

    // --- copies ---

    /** The copy fails in the end; its monitor says so with this {@code errorCode}. For {@link Step#COPY}. */
    public Fault failCopy(String errorCode) {
        effect.copyFailure = errorCode;
        return this;
    }

    /** The copy's monitor says this often that it is not finished; 1 otherwise. For {@link Step#COPY}. */
    public Fault copyPolls(int polls) {
        effect.copyPolls = polls;
        return this;
    }

    // --- tokens ---

    /** Revokes the grant before the request is looked at. */
    public Fault revokeGrant() {
        effect.grantRevoked = true;
        return this;
    }

    /** Makes all access tokens expire before the request is looked at. */
    public Fault expireAccessTokens() {
        effect.accessTokensExpired = true;
        return this;
    }

    /** As {@link OneDriveSimulator#expireDeltaTokens()}, before the request is looked at. */
    public Fault expireDeltaTokens() {
        effect.deltaTokensExpired = true;
        return this;
    }

    /** As {@link OneDriveSimulator#challengeClaims()}, before the request is looked at. */
    public Fault challengeClaims() {
        effect.claimsChallenged = true;
        return this;
    }

    /** Graph's answer to a token that is meant for another service (§5). */
    public Fault wrongAudience() {
        return answer(401).error("InvalidAuthenticationToken", Identity.WRONG_AUDIENCE);
    }

    // --- what is stored ---

    /** Stores the right bytes and reports a wrong hash. */
    public Fault wrongHash() {
        effect.hashReport = FaultEffect.HashKind.WRONG;
        return this;
    }

    /** Never reports a hash for what this request stores. */
    public Fault missingHash() {
        effect.hashReport = FaultEffect.HashKind.MISSING;
        return this;
    }

    /** Reports the hash only after this many lookups of the item; 1 means that the first lookup still lacks it. */
    public Fault hashAfterLookups(int lookups) {
        effect.hashReport = FaultEffect.HashKind.LATE;
        effect.hashLookups = lookups;
        return this;
    }

    /** Stores other bytes than were sent, and reports their hash. */
    public Fault damageContent() {
        effect.damage = FaultEffect.Damage.FLIPPED;
        return this;
    }

    /** Grows the file a little while storing it, as document libraries do with Office, PDF and HTML files. */
    public Fault rewriteContent() {
        effect.damage = FaultEffect.Damage.REWRITTEN;
        return this;
    }

    // --- for the simulator ---

    public FaultMatch match() {
        return match;
    }

    public FaultEffect effect() {
        return effect;
    }
}
