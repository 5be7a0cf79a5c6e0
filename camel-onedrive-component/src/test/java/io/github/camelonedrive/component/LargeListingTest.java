package io.github.camelonedrive.component;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.Secret;

import static org.assertj.core.api.Assertions.assertThat;

/** A listing of a hundred thousand items, streamed and split, in a process whose heap could not hold them. */
@Tag("full")
class LargeListingTest {

    private static final int ITEMS = 100_000;
    private static final int PAGE = 200;

    @TempDir
    Path directory;

    @Test
    void aHundredThousandItemsGoThroughASmallHeap() throws Exception {
        // Held at once, they would take some 150 MB.
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m",
                "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                Lister.class.getName()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
            assertThat(Files.readString(output)).contains("items " + ITEMS);
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Lists folders that a small server makes up: a hundred of a thousand files each. */
    public static final class Lister {

        private static final int FOLDERS = 100;

        private Lister() {
        }

        public static void main(String[] args) throws Exception {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1.0";
            server.createContext("/", exchange -> answer(endpoint, exchange));
            server.start();
            AtomicLong items = new AtomicLong();
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.getRegistry().bind("tokens", new Tokens());
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:list").to("onedrive:x?operation=list&recursive=true&streamList=true&tokenProvider=#tokens"
                                + "&graphEndpoint=" + endpoint).split(body()).streaming()
                                .process(exchange -> items.incrementAndGet());
                    }
                });
                context.start();
                context.createProducerTemplate().requestBody("direct:list", (Object) null);
            }
            server.stop(0);
            System.out.println("items " + (items.get() - FOLDERS));
        }

        private static void answer(String endpoint, HttpExchange exchange) throws IOException {
            String target = exchange.getRequestURI().toString();
            String body;
            if (target.contains("/items/")) {
                int from = target.contains("?") ? Integer.parseInt(target.replaceFirst(".*=", "")) : 0;
                int size = ITEMS / FOLDERS;
                String next = from + PAGE < size ? ",\"@odata.nextLink\":\"" + endpoint
                        + target.substring("/v1.0".length()).replaceFirst("\\?.*", "") + "?$skiptoken=" + (from + PAGE) + "\""
                        : "";
                body = IntStream.range(from, Math.min(size, from + PAGE)).mapToObj(i -> item(i, "\"file\":{\"hashes\":"
                        + "{\"quickXorHash\":\"" + "h".repeat(28) + "\"}},\"webUrl\":\"https://x.test/" + "u".repeat(200)
                        + "\",\"eTag\":\"" + "e".repeat(60) + "\""))
                        .collect(Collectors.joining(",", "{\"value\":[", "]" + next + "}"));
            } else {
                body = IntStream.range(0, FOLDERS).mapToObj(i -> item(i, "\"folder\":{\"childCount\":1000}"))
                        .collect(Collectors.joining(",", "{\"value\":[", "]}"));
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        private static String item(int number, String more) {
            return "{\"id\":\"id-" + number + "-" + "i".repeat(30) + "\",\"name\":\"name " + number + " " + "n".repeat(100)
                    + "\"," + more + ",\"parentReference\":{\"driveId\":\"" + "d".repeat(60) + "\",\"id\":\"" + "p".repeat(34)
                    + "\",\"path\":\"/drive/root:/" + "p".repeat(100) + "\"}}";
        }
    }

    /** Never expires. */
    public static final class Tokens implements TokenProvider {

        @Override
        public AccessToken accessToken() {
            return new AccessToken(Secret.of("an access token of a test"), Instant.MAX);
        }
    }
}
