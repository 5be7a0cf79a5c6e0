package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;

import io.github.camelonedrive.transport.TimeSource;

/** A sign-in service that gives prepared answers in their order, and then always the last one. */
final class ScriptedLogin implements AutoCloseable {

    /** What was sent, in order. */
    final List<Request> requests = new CopyOnWriteArrayList<>();
    volatile Runnable beforeAnswer = () -> { };

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries().build();
    private final HttpServer server;
    private Answer last = new Answer(500, "");

    record Request(String path, Map<String, String> form) {
    }

    private record Answer(int status, String body) {
    }

    ScriptedLogin() {
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

    LoginClient client(TimeSource clock) {
        return client(clock, LoginSettings.DEFAULT_SCOPE);
    }

    /** Retries at once. */
    LoginClient client(TimeSource clock, String scope) {
        return new LoginClient(http, new LoginSettings(Optional.empty(), scope, clock,
                new Random(1)).withLoginEndpoint(address()));
    }

    synchronized ScriptedLogin then(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    ScriptedLogin thenError(String error) {
        return then(400, "{\"error\":\"" + error + "\"}");
    }

    ScriptedLogin thenTokens(String accessToken, String refreshToken) {
        return then(200, "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"" + accessToken + "\""
                + (refreshToken == null ? "" : ",\"refresh_token\":\"" + refreshToken + "\"") + "}");
    }

    Map<String, String> form(int index) {
        return requests.get(index).form();
    }

    private synchronized Answer next() {
        if (!answers.isEmpty()) {
            last = answers.remove();
        }
        return last;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new Request(exchange.getRequestURI().getPath(),
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));
        beforeAnswer.run();
        Answer answer = next();
        if (answer.status == 0) {
            exchange.close();
            return;
        }
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&")).filter(pair -> pair.contains("=")).map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
