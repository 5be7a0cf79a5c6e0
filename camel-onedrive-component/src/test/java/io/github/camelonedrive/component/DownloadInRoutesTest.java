package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.download.DownloadVerificationException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Downloads among Camel's patterns: hand-over to other threads, copies, redelivery, many at once. */
class DownloadInRoutesTest extends SimulatorTest {

    private static final byte[] CONTENT = SimulatedRoute.content(1_000_003);
    private static final String DOWNLOAD = "onedrive:offsite?operation=download&folderPath=/Backups";
    private static final Map<String, Object> DUMP = Map.of(OneDriveConstants.PATH, "dump.sql");

    @TempDir
    Path directory;

    private final Map<String, byte[]> seen = new ConcurrentHashMap<>();

    @BeforeEach
    void store() {
        onedrive.putFile("/Backups/dump.sql", CONTENT);
    }

    private void read(Exchange exchange, String name) throws IOException {
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            seen.put(name, body.readAllBytes());
        }
    }

    @Test
    void aStreamGoesAlongToOtherThreads() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:threads").streamCache("false").to(DOWNLOAD).threads(1)
                        .process(exchange -> read(exchange, "thread"));
                from("direct:tap").streamCache("false").to(DOWNLOAD).wireTap("direct:tapped");
                from("direct:tapped").streamCache("false").delay(200).process(exchange -> read(exchange, "tapped"));
            }
        });
        assertThat(route.send("direct:threads", null, DUMP).getException()).isNull();
        assertThat(seen.get("thread")).isEqualTo(CONTENT);

        // The exchange that was tapped is done, and has given the connection back, before anybody reads.
        assertThat(route.send("direct:tap", null, DUMP).getException()).isNull();
        Awaitility.await().untilAsserted(() -> assertThat(seen.get("tapped")).isEqualTo(CONTENT));
    }

    @Test
    void withStreamCachingSeveralReadIt() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:several").streamCache("true").to(DOWNLOAD).multicast().parallelProcessing()
                        .to("direct:one", "direct:two").end().process(exchange -> read(exchange, "after"));
                from("direct:one").process(exchange -> read(exchange, "one"));
                from("direct:two").process(exchange -> read(exchange, "two"));
            }
        });
        assertThat(route.send("direct:several", null, DUMP).getException()).isNull();
        assertThat(seen).containsOnlyKeys("one", "two", "after")
                .allSatisfy((name, bytes) -> assertThat(bytes).isEqualTo(CONTENT));
        assertThat(onedrive.requests(Step.CONTENT)).hasSize(1);
    }

    @Test
    void aRedeliveryDownloadsAgain() throws Exception {
        onedrive.fault(Fault.on(Step.CONTENT).times(2).damageAnswer());
        Path file = directory.resolve("dump.sql");
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DownloadVerificationException.class).maximumRedeliveries(3).redeliveryDelay(0);
                from("direct:again").to(DOWNLOAD + "&localFile=" + file);
            }
        });
        assertThat(route.send("direct:again", null, DUMP).getException()).isNull();
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(onedrive.requests(Step.CONTENT)).hasSize(3);
    }

    @Test
    void manyAtOnceOfDifferentFilesAndOfTheSame() throws Exception {
        try (ProducerTemplate template = route.context().createProducerTemplate()) {
            List<CompletableFuture<Exchange>> downloads = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Path file = directory.resolve("dump" + i % 16);
                downloads.add(template.asyncSend(DOWNLOAD, exchange -> {
                    exchange.getMessage().setHeaders(new HashMap<>(DUMP));
                    exchange.getMessage().setHeader(OneDriveConstants.LOCAL_FILE, file);
                }));
            }
            for (CompletableFuture<Exchange> download : downloads) {
                assertThat(download.get(60, TimeUnit.SECONDS).getException()).isNull();
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files.toList()).hasSize(16).allSatisfy(file -> assertThat(file).hasBinaryContent(CONTENT));
        }
    }
}
