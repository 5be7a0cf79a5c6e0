package io.github.camelonedrive.component.faults;

import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;

import io.github.camelonedrive.auth.InlineCredentials;
import io.github.camelonedrive.auth.InlineTokenProvider;
import io.github.camelonedrive.auth.LoginClient;
import io.github.camelonedrive.auth.LoginSettings;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.component.OneDriveConstants;
import io.github.camelonedrive.component.SimulatedRoute;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;

/**
 * A simulator of one kind of account and a Camel context that talks to it, for many uploads one after the other. Each upload is
 * alone: a folder, a token provider, a gate and a journal of its own. The component runs with the options' defaults.
 */
final class Bench implements AutoCloseable {

    static final int CHUNK = 320 * 1024;
    static final int SIZE = 3 * CHUNK + 100_001;

    /** In milliseconds: after it, a connection without a byte has stalled. */
    static final int STALLED = 150;

    private final VirtualTime time = new VirtualTime();
    private final OneDriveSimulator simulator;
    private final SimulatedRoute route;
    private volatile Refusal refusal = Refusal.NONE;
    private int uploads;
    private int downloads;

    Bench(AccountType account) {
        simulator = OneDriveSimulator.builder().accountType(account).clock(time).downloadUrlsFollowChanges().start();
        route = new SimulatedRoute(simulator, time);
        OneDriveConfiguration options = route.component().getConfiguration();
        options.setMaxRetryDelay(new OneDriveConfiguration().getMaxRetryDelay());
        options.setHttpClientConfigurer(builder -> builder.addExecInterceptorFirst("refusal", this::refuse));
        addDownloads();
    }

    /** A stream is read where it belongs, in its exchange. */
    private void addDownloads() {
        try {
            route.context().addRoutes(new RouteBuilder() {

                @Override
                public void configure() {
                    from("direct:download").streamCache("false").errorHandler(noErrorHandler()).toD("${header.uri}")
                            .process(exchange -> {
                                if (exchange.getMessage().getBody() instanceof InputStream stream) {
                                    exchange.getMessage().setBody(stream.readAllBytes());
                                }
                            });
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    OneDriveSimulator simulator() {
        return simulator;
    }

    VirtualTime time() {
        return time;
    }

    /** Forgets what was, lets every pause that was asked for pass, and names a folder that nobody has used. */
    String fresh() {
        refusal = Refusal.NONE;
        simulator.clearJournal();
        time.skip(Duration.ofHours(2));
        return "/f" + ++uploads;
    }

    Exchange upload(String folder, String name, String options, byte[] content) {
        String tokens = "tokens" + uploads;
        route.context().getRegistry().bind(tokens, tokenProvider(options.contains("responseTimeout")));
        try {
            return route.send("onedrive:offsite?folderPath=" + folder + "&tokenProvider=#" + tokens + options, content,
                    Map.of(Exchange.FILE_NAME, name));
        } finally {
            route.context().getRegistry().unbind(tokens);
        }
    }

    Exchange download(String path, String options) {
        String tokens = "tokens" + ++downloads + "of" + uploads;
        route.context().getRegistry().bind(tokens, tokenProvider(options.contains("responseTimeout")));
        try {
            return route.send("direct:download", null, Map.of(OneDriveConstants.PATH, path, "uri",
                    "onedrive:offsite?operation=download&folderPath=/&tokenProvider=#" + tokens + options));
        } finally {
            route.context().getRegistry().unbind(tokens);
        }
    }

    private TokenProvider tokenProvider(boolean stalls) {
        OneDriveComponent component = route.component();
        Random random = new Random(uploads);
        LoginSettings login = new LoginSettings(Optional.of(simulator.loginEndpoint()), LoginSettings.DEFAULT_SCOPE, time,
                random);
        InlineCredentials credentials = new InlineCredentials("offsite", Secret.of(simulator.clientId()),
                new ClientCredential.ClientSecret(Secret.of(simulator.clientSecret())),
                Secret.of(simulator.refreshToken()), "common", Cloud.GLOBAL);
        OneDriveConfiguration options = component.getConfiguration().copy();
        options.setResponseTimeout(stalls ? STALLED : options.getResponseTimeout());
        return new InlineTokenProvider(credentials, new LoginClient(component.httpClient(options), login));
    }

    boolean holds(String path, byte[] content) {
        return route.holds(path, content);
    }

    /** From now on, nothing listens for the requests of this place. @return how many there were */
    AtomicInteger refuse(Place place, String folder, int times) {
        return refuse((method, target, range) -> place.isHere(method, target, range, folder), times);
    }

    /** As {@link #refuse(Place, String, int)}, for requests chosen otherwise. */
    AtomicInteger refuse(Refusal which, int times) {
        AtomicInteger met = new AtomicInteger();
        refusal = (method, target, range) -> which.concerns(method, target, range) && met.incrementAndGet() <= times;
        return met;
    }

    /** From now on, somebody listens to all requests, and no wait is asked for any more. */
    void recover() {
        refusal = Refusal.NONE;
        time.skip(Duration.ofHours(2));
    }

    private ClassicHttpResponse refuse(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws java.io.IOException, HttpException {
        Header range = request.containsHeader("Range") ? request.getFirstHeader("Range")
                : request.getFirstHeader("Content-Range");
        if (refusal.concerns(request.getMethod(), request.getPath(), range == null ? "" : range.getValue())) {
            throw new ConnectException("Connection refused");
        }
        return chain.proceed(request, scope);
    }

    @Override
    public void close() {
        route.close();
        simulator.close();
    }

    /** Which requests; by method, target and the range that is sent or wanted. */
    @FunctionalInterface
    interface Refusal {

        Refusal NONE = (method, target, range) -> false;

        boolean concerns(String method, String target, String range);
    }
}
