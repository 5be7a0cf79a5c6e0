package io.github.camelonedrive.backup.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelonedrive.backup.failure.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one address, to be read only. Health and metrics ({@code /observe/*}) are for everyone who reaches it, under every
 * name. Pages are for this machine's own users: on loopback connections only, and under this machine's own names only.
 */
final class Site implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final String OBSERVE = "/observe/";
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Site::thread);
    private final Map<String, Page> pages;
    private final Optional<String> publicName;

    private Site(HttpServer server, Map<String, Page> pages, Optional<URI> publicUrl) {
        this.server = server;
        this.pages = pages;
        this.publicName = publicUrl.map(URI::getHost);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * @param pages     by path
     * @param publicUrl the pages' address for users behind a proxy on this machine
     */
    static Site open(InetSocketAddress address, Map<String, Page> pages, Optional<URI> publicUrl) throws IOException {
        return new Site(HttpServer.create(address, 0), pages, publicUrl);
    }

    /** Returns the scheme, host and port that this machine reaches it by, without a slash at the end. */
    String address() {
        InetAddress host = server.getAddress().getAddress();
        String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(OBSERVE)) {
            Optional<Answer> refusal = refusal(exchange);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.text(405, "Only GET and HEAD are served.");
        }
        Page page = pages.get(path);
        if (page == null) {
            return Answer.text(404, "There is no such page.");
        }
        try {
            return page.answer();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The page {} can't be shown: {}", path, Failures.message(e));
            return Answer.text(500, "This can't be shown; the log says why.");
        }
    }

    // A page of a foreign site in a browser on this machine could give its own name this address (DNS rebinding).
    private Optional<Answer> refusal(HttpExchange exchange) {
        if (!exchange.getLocalAddress().getAddress().isLoopbackAddress()) {
            return Optional.of(Answer.text(403, "Only health and metrics (/observe/*) are served here. Pages are served on"
                    + " loopback addresses only: use ssh -L, or a proxy on that machine with a sign-in of its own."));
        }
        return isOurs(exchange.getRequestHeaders().getFirst("Host")) ? Optional.empty()
                : Optional.of(Answer.text(403, "This address is not served here. Where a proxy stands before it, set"
                        + " backup.console.public-url."));
    }

    private boolean isOurs(String host) {
        String name = host == null ? "" : host.replaceAll(":\\d*$", "").toLowerCase(Locale.ROOT);
        return name.matches("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]")
                || publicName.filter(name::equalsIgnoreCase).isPresent();
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

    /** Something that is shown under a path. */
    @FunctionalInterface
    interface Page {

        Answer answer() throws IOException;
    }

    /** What is sent back. */
    record Answer(int status, String type, String body) {

        static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", text + "\n");
        }
    }
}
