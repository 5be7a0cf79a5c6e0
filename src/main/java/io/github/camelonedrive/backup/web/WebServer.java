package io.github.camelonedrive.backup.web;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.settings.ConsoleSettings;
import io.github.camelonedrive.component.OneDriveComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows pages, health and metrics over HTTP, to be read only. The JDK's own server: Camel's brings Vert.x and Netty, which cost
 * {@code run} a second of CPU time at its start and 40 MB.
 */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int THREADS = 4;

    // Camel's exposure level that also shows checks that are up, where our warnings are.
    private static final String ALL = "full";

    // In seconds, for a whole request: whoever sends none must not keep others from asking for health.
    private static final String LONGEST_REQUEST = "30";

    private final ConsoleSettings settings;
    private final HttpServer server;
    private final ExecutorService threads;
    private final boolean loopback;
    private final Map<String, Page> pages = new LinkedHashMap<>();

    private WebServer(ConsoleSettings settings, HttpServer server, CamelContext context, BackupMeters meters) {
        this.settings = settings;
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, WebServer::thread);
        this.loopback = server.getAddress().getAddress().isLoopbackAddress();
        OneDriveComponent component = context.getComponent("onedrive", OneDriveComponent.class);
        pages.put("/", () -> destinations(component));
        pages.put("/style.css", () -> new Answer(200, "text/css; charset=utf-8", DestinationsPage.STYLE));
        pages.put("/observe/health", () -> health(HealthCheckHelper.invoke(context, ALL)));
        pages.put("/observe/health/live", () -> health(HealthCheckHelper.invokeLiveness(context, ALL)));
        pages.put("/observe/health/ready", () -> health(HealthCheckHelper.invokeReadiness(context, ALL)));
        pages.put("/observe/metrics", () -> metrics(component, meters));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts it, unless the settings say no or the address can't be had: backups go on without it, and the log says what to do.
     *
     * @param context with the component
     */
    public static Optional<WebServer> start(ConsoleSettings settings, CamelContext context, BackupMeters meters) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", LONGEST_REQUEST);
        }
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
            WebServer web = new WebServer(settings, HttpServer.create(address, 0), context, meters);
            web.announce();
            return Optional.of(web);
        } catch (IOException e) {
            LOG.warn("Pages, health and metrics are not shown: {}:{} can't be listened on ({}). {} Backups go on without"
                    + " them.", settings.host(), settings.port(), e.getMessage(), remedy(e));
            return Optional.empty();
        }
    }

    private static String remedy(IOException e) {
        return e instanceof BindException
                ? "If another program has the port, set backup.console.port to another one, or to 0 for a free one;"
                        + " backup.console.enabled=false switches them off."
                : "Check backup.console.host.";
    }

    private void announce() {
        String address = address();
        LOG.info("Pages: {}/, health: {}/observe/health, metrics: {}/observe/metrics.", address, address, address);
        if (!loopback) {
            LOG.warn("backup.console.host is {}: whoever reaches this machine reads the names of destinations and how they"
                    + " fare, without a password and without TLS. Use 127.0.0.1, with a proxy that asks who it is before it.",
                    settings.host());
        }
    }

    /** Scheme, host and port, without a slash at the end. */
    public String address() {
        String host = settings.host().contains(":") && !settings.host().startsWith("[")
                ? "[" + settings.host() + "]" : settings.host();
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
            return Answer.text(403, "This address is not served here. Where a proxy stands before it, set"
                    + " backup.console.public-url.");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.text(405, "Only GET and HEAD are served.");
        }
        Page page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return Answer.text(404, "There is no such page.");
        }
        try {
            return page.answer();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The page {} can't be shown: {}", exchange.getRequestURI().getPath(), Failures.message(e));
            return Answer.text(500, "This can't be shown; the log says why.");
        }
    }

    // A page of somebody else in a browser here could give its own name this address (DNS rebinding) and read along.
    private boolean isOurs(String host) {
        if (!loopback) {
            return true;
        }
        String name = host == null ? "" : host.replaceAll(":\\d*$", "").toLowerCase(Locale.ROOT);
        return name.matches("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]")
                || settings.publicUrl().map(URI::getHost).filter(name::equalsIgnoreCase).isPresent();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type);
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(answer.status, -1);
        } else {
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Answer destinations(OneDriveComponent component) {
        try {
            return new Answer(200, "text/html; charset=utf-8", DestinationsPage.of(component.destinationStates()));
        } catch (IOException e) {
            return new Answer(200, "text/html; charset=utf-8", DestinationsPage.ofTrouble(Failures.message(e)));
        }
    }

    private static Answer health(Collection<HealthCheck.Result> results) {
        HealthReport report = HealthReport.of(results);
        return new Answer(report.up() ? 200 : 503, "application/json", report.json());
    }

    private static Answer metrics(OneDriveComponent component, BackupMeters meters) {
        component.updateMeters();
        return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", meters.registry().scrape());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "web");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @FunctionalInterface
    private interface Page {

        Answer answer() throws IOException;
    }

    private record Answer(int status, String type, String body) {

        static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", text + "\n");
        }
    }
}
