package io.github.camelonedrive.component;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;

import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A route that reads {@code /Inbox} of a simulator and keeps what it gets, for tests of the consumer as its users see it. Polls
 * follow each other quickly.
 */
final class Inbox implements AutoCloseable {

    static final String QUICK = "initialDelay=0&delay=20";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final OneDriveSimulator onedrive;
    private final SimulatedRoute route;
    private final List<String> emitted = new CopyOnWriteArrayList<>();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> failuresToCome = new ConcurrentHashMap<>();

    /** @param options of the consumer, besides the folder and the schedule */
    Inbox(OneDriveSimulator onedrive, String options) {
        this(onedrive, options, exchange -> { });
    }

    Inbox(OneDriveSimulator onedrive, String options, Processor then) {
        this(onedrive, options, then, context -> { });
    }

    Inbox(OneDriveSimulator onedrive, String options, Processor then, Consumer<DefaultCamelContext> prepare) {
        this.onedrive = onedrive;
        this.route = new SimulatedRoute(onedrive, context -> {
            prepare.accept(context);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri(options)).routeId("inbox").process(Inbox.this::take).process(then);
                }
            });
        });
    }

    static String uri(String options) {
        return "onedrive:inbox?folderPath=/Inbox&" + QUICK + (options.isEmpty() ? "" : "&" + options);
    }

    private void take(Exchange exchange) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        Integer failures = failuresToCome.computeIfPresent(name, (key, left) -> left - 1);
        if (failures != null && failures >= 0) {
            throw new IllegalStateException("The test has this file fail");
        }
        boolean hasContent = exchange.getMessage().getBody() instanceof OneDriveFile;
        emitted.add(name + "=" + (hasContent ? exchange.getMessage().getBody(String.class) : ""));
        exchanges.add(exchange);
    }

    /** The next exchanges with this file fail. */
    Inbox failing(String name, int times) {
        failuresToCome.put(name, times);
        return this;
    }

    Inbox put(String name, String text) {
        onedrive.putFile("/Inbox/" + name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** {@code name=content} of each file so far, in order. */
    List<String> emitted() {
        return List.copyOf(emitted);
    }

    Exchange exchange(int index) {
        return exchanges.get(index);
    }

    /** Waits until exactly these came, in any order, each once. */
    void awaitExactly(String... files) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(emitted).containsExactlyInAnyOrder(files));
        settle();
        assertThat(emitted).containsExactlyInAnyOrder(files);
    }

    void await(Predicate<List<String>> condition) {
        Awaitility.await().atMost(PATIENCE).until(() -> condition.test(new ArrayList<>(emitted)));
    }

    /** Waits for some more whole polls. */
    void settle() {
        OneDriveConsumer consumer = consumer();
        long polls = consumer.getCounter() + 3;
        Awaitility.await().atMost(PATIENCE).until(() -> consumer.getCounter() >= polls && consumer.getFilesInProgress() == 0);
    }

    /** Waits until OneDrive holds exactly these, in all. */
    void awaitFiles(String... paths) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(onedrive.paths()).containsExactlyInAnyOrder(paths));
    }

    OneDriveConsumer consumer() {
        return (OneDriveConsumer) route.context().getRoute("inbox").getConsumer();
    }

    DefaultCamelContext context() {
        return route.context();
    }

    @Override
    public void close() {
        route.close();
    }
}
