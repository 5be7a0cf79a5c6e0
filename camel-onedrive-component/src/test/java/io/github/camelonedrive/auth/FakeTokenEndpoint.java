package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A token endpoint that takes each refresh token once: the strictest rotation that a service can have. */
final class FakeTokenEndpoint implements AutoCloseable {

    final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger refused = new AtomicInteger();
    volatile Runnable beforeAnswer = () -> { };
    volatile boolean rotating = true;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile String validRefreshToken;

    FakeTokenEndpoint(String validRefreshToken) {
        this.validRefreshToken = validRefreshToken;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String validRefreshToken() {
        return validRefreshToken;
    }

    void nowValid(String refreshToken) {
        validRefreshToken = refreshToken;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(form);
        beforeAnswer.run();
        boolean good = grant(form.get("refresh_token"));
        String json = good
                ? "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"test-access-" + UUID.randomUUID() + "\""
                        + (rotating ? ",\"refresh_token\":\"" + validRefreshToken + "\"" : "") + "}"
                : "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70000: The provided grant is invalid.\"}";
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(good ? 200 : 400, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized boolean grant(String refreshToken) {
        if (!validRefreshToken.equals(refreshToken)) {
            refused.incrementAndGet();
            return false;
        }
        if (rotating) {
            validRefreshToken = "test-refresh-" + UUID.randomUUID();
        }
        return true;
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&")).map(pair -> pair.split("=", 2)).collect(Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
