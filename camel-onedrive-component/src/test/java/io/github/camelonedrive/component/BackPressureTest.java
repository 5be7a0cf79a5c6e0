package io.github.camelonedrive.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A source waits when more comes than is uploaded; nothing else waits, whatever the routes look like. */
class BackPressureTest extends SimulatorTest {

    private static final String NARROW = "onedrive:offsite?maxConcurrentUploads=1&maxQueuedUploads=2";
    private static final String NO_QUEUE = "onedrive:offsite?maxConcurrentUploads=1&maxQueuedUploads=0";

    private final CountDownLatch hold = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void release() {
        hold.countDown();
        callers.shutdownNow();
    }

    private Exchange exchange(String name) {
        Exchange exchange = new DefaultExchange(route.context());
        exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
        exchange.getMessage().setBody("content of " + name);
        return exchange;
    }

    private Producer producer(String uri) throws Exception {
        Producer producer = route.context().getEndpoint(uri).createProducer();
        producer.start();
        return producer;
    }

    /** Returns whether the producer was done when it returned. */
    private CompletableFuture<Boolean> process(Producer producer, Exchange exchange, CompletableFuture<Boolean> doneSync) {
        return CompletableFuture.supplyAsync(
                () -> ((AsyncProcessor) producer).process(exchange, doneSync::complete), callers);
    }

    private void stallFirstUpload() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).nth(1).stall(hold));
    }

    private void routes(RouteBuilder routes) throws Exception {
        route.context().addRoutes(routes);
    }

    @Test
    void process_queueIsFull_callerWaitsUntilItsUploadHasEnded() throws Exception {
        stallFirstUpload();
        Producer producer = producer(NARROW);
        List<CompletableFuture<Boolean>> done = new ArrayList<>();
        List<CompletableFuture<Boolean>> returned = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            done.add(new CompletableFuture<>());
            returned.add(process(producer, exchange(i + ".txt"), done.get(i)));
            assertThat(returned.get(i).get(10, TimeUnit.SECONDS)).isFalse();
        }

        done.add(new CompletableFuture<>());
        Thread[] caller = new Thread[1];
        returned.add(CompletableFuture.supplyAsync(() -> {
            caller[0] = Thread.currentThread();
            return ((AsyncProcessor) producer).process(exchange("3.txt"), done.get(3)::complete);
        }, callers));
        Awaitility.await().until(() -> caller[0] != null && caller[0].getState() == Thread.State.WAITING);
        assertThat(returned.get(3)).isNotDone();
        hold.countDown();

        assertThat(returned.get(3).get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done.get(3).get(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(done.get(i).get(10, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(uploaded()).containsExactly("0.txt", "1.txt", "2.txt", "3.txt");
        producer.stop();
    }

    /** Returns the names in the order in which they were sent. */
    private List<String> uploaded() {
        return onedrive.requests(Step.SIMPLE_UPLOAD).stream()
                .map(request -> request.path().replaceAll(":/content.*", "").replaceAll(".*[/:]", "")).toList();
    }

    @Test
    void sedaSource_uploadsAreSlow_keepsItsMessages() throws Exception {
        stallFirstUpload();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in?size=100").to(NARROW);
            }
        });
        SedaEndpoint seda = route.context().getEndpoint("seda:in?size=100", SedaEndpoint.class);
        for (int i = 0; i < 20; i++) {
            route.send("seda:in?size=100", "content", Map.of(Exchange.FILE_NAME, String.format("%02d.txt", i)));
        }
        // One is uploaded, two are queued, with one the consumer's thread waits.
        Awaitility.await().during(200, TimeUnit.MILLISECONDS).until(() -> seda.getQueue().size() == 16);

        hold.countDown();

        Awaitility.await().until(() -> onedrive.paths().size() == 20);
        assertThat(uploaded()).isSorted().hasSize(20);
    }

    @Test
    void otherOperations_uploadsFillTheQueue_doNotWait() throws Exception {
        stallFirstUpload();
        ProducerTemplate template = route.context().createProducerTemplate();
        List<CompletableFuture<Exchange>> uploads =
                IntStream.range(0, 5).mapToObj(i -> template.asyncSend(NARROW, exchange(i + ".txt"))).toList();
        Awaitility.await().until(() -> onedrive.requests(Step.SIMPLE_UPLOAD).size() == 1);

        for (String operation : List.of("list", "getDrive", "createFolder", "search", "checkConnection")) {
            Exchange other = new DefaultExchange(route.context());
            other.getMessage().setHeader(OneDriveConstants.OPERATION, operation);
            if (operation.equals("createFolder")) {
                other.getMessage().setHeader(OneDriveConstants.PATH, "folder");
            }
            String uri = NARROW + "&query=x";
            assertThat(template.asyncSend(uri, other).get(20, TimeUnit.SECONDS).getException()).as(operation).isNull();
        }
        List<CompletableFuture<Exchange>> many = IntStream.range(0, 20)
                .mapToObj(i -> {
                    Exchange other = exchange("x");
                    other.getMessage().setHeader(OneDriveConstants.OPERATION, "getDrive");
                    return template.asyncSend(NARROW, other);
                }).toList();
        for (CompletableFuture<Exchange> one : many) {
            assertThat(one.get(20, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(uploads).noneMatch(CompletableFuture::isDone);
        hold.countDown();
        for (CompletableFuture<Exchange> upload : uploads) {
            assertThat(upload.get(20, TimeUnit.SECONDS).getException()).isNull();
        }
    }

    @Test
    void uploads_waiting_occupyNoThreads() throws Exception {
        stallFirstUpload();
        Producer producer = producer("onedrive:offsite?maxConcurrentUploads=2");
        List<CompletableFuture<Boolean>> done = IntStream.range(0, 101).mapToObj(i -> new CompletableFuture<Boolean>())
                .toList();
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).nth(2).stall(hold));
        for (int i = 0; i < 101; i++) {
            assertThat(((AsyncProcessor) producer).process(exchange(i + ".txt"), done.get(i)::complete)).isFalse();
        }

        // Threads of a test before may be ending still.
        Awaitility.await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()
                .stream().filter(thread -> thread.getName().endsWith("- OneDrive"))).hasSizeLessThanOrEqualTo(2));
        hold.countDown();
        for (CompletableFuture<Boolean> one : done) {
            assertThat(one.get(20, TimeUnit.SECONDS)).isFalse();
        }
        producer.stop();
    }

    @Test
    void synchronous_callerWaitsAndItsThreadGoesOn() throws Exception {
        Producer producer = producer("onedrive:offsite?synchronous=true");
        Thread caller = Thread.currentThread();
        Thread[] called = new Thread[1];
        boolean[] sync = new boolean[1];

        boolean done = ((AsyncProcessor) producer).process(exchange("a.txt"), doneSync -> {
            sync[0] = doneSync;
            called[0] = Thread.currentThread();
        });

        assertThat(done).isTrue();
        assertThat(sync[0]).isTrue();
        assertThat(called[0]).isSameAs(caller);
        assertThat(onedrive.paths()).containsExactly("/a.txt");
        producer.stop();
    }

    @Test
    void synchronous_otherOperationsAndFailures_endOnTheCallersThreadToo() throws Exception {
        Producer producer = producer("onedrive:offsite?synchronous=true&operation=getItem");
        Exchange exchange = exchange("missing.txt");
        exchange.getMessage().setHeader(OneDriveConstants.PATH, "missing.txt");

        assertThat(((AsyncProcessor) producer).process(exchange, doneSync -> assertThat(doneSync).isTrue())).isTrue();

        assertThat(exchange.getException()).hasMessageContaining("404");
        producer.stop();
    }

    @Test
    void process_callerIsInterrupted_stopsItsUploadAndLeavesNoSession() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).throttle("600"));
        Producer producer = producer("onedrive:offsite?synchronous=true&simpleUploadLimit=0&chunkSize=320kB");
        Exchange exchange = exchange("a.bin");
        exchange.getMessage().setBody(SimulatedRoute.content(1_000_000));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            ((AsyncProcessor) producer).process(exchange, doneSync -> { });
            interrupted.complete(Thread.interrupted());
        });
        caller.start();
        Awaitility.await().until(() -> onedrive.requests().stream().anyMatch(request -> request.status() == 429));

        caller.interrupt();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(exchange.getException()).isInstanceOf(OperationStoppedException.class);
        producer.stop();
    }

    @Test
    void process_callerIsInterruptedWhileItsUploadWaits_isNotUploaded() throws Exception {
        stallFirstUpload();
        Producer producer = producer(NO_QUEUE);
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        ((AsyncProcessor) producer).process(exchange("0.txt"), first::complete);
        Exchange second = exchange("1.txt");
        Thread caller = new Thread(() -> ((AsyncProcessor) producer).process(second, doneSync -> { }));
        caller.start();
        Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);

        caller.interrupt();
        caller.join(10_000);
        hold.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(second.getException()).isInstanceOf(OperationStoppedException.class);
        assertThat(onedrive.paths()).containsExactly("/0.txt");
        producer.stop();
    }

    @Test
    void stop_callersWait_letsThemGo() throws Exception {
        stallFirstUpload();
        Producer producer = producer(NARROW);
        List<Exchange> exchanges = IntStream.range(0, 6).mapToObj(i -> exchange(i + ".txt")).toList();
        List<CompletableFuture<Boolean>> returned = exchanges.stream()
                .map(exchange -> process(producer, exchange, new CompletableFuture<>())).toList();
        Awaitility.await().until(() -> returned.stream().filter(CompletableFuture::isDone).count() == 3);

        producer.stop();

        for (int i = 0; i < 6; i++) {
            returned.get(i).get(10, TimeUnit.SECONDS);
            assertThat(exchanges.get(i).getException()).isInstanceOf(OperationStoppedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void pause_queueIsFull_callersWaitUntilResumedOrStopped(boolean resumed) throws Exception {
        Producer producer = producer(NARROW);
        OneDriveEndpoint endpoint = (OneDriveEndpoint) producer.getEndpoint();
        endpoint.pauseUploads();
        List<Exchange> exchanges = IntStream.range(0, 4).mapToObj(i -> exchange(i + ".txt")).toList();
        List<CompletableFuture<Boolean>> returned = exchanges.stream()
                .map(exchange -> process(producer, exchange, new CompletableFuture<>())).toList();
        Awaitility.await().until(() -> endpoint.getUploadsHeld() == 4);
        assertThat(returned.stream().filter(CompletableFuture::isDone)).hasSize(2);
        assertThat(onedrive.requests()).isEmpty();

        if (resumed) {
            endpoint.resumeUploads();
        } else {
            producer.stop();
        }

        for (CompletableFuture<Boolean> one : returned) {
            one.get(10, TimeUnit.SECONDS);
        }
        Awaitility.await().until(() -> onedrive.paths().size() == (resumed ? 4 : 0));
        producer.stop();
    }

    /** The threads that complete uploads bring new ones, to queues that are full. */
    @Test
    void uploadsAfterUploads_queuesAreFull_allArrive() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:there?concurrentConsumers=4").to(NO_QUEUE + "&folderPath=/a").to(NO_QUEUE + "&folderPath=/b");
                from("seda:back?concurrentConsumers=4").to(NO_QUEUE + "&folderPath=/b").to(NO_QUEUE + "&folderPath=/a");
            }
        });
        for (int i = 0; i < 20; i++) {
            route.send("seda:there", "content", Map.of(Exchange.FILE_NAME, "there" + i));
            route.send("seda:back", "content", Map.of(Exchange.FILE_NAME, "back" + i));
        }
        Awaitility.await().until(() -> onedrive.paths().size() == 80);
    }

    /** A route that calls itself after the upload, on the thread that completed it. */
    @Test
    void uploadsWithinUploads_queueIsFull_allArrive() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(NO_QUEUE).process(exchange -> {
                    int depth = exchange.getMessage().getHeader("depth", Integer.class);
                    if (depth > 0) {
                        Exchange inner = route.send("direct:in", "content",
                                Map.of("depth", depth - 1, Exchange.FILE_NAME, exchange.getExchangeId() + depth));
                        assertThat(inner.getException()).isNull();
                    }
                });
            }
        });
        ProducerTemplate template = route.context().createProducerTemplate();
        List<CompletableFuture<Exchange>> sent = IntStream.range(0, 5)
                .mapToObj(i -> template.asyncSend("direct:in", exchange -> {
            exchange.getMessage().setHeaders(new java.util.HashMap<>(Map.of("depth", 3, Exchange.FILE_NAME, "outer" + i)));
            exchange.getMessage().setBody("content");
        })).toList();

        for (CompletableFuture<Exchange> one : sent) {
            assertThat(one.get(30, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(onedrive.paths()).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = { "split", "multicast", "recipientList", "wireTap", "aggregate" })
    void parallelPatterns_queueIsFull_allArrive(String pattern) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:split").to(NO_QUEUE + "&folderPath=/first").split(constant(List.of("a", "b", "c", "d", "e")))
                        .parallelProcessing().setHeader(Exchange.FILE_NAME, simple("${header.n}-${body}")).to(NO_QUEUE);
                from("direct:multicast").to(NO_QUEUE + "&folderPath=/first").multicast().parallelProcessing()
                        .to("direct:a", "direct:b", "direct:c", "direct:d", "direct:e");
                from("direct:recipientList").to(NO_QUEUE + "&folderPath=/first")
                        .recipientList(constant("direct:a,direct:b,direct:c,direct:d,direct:e")).parallelProcessing();
                from("direct:wireTap").to(NO_QUEUE + "&folderPath=/first").wireTap("direct:a").wireTap("direct:b")
                        .wireTap("direct:c").wireTap("direct:d").to("direct:e");
                from("direct:aggregate").to(NO_QUEUE + "&folderPath=/first").split(constant(List.of("a", "b", "c", "d", "e")))
                        .aggregate(simple("${header.n}-${body}"), (old, next) -> next).completionSize(1).parallelProcessing()
                        .setHeader(Exchange.FILE_NAME, simple("${header.n}-${body}")).to(NO_QUEUE);
                for (String branch : List.of("a", "b", "c", "d", "e")) {
                    from("direct:" + branch).setHeader(Exchange.FILE_NAME, simple("${header.n}-" + branch)).to(NO_QUEUE);
                }
            }
        });
        ProducerTemplate template = route.context().createProducerTemplate();
        List<CompletableFuture<Exchange>> sent = IntStream.range(0, 6)
                .mapToObj(i -> template.asyncSend("direct:" + pattern, exchange -> {
                    exchange.getMessage().setHeader("n", i);
                    exchange.getMessage().setHeader(Exchange.FILE_NAME, "first" + i);
                    exchange.getMessage().setBody("content");
                })).toList();

        for (CompletableFuture<Exchange> one : sent) {
            assertThat(one.get(30, TimeUnit.SECONDS).getException()).isNull();
        }
        Awaitility.await().until(() -> onedrive.paths().size() == 36);
    }

    @Test
    void options_noneBelowZero() {
        assertThatThrownBy(() -> producer("onedrive:offsite?maxQueuedUploads=-1"))
                .hasStackTraceContaining("maxQueuedUploads must not be negative");
    }

    @Test
    void executorService_ofTheUser_isUsedAndNotShutDown() throws Exception {
        List<String> names = new ArrayList<>();
        ExecutorService own = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "mine");
            names.add(thread.getName());
            return thread;
        });
        try (SimulatedRoute other = new SimulatedRoute(onedrive,
                context -> context.getComponent("onedrive", OneDriveComponent.class).setExecutorService(own))) {
            other.upload("onedrive:offsite?simpleUploadLimit=0", "a.bin", SimulatedRoute.content(3_000_000));
        }
        assertThat(names).isNotEmpty();
        assertThat(own.isShutdown()).isFalse();
        own.shutdownNow();
    }

    @Test
    void executorService_withAQueue_isRefused() {
        ExecutorService fixed = Executors.newFixedThreadPool(2);
        try {
            route.component().setExecutorService(fixed);
            route.component().stop();
            assertThatThrownBy(() -> route.component().start()).hasStackTraceContaining("has a queue");
        } finally {
            fixed.shutdownNow();
        }
    }

    @Test
    void executorService_hasNoThread_exchangeFails() throws Exception {
        ExecutorService ended = Executors.newCachedThreadPool();
        ended.shutdown();
        try (SimulatedRoute other = new SimulatedRoute(onedrive,
                context -> context.getComponent("onedrive", OneDriveComponent.class).setExecutorService(ended))) {
            for (int i = 0; i < 3; i++) {
                assertThat(other.send("onedrive:offsite?maxConcurrentUploads=1", "x", Map.of(Exchange.FILE_NAME, "a"))
                        .getException()).isInstanceOf(OperationStoppedException.class);
            }
        }
    }
}
