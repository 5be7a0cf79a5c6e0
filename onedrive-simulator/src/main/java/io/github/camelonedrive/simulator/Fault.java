package io.github.camelonedrive.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.camelonedrive.simulator.internal.drive.HashReport;
import io.github.camelonedrive.simulator.internal.fault.DamagedOutput;
import io.github.camelonedrive.simulator.internal.fault.EndlessPages;
import io.github.camelonedrive.simulator.internal.fault.FaultAction;
import io.github.camelonedrive.simulator.internal.fault.FaultResponse;
import io.github.camelonedrive.simulator.internal.fault.FaultRule;
import io.github.camelonedrive.simulator.internal.fault.InterruptedOutput;
import io.github.camelonedrive.simulator.internal.fault.Stall;
import io.github.camelonedrive.simulator.internal.graph.Commits;
import io.github.camelonedrive.simulator.internal.graph.CopyApi;
import io.github.camelonedrive.simulator.internal.graph.DownloadApi;
import io.github.camelonedrive.simulator.internal.graph.Fragments;
import io.github.camelonedrive.simulator.internal.graph.UploadUrlApi;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.ConnectionCut;
import io.github.camelonedrive.simulator.internal.identity.Aadsts;

/**
 * A rule that makes the simulator misbehave: which requests, and what then.
 *
 * <pre>{@code
 * sim.fault(Fault.on(Step.FRAGMENT).nth(3).times(2).answer(503).header("Retry-After", "1"));
 * sim.fault(Fault.on(Step.FRAGMENT).lastFragment().afterEffect().answer(504));   // committed, but never confirmed
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

    private final Step step;
    private final FaultResponse response = new FaultResponse();
    private final List<FaultAction> actions = new ArrayList<>();
    private final List<Consumer<OneDriveSimulator>> changes = new ArrayList<>();
    private Predicate<RecordedRequest> condition = request -> true;
    private int first = 1;
    private int times = 1;
    private boolean afterEffect;

    private Fault(Step step) {
        this.step = step;
    }

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
        first = n;
        return this;
    }

    /** Applies this often; 1 when not called. */
    public Fault times(int count) {
        times = count;
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
        condition = condition.and(further);
        return this;
    }

    /** Responds with this status instead of doing anything; the body of the request is read and dropped. */
    public Fault answer(int withStatus) {
        response.status = withStatus;
        return this;
    }

    /** Carries out the request first, and only then responds (or cuts, or stalls) as this rule says. */
    public Fault afterEffect() {
        afterEffect = true;
        return this;
    }

    /** Adds a header to the response. */
    public Fault header(String name, String value) {
        response.headers.put(name, value);
        return this;
    }

    /** Puts this code into the JSON error body. */
    public Fault error(String errorCode) {
        response.code = errorCode;
        return this;
    }

    /** Puts this code and message into the JSON error body. */
    public Fault error(String errorCode, String errorMessage) {
        response.message = errorMessage;
        return error(errorCode);
    }

    /** Puts this code, message and inner code into the JSON error body. */
    public Fault error(String errorCode, String errorMessage, String inner) {
        response.innerCode = inner;
        return error(errorCode, errorMessage);
    }

    /**
     * At the sign-in endpoints: responds as Microsoft does with this AADSTS number: status, {@code error}, {@code suberror} and
     * text are Microsoft's. At {@link Step#AUTHORIZE} it is a page for the person; for an error that is
     * handed to the application there is {@link SignInOutcome#refuse}.
     *
     * @throws IllegalArgumentException if the simulator does not know the number; {@link #tokenError} takes any
     */
    public Fault aadsts(int number) {
        Aadsts known = Aadsts.of(number);
        response.status = known.status();
        response.suberror = known.suberror();
        return tokenError(known.error(), number, known.text());
    }

    /** At the sign-in endpoints: adds this {@code suberror}. */
    public Fault suberror(String suberror) {
        response.suberror = suberror;
        return this;
    }

    /** At the sign-in endpoints: the {@code error}, its AADSTS number and message. */
    public Fault tokenError(String error, int number, String errorMessage) {
        response.aadsts = number;
        return error(error, errorMessage);
    }

    /** Responds with this body instead of a JSON error. */
    public Fault body(String type, String text) {
        response.contentType = type;
        response.body = text;
        return this;
    }

    /** Responds with a gateway's HTML page. */
    public Fault html() {
        return body("text/html", HTML);
    }

    /** Responds with something that claims to be JSON and is not. */
    public Fault garbage() {
        return body("application/json", "{\"error\": \u0000\u0001 }}<");
    }

    /** Responds without a body. */
    public Fault emptyBody() {
        return body(null, "");
    }

    /** Announces the whole response, sends half of it and cuts the connection. */
    public Fault truncated() {
        return onBody((call, out, length) -> new InterruptedOutput(out, length / 2, Fault::cut));
    }

    /** As {@link #truncated()}, after this many bytes of the body. */
    public Fault cutAnswerAfter(long bytes) {
        return onBody((call, out, length) -> new InterruptedOutput(out, bytes, Fault::cut));
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
        return onBody((call, out, length) -> new InterruptedOutput(out, bytes, () -> stall.await(call.closing())));
    }

    /** Sends everything with 200, whatever {@code Range} says. For {@link Step#CONTENT}. */
    public Fault ignoreRange() {
        return attach(DownloadApi.RangeFault.IGNORED);
    }

    /** The download URL's own token is too old: 401 with inner code {@code expiredToken}. For {@link Step#CONTENT}. */
    public Fault expireDownloadUrl() {
        return answer(401).error("unauthenticated", "The access token has expired.", "expiredToken");
    }

    /** Sends other bytes than are stored, as many as there should be. For {@link Step#CONTENT}. */
    public Fault damageAnswer() {
        return onBody((call, out, length) -> new DamagedOutput(out));
    }

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

    /** Closes the connection without reading the body. */
    public Fault cutBefore() {
        return before(call -> cut());
    }

    /** Closes the connection after this many bytes of the body. */
    public Fault cutWithin(long bytes) {
        return before(call -> call.body().cutAfter(bytes));
    }

    /** Carries out the request and closes the connection instead of responding. */
    public Fault cutAfter() {
        actions.add((FaultAction.After) call -> cut());
        return afterEffect();
    }

    /** Waits before anything happens; with {@link #afterEffect()}, before the response. */
    public Fault stall(Duration duration) {
        return stall(Stall.of(duration));
    }

    /** As {@link #stall(Duration)}, until the latch is released or the simulator closes. */
    public Fault stall(CountDownLatch until) {
        return stall(Stall.of(until));
    }

    /** Waits before the first byte of the body is read. */
    public Fault stallReading(Duration duration) {
        return stallReading(Stall.of(duration));
    }

    /** As {@link #stallReading(Duration)}, until the latch is released or the simulator closes. */
    public Fault stallReading(CountDownLatch until) {
        return stallReading(Stall.of(until));
    }

    private Fault stall(Stall stall) {
        actions.add((FaultAction.Interruption) call -> await(stall, call));
        return this;
    }

    private Fault stallReading(Stall stall) {
        return before(call -> call.body().beforeFirstByte(() -> await(stall, call)));
    }

    /**
     * Runs this before anything else happens; with {@link #afterEffect()}, after the request was carried out and before the
     * response. For tests that kill or change something exactly then. It runs on the thread that serves the request, which
     * continues
     * afterwards as if nothing had happened.
     */
    public Fault run(Runnable action) {
        actions.add((FaultAction.Interruption) call -> action.run());
        return this;
    }

    /** Of a fragment that is refused or cut, keeps the first bytes all the same. The last fragment may be kept whole. */
    public Fault keepBytes(long bytes) {
        return attach(new Fragments.KeptBytes(bytes, null));
    }

    /** Takes the last fragment, responds 202 without ranges, and does not commit. */
    public Fault holdCommit() {
        return attach(Fragments.CommitFault.HELD);
    }

    /** Commits, but responds 202 with an empty list of ranges instead of the item. */
    public Fault acceptedInsteadOfItem() {
        return attach(Fragments.CommitFault.WITHOUT_ITEM);
    }

    /** Says that these ranges are expected next; none for an empty list. */
    public Fault nextExpectedRanges(String... expected) {
        return attach(new Fragments.ShownRanges(List.of(expected)));
    }

    /** Leaves {@code nextExpectedRanges} out. */
    public Fault withoutNextExpectedRanges() {
        return attach(new Fragments.ShownRanges(null));
    }

    /** The session is gone before the request is looked at: 404. */
    public Fault expireSession() {
        return attach(UploadUrlApi.SessionEnd.EXPIRED);
    }

    /** The upload URL's own token is too old: 401 with inner code {@code expiredToken}. The session is gone. */
    public Fault expireUploadUrl() {
        return attach(UploadUrlApi.SessionEnd.URL_EXPIRED);
    }

    /** As {@link #expireUploadUrl()} in its newer form: 403 {@code accessDenied}. */
    public Fault forbidUploadUrl() {
        return attach(UploadUrlApi.SessionEnd.URL_FORBIDDEN);
    }

    /** The page names itself as the next page. For {@link Step#CHILDREN}, {@link Step#DELTA} and others with pages. */
    public Fault linkToItself() {
        actions.add((FaultAction.OnResponse) EndlessPages::linkToItself);
        return this;
    }

    /** The page names the first page of its listing as the next one. For the same steps. */
    public Fault linkToFirstPage() {
        actions.add((FaultAction.OnResponse) EndlessPages::linkToFirstPage);
        return this;
    }

    /** Responds with a page without entries, and with a next page that was never named before. For the same steps. */
    public Fault emptyPagesForEver() {
        actions.add((FaultAction.Instead) EndlessPages::emptyPage);
        return this;
    }

    /** The copy fails in the end; its monitor says so with this {@code errorCode}. For {@link Step#COPY}. */
    public Fault failCopy(String errorCode) {
        return attach(new CopyApi.Failure(errorCode));
    }

    /** The copy's monitor says this often that it is not finished; 1 otherwise. For {@link Step#COPY}. */
    public Fault copyPolls(int polls) {
        return attach(new CopyApi.Polls(polls));
    }

    /** Revokes the grant before the request is looked at. */
    public Fault revokeGrant() {
        return change(OneDriveSimulator::revokeGrant);
    }

    /** Makes all access tokens expire before the request is looked at. */
    public Fault expireAccessTokens() {
        return change(OneDriveSimulator::expireAccessTokens);
    }

    /** As {@link OneDriveSimulator#expireDeltaTokens()}, before the request is looked at. */
    public Fault expireDeltaTokens() {
        return change(OneDriveSimulator::expireDeltaTokens);
    }

    /** As {@link OneDriveSimulator#challengeClaims()}, before the request is looked at. */
    public Fault challengeClaims() {
        return change(OneDriveSimulator::challengeClaims);
    }

    /** Stores the right bytes and reports a wrong hash. */
    public Fault wrongHash() {
        return before(call -> call.attach(HashReport.wrong()));
    }

    /** Never reports a hash for what this request stores. */
    public Fault missingHash() {
        return before(call -> call.attach(HashReport.missing()));
    }

    /** Reports the hash only after this many lookups of the item; 1 means that the first lookup still lacks it. */
    public Fault hashAfterLookups(int lookups) {
        return before(call -> call.attach(HashReport.after(lookups)));
    }

    /** Stores other bytes than were sent, and reports their hash. */
    public Fault damageContent() {
        return attach(Commits.Damage.FLIPPED);
    }

    /** Grows the file a little while storing it, as document libraries do with Office, PDF and HTML files. */
    public Fault rewriteContent() {
        return attach(Commits.Damage.REWRITTEN);
    }

    private Fault before(FaultAction.Before action) {
        actions.add(action);
        return this;
    }

    private Fault onBody(FaultAction.OnBody action) {
        actions.add(action);
        return this;
    }

    /** Leaves a value that the handler of the request looks for. */
    private Fault attach(Object attribute) {
        return before(call -> call.attach(attribute));
    }

    private Fault change(Consumer<OneDriveSimulator> change) {
        changes.add(change);
        return this;
    }

    private static void await(Stall stall, Call call) throws ConnectionCut {
        call.holdUp();
        stall.await(call.closing());
    }

    private static void cut() throws ConnectionCut {
        throw new ConnectionCut();
    }

    /** Returns the rule for one simulator. */
    FaultRule rule(OneDriveSimulator simulator) {
        List<FaultAction> all = new ArrayList<>(actions);
        changes.forEach(change -> all.add((FaultAction.Before) call -> change.accept(simulator)));
        return new FaultRule(step, condition, first, times, afterEffect, response, all);
    }
}
