package io.github.camelonedrive.simulator.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;

import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

/** One request while it is being handled. */
public final class Call {
    /** The path below which Graph is. */
    public static final String GRAPH_PREFIX = "/v1.0";
    /** Large enough for every JSON or form body; larger ones are refused. */
    private static final int MAX_SMALL_BODY = 1 << 20;

    private final HttpExchange exchange;
    private final Journal journal;
    private final PublicUrl publicUrl;
    private final CountDownLatch closing;
    private final long number;
    private final Instant time;
    private final String requestId = UUID.randomUUID().toString();
    private final String rawPath;
    private final String rawQuery;
    private final Map<String, List<String>> headers;
    private final RequestBody body;
    private final Map<Class<?>, Object> attributes = new HashMap<>();
    private Step step = Step.OTHER;
    private String itemPath = "";
    private OptionalInt fragmentIndex = OptionalInt.empty();
    private boolean lastFragment;
    private volatile int status;
    private volatile boolean heldUp;

    public Call(HttpExchange exchange, Journal journal, Instant time, PublicUrl publicUrl, CountDownLatch closing) {
        this.exchange = exchange;
        this.journal = journal;
        this.publicUrl = publicUrl;
        this.closing = closing;
        this.number = journal.nextNumber();
        this.time = time;
        this.rawPath = exchange.getRequestURI().getRawPath();
        this.rawQuery = exchange.getRequestURI().getRawQuery();
        this.headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        this.body = new RequestBody(exchange.getRequestBody());
    }

    long number() {
        return number;
    }

    public HttpExchange exchange() {
        return exchange;
    }

    public Instant time() {
        return time;
    }

    public String requestId() {
        return requestId;
    }

    public String clientRequestId() {
        String sent = header("client-request-id");
        return sent == null ? requestId : sent;
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    public String rawPath() {
        return rawPath;
    }

    /** Path and query, byte for byte as they came. */
    public String rawTarget() {
        return rawQuery == null ? rawPath : rawPath + "?" + rawQuery;
    }

    public Map<String, String> query() {
        return PercentCoding.parameters(rawQuery);
    }

    /** An OData option, {@code select} for example; Graph takes it with its dollar and without. Null when it was not sent. */
    public String option(String name) {
        Map<String, String> query = query();
        return query.getOrDefault("$" + name, query.get(name));
    }

    /** Null when the header was not sent. */
    public String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** The announced length of the body, or -1. */
    public long contentLength() {
        String value = header("Content-Length");
        return value == null ? -1 : Long.parseLong(value.trim());
    }

    public RequestBody body() {
        return body;
    }

    public byte[] readSmallBody() throws IOException {
        byte[] bytes = body.readNBytes(MAX_SMALL_BODY + 1);
        if (bytes.length > MAX_SMALL_BODY) {
            throw new GraphErrorResponse(413, "invalidRequest", "The request body is too large.");
        }
        return bytes;
    }

    /** Reads what is left of the body, so that the client gets to read the response instead of a reset. */
    public void drain() throws IOException {
        body.transferTo(OutputStream.nullOutputStream());
    }

    /** Scheme, host and port of absolute URLs in the response. */
    public String publicUrl() {
        return publicUrl.of(this);
    }

    /** As {@link #publicUrl()}, for upload, download and monitor URLs, which may have a host of their own. */
    public String contentUrl() {
        return publicUrl.content(this);
    }

    /** Records that this request does what a good client does not do. */
    public void violation(String what) {
        journal.violation(step + " " + itemPath + ": " + what);
    }

    /** Counted down when the simulator closes. */
    public CountDownLatch closing() {
        return closing;
    }

    /** Leaves a value for the handler, at most one of each class. */
    public void attach(Object attribute) {
        attributes.put(attribute.getClass(), attribute);
    }

    /** Returns the attached value of a class. */
    public <T> Optional<T> attached(Class<T> type) {
        return Optional.ofNullable(type.cast(attributes.get(type)));
    }

    /** Records that a fault rule made this request wait. */
    public void holdUp() {
        heldUp = true;
    }

    public boolean isHeldUp() {
        return heldUp;
    }

    /** Returns whether the request is for the Microsoft identity platform, not for Graph. */
    public boolean isSignIn() {
        return step == Step.TOKEN || step == Step.DEVICE_CODE || isPage();
    }

    /** Returns whether a browser sends the request; what is expected of programs does not apply. */
    public boolean isPage() {
        return step == Step.AUTHORIZE || step == Step.DEVICE_LOGIN;
    }

    /** Returns whether the URL carries its own ticket. */
    public boolean isPreAuthenticated() {
        return switch (step) {
            case FRAGMENT, SESSION_STATUS, SESSION_CANCEL, CONTENT, COPY_MONITOR -> true;
            default -> false;
        };
    }

    public Step step() {
        return step;
    }

    String itemPath() {
        return itemPath;
    }

    public void isAbout(Step whatFor, String path) {
        step = whatFor;
        itemPath = path;
    }

    public void isFragment(int index, boolean last) {
        fragmentIndex = OptionalInt.of(index);
        lastFragment = last;
    }

    public void responded(int withStatus) {
        status = withStatus;
    }

    public RecordedRequest record() {
        return new RecordedRequest(number, time, step, method(), rawPath, rawQuery, headers, itemPath, fragmentIndex,
                lastFragment, body.received(), status);
    }
}
