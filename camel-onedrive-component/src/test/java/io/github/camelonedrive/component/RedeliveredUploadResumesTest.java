package io.github.camelonedrive.component;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** An upload that Camel's error handler delivers again goes on where it was, without any journal on disk. */
class RedeliveredUploadResumesTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final int SIZE = 3 * CHUNK;
    private static final String IN_FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxRetries=1";

    @TempDir
    Path directory;

    private void route(int redeliveries, long delay) throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead").maximumRedeliveries(redeliveries).redeliveryDelay(delay));
                from("direct:in").to(IN_FRAGMENTS);
                from("direct:off").to(IN_FRAGMENTS + "&resume=false");
                from("direct:dead").errorHandler(noErrorHandler())
                        .setProperty("dead", constant(true));
            }
        });
    }

    /** The first attempt fails in the second fragment: as often as it tries that itself. */
    private void failTheFirstAttempt() {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503).times(2));
    }

    private Exchange send(String uri, Object body) {
        return route.send(uri, body, Map.of(Exchange.FILE_NAME, "a.bin"));
    }

    private void assertGoesOn(Supplier<Object> body) {
        failTheFirstAttempt();

        Exchange exchange = send("direct:in", body.get());

        assertThat(exchange.getProperty("dead")).isNull();
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.RESUMED)).isEqualTo(true);
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.BYTES_SENT, Long.class)).isEqualTo(SIZE - CHUNK);
        assertThat(onedrive.createdSessions()).isEqualTo(1);
        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(route.holds("/a.bin", SimulatedRoute.content(SIZE))).isTrue();
    }

    @Test
    void aFile() throws Exception {
        route(1, 1);
        Path file = SimulatedRoute.file(directory, "a.bin", SIZE);
        assertGoesOn(() -> file);
    }

    @Test
    void bytes() throws Exception {
        route(1, 1);
        assertGoesOn(() -> SimulatedRoute.content(SIZE));
    }

    @Test
    void aStreamThatCamelCachesInMemory() throws Exception {
        route(1, 1);
        assertGoesOn(() -> new ByteArrayInputStream(SimulatedRoute.content(SIZE)));
    }

    @Test
    void aStreamThatCamelSpoolsToDisk() throws Exception {
        route.close();
        route = new SimulatedRoute(onedrive, context -> {
            context.getStreamCachingStrategy().setSpoolEnabled(true);
            context.getStreamCachingStrategy().setSpoolDirectory(directory.resolve("spool").toFile());
            context.getStreamCachingStrategy().setSpoolThreshold(1000);
        });
        route(1, 1);
        assertGoesOn(() -> new ByteArrayInputStream(SimulatedRoute.content(SIZE)));
    }

    @Test
    void withAnAsynchronousDelayToo() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(50).asyncDelayedRedelivery());
                from("direct:in").to(IN_FRAGMENTS);
            }
        });
        assertGoesOn(() -> SimulatedRoute.content(SIZE));
    }

    @Test
    void otherContentUnderTheSameNameIsNotTakenForTheRest() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(1).redeliveryDelay(1)
                        .onRedelivery(exchange -> exchange.getMessage().setBody(new byte[SIZE]));
                from("direct:in").to(IN_FRAGMENTS);
            }
        });
        failTheFirstAttempt();

        Exchange exchange = send("direct:in", SimulatedRoute.content(SIZE));

        assertThat(exchange.getMessage().getHeader(OneDriveConstants.RESUMED)).isEqualTo(false);
        assertThat(onedrive.createdSessions()).isEqualTo(2);
        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(route.holds("/a.bin", new byte[SIZE])).isTrue();
    }

    @Test
    void whenNobodyTriesAgainTheSessionIsEndedEvenIfTheRouteHandledTheFailure() throws Exception {
        route(1, 1);
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503).times(10));

        Exchange exchange = send("direct:in", SimulatedRoute.content(SIZE));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("dead")).isEqualTo(true);
        assertThat(onedrive.createdSessions()).isEqualTo(1);
        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(onedrive.paths()).isEmpty();
    }

    @Test
    void aTemplateThatGivesUpLeavesNoSession() {
        failTheFirstAttempt();

        assertThat(send(IN_FRAGMENTS, SimulatedRoute.content(SIZE)).getException()).isNotNull();

        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void withResumeSwitchedOffItStartsOver() throws Exception {
        route(1, 1);
        failTheFirstAttempt();

        Exchange exchange = send("direct:off", SimulatedRoute.content(SIZE));

        assertThat(exchange.getMessage().getHeader(OneDriveConstants.RESUMED)).isEqualTo(false);
        assertThat(onedrive.createdSessions()).isEqualTo(2);
        assertThat(onedrive.openSessions()).isEmpty();
    }

    /** Several exchanges to the same names, failures of all kinds at any moment: what is said to be there is there. */
    @Test
    void manyAtOnceWithFailuresEverywhereLeaveWhatTheySayAndNoSession() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(4).redeliveryDelay(5).asyncDelayedRedelivery());
                from("direct:in").to(IN_FRAGMENTS + "&maxConcurrentUploads=6");
            }
        });
        Random random = new Random(5);
        onedrive.fault(Fault.on(Step.FRAGMENT).always().when(request -> random.nextInt(4) == 0).answer(503));
        onedrive.fault(Fault.on(Step.FRAGMENT).always().when(request -> random.nextInt(8) == 0).cutAfter());
        onedrive.fault(Fault.on(Step.CREATE_SESSION).always().when(request -> random.nextInt(6) == 0).answer(500));
        ProducerTemplate template = route.context().createProducerTemplate();
        List<CompletableFuture<Exchange>> uploads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String name = i % 20 + ".bin";
            int size = SIZE + i;
            uploads.add(template.asyncSend("direct:in", exchange -> {
                exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
                exchange.getMessage().setBody(SimulatedRoute.content(size));
            }));
        }
        boolean[] done = new boolean[40];
        int resumed = 0;
        for (int i = 0; i < 40; i++) {
            Exchange exchange = uploads.get(i).get(120, TimeUnit.SECONDS);
            done[i] = exchange.getException() == null;
            resumed += done[i] && exchange.getMessage().getHeader(OneDriveConstants.RESUMED, Boolean.class) ? 1 : 0;
        }
        for (int i = 0; i < 20; i++) {
            if (done[i] || done[i + 20]) {
                String path = "/" + i + ".bin";
                boolean isFirst = done[i] && route.holds(path, SimulatedRoute.content(SIZE + i));
                boolean isSecond = done[i + 20] && route.holds(path, SimulatedRoute.content(SIZE + i + 20));
                assertThat(isFirst || isSecond).as(path).isTrue();
            }
        }
        assertThat(resumed).isPositive();
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void aStopWhileTheRedeliveryIsDueEndsTheSession() throws Exception {
        route(1, 60_000);
        failTheFirstAttempt();
        CompletableFuture<Exchange> upload = route.context().createProducerTemplate().asyncSend("direct:in", exchange -> {
            exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.bin");
            exchange.getMessage().setBody(SimulatedRoute.content(SIZE));
        });
        Awaitility.await().until(() -> route.component().uploads().failed() == 1);
        assertThat(onedrive.openSessions()).hasSize(1);

        route.context().getShutdownStrategy().setTimeout(1);
        route.context().stop();

        upload.get(20, TimeUnit.SECONDS);
        assertThat(onedrive.openSessions()).isEmpty();
    }
}
