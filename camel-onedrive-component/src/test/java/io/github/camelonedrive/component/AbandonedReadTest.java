package io.github.camelonedrive.component;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Contents that a route stops reading in the middle: no connection stays with them. */
class AbandonedReadTest {

    private static final int LINES = 200_000;

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    private final PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger lines = new AtomicInteger();
    private final CountDownLatch consumed = new CountDownLatch(1);

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    private SimulatedRoute route(RouteBuilder routes) {
        onedrive().putFile("/Inbox/a.txt", "[a line]\n".repeat(LINES).getBytes());
        return new SimulatedRoute(onedrive(), context -> {
            context.getComponent("onedrive", OneDriveComponent.class).getConfiguration()
                    .setHttpClientConfigurer(builder -> builder.setConnectionManager(pool));
            context.addRoutes(routes);
        });
    }

    private int connectionsInUse() {
        return pool.getTotalStats().getLeased();
    }

    private void firstLine(Exchange exchange) {
        exchange.getMessage().getBody(Iterator.class).next();
        begun.incrementAndGet();
    }

    private void fail(Exchange exchange) {
        begun.incrementAndGet();
        throw new IllegalStateException("as the test says");
    }

    private void awaitConsumed(Exchange exchange) throws InterruptedException {
        assertThat(consumed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitNoConnection(SimulatedRoute route) {
        Awaitility.await().until(() -> begun.get() > 0);
        Awaitility.await().until(() -> route.context().getInflightRepository().size() == 0 && connectionsInUse() == 0);
    }

    /** The exchange that holds the file is the one that reads. */
    @ParameterizedTest
    @ValueSource(strings = {"iterator", "stopOnException", "filter", "stop", "fails", "group", "xml", "seda", "parallel"})
    void holderOfTheFile_stopsReading_returnsTheConnection(String reader) {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(Inbox.uri("move=done&repeatCount=1")).to(reader.equals("seda") ? "seda:read" : "direct:read");
                from("seda:read").to("direct:read");
                var read = from("direct:read");
                switch (reader) {
                    case "stopOnException" -> read.split().tokenize("\n").streaming().stopOnException()
                            .process(AbandonedReadTest.this::fail);
                    case "parallel" -> read.split().tokenize("\n").streaming().parallelProcessing().stopOnException()
                            .process(AbandonedReadTest.this::fail);
                    case "filter" -> read.setBody().tokenize("\n").process(AbandonedReadTest.this::firstLine)
                            .filter(constant(false)).to("mock:never");
                    case "stop" -> read.setBody().tokenize("\n").process(AbandonedReadTest.this::firstLine).stop();
                    case "fails" -> read.setBody().tokenize("\n").process(AbandonedReadTest.this::firstLine)
                            .throwException(new IllegalStateException("as the test says"));
                    case "group" -> read.split().tokenize("\n", 10).streaming().stopOnException()
                            .process(AbandonedReadTest.this::fail);
                    case "xml" -> read.split().tokenizePair("[", "]").streaming().stopOnException()
                            .process(AbandonedReadTest.this::fail);
                    default -> read.setBody().tokenize("\n").process(AbandonedReadTest.this::firstLine);
                }
            }
        })) {
            awaitNoConnection(route);
        }
    }

    /** A copy reads, with the file still held or not. */
    @ParameterizedTest
    @ValueSource(strings = {"iterator", "stopOnException", "fails", "stream", "group"})
    void wireTap_stopsReadingAfterTheHolder_returnsTheConnection(String reader) {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(Inbox.uri("move=done")).wireTap("direct:tapped").process(exchange -> { });
                var tapped = from("direct:tapped").process(AbandonedReadTest.this::awaitConsumed);
                switch (reader) {
                    case "stopOnException" -> tapped.split().tokenize("\n").streaming().stopOnException()
                            .process(AbandonedReadTest.this::fail);
                    case "group" -> tapped.split().tokenize("\n", 10).streaming().stopOnException()
                            .process(AbandonedReadTest.this::fail);
                    case "fails" -> tapped.setBody().tokenize("\n").process(AbandonedReadTest.this::firstLine)
                            .throwException(new IllegalStateException("as the test says"));
                    case "stream" -> tapped.process(exchange -> {
                        assertThat(exchange.getMessage().getBody(InputStream.class).read()).isEqualTo('[');
                        begun.incrementAndGet();
                    });
                    default -> tapped.setBody().tokenize("\n").process(AbandonedReadTest.this::firstLine);
                }
            }
        })) {
            Awaitility.await().until(() -> onedrive().paths().contains("/Inbox/done/a.txt"));
            consumed.countDown();
            awaitNoConnection(route);
        }
    }

    @Test
    void wireTap_readsWhenTheHolderEndsAndStopsThen_returnsTheConnection() {
        CountDownLatch tapped = new CountDownLatch(1);
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("move=done")).wireTap("direct:tapped")
                        .process(exchange -> assertThat(tapped.await(20, TimeUnit.SECONDS)).isTrue());
                from("direct:tapped").setBody().tokenize("\n").process(exchange -> {
                    Iterator<?> read = exchange.getMessage().getBody(Iterator.class);
                    read.next();
                    tapped.countDown();
                    awaitConsumed(exchange);
                    for (int i = 0; i < LINES / 2; i++) {
                        read.next();
                    }
                    begun.incrementAndGet();
                });
            }
        })) {
            Awaitility.await().until(() -> onedrive().paths().contains("/Inbox/done/a.txt"));
            consumed.countDown();
            awaitNoConnection(route);
        }
    }

    @Test
    void wireTap_pausesReadingForLong_readsAllAllTheSame() {
        CountDownLatch idle = new CountDownLatch(1);
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("move=done")).wireTap("direct:tapped").process(exchange -> { });
                from("direct:tapped").process(AbandonedReadTest.this::awaitConsumed).split().tokenize("\n").streaming()
                        .process(exchange -> {
                            if (lines.incrementAndGet() == LINES / 3) {
                                begun.incrementAndGet();
                                assertThat(idle.await(20, TimeUnit.SECONDS)).isTrue();
                            }
                        });
            }
        })) {
            Awaitility.await().until(() -> onedrive().paths().contains("/Inbox/done/a.txt"));
            consumed.countDown();
            Awaitility.await().until(() -> begun.get() == 1 && connectionsInUse() == 0);
            idle.countDown();
            Awaitility.await().until(() -> lines.get() == LINES);
            awaitNoConnection(route);
        }
    }

    @Test
    void parallelMulticast_endsBeforeItsSlowBranch_returnsTheConnection() {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(Inbox.uri("move=done")).multicast().parallelProcessing().timeout(50).to("direct:slow", "mock:quick");
                from("direct:slow").process(exchange -> consumed.await()).setBody().tokenize("\n")
                        .process(AbandonedReadTest.this::firstLine);
            }
        })) {
            Awaitility.await().until(() -> onedrive().paths().contains("/Inbox/done/a.txt"));
            consumed.countDown();
            awaitNoConnection(route);
        }
    }

    @Test
    void aggregate_stopsReadingAfterItsExchanges_returnsTheConnection() {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("move=done")).aggregate(new GroupedBodyAggregationStrategy()).constant(true)
                        .completionPredicate(exchange -> false).completionTimeout(500)
                        .process(AbandonedReadTest.this::awaitConsumed)
                        .setBody(exchange -> exchange.getMessage().getBody(List.class).get(0)).setBody().tokenize("\n")
                        .process(AbandonedReadTest.this::firstLine);
            }
        })) {
            Awaitility.await().until(() -> onedrive().paths().contains("/Inbox/done/a.txt"));
            consumed.countDown();
            awaitNoConnection(route);
        }
    }

    @Test
    void pollEnrich_stopsReading_returnsTheConnection() {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich("onedrive:inbox/Inbox?fileName=a.txt&move=done", 5_000)
                        .wireTap("direct:tapped").split().tokenize("\n").streaming().stopOnException()
                        .process(AbandonedReadTest.this::fail);
                from("direct:tapped").process(AbandonedReadTest.this::awaitConsumed).setBody().tokenize("\n")
                        .process(AbandonedReadTest.this::firstLine);
            }
        })) {
            assertThat(route.send("direct:ask", null, Map.of()).getException()).isNotNull();
            assertThat(connectionsInUse()).isZero();
            consumed.countDown();
            Awaitility.await().until(() -> begun.get() == 2);
            awaitNoConnection(route);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterator", "stopOnException", "stream"})
    void download_stopsReading_returnsTheConnection(String reader) {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                getContext().setStreamCaching(false);
                var read = from("direct:ask").to("onedrive:inbox/Inbox?operation=download&fileName=a.txt");
                switch (reader) {
                    case "stopOnException" -> read.split().tokenize("\n").streaming().stopOnException()
                            .process(AbandonedReadTest.this::fail);
                    case "stream" -> read.process(exchange -> {
                        exchange.getMessage().getBody(InputStream.class).read();
                        fail(exchange);
                    });
                    default -> read.setBody().tokenize("\n").process(AbandonedReadTest.this::firstLine);
                }
            }
        })) {
            route.send("direct:ask", null, Map.of());
            assertThat(begun).hasValueGreaterThan(0);
            awaitNoConnection(route);
        }
    }
}
