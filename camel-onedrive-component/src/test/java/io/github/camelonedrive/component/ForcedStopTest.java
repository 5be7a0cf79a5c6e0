package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** A stop at any moment of uploads without a journal leaves no session open, however it comes. */
class ForcedStopTest {

    private static final int STOPS = 200;
    private static final int CHUNK = 320 * 1024;
    private static final String FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxConcurrentUploads=3"
                                            + "&maxQueuedUploads=1";

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension();

    @TempDir
    Path directory;

    private enum Stop {
        CONTEXT,
        INTERRUPTED,
        INTERRUPTED_OFTEN,
        ROUTE,
        COMPONENT,
        REMOVAL,
        CALLERS
    }

    /** Has an upload fail that Camel delivers again in ten minutes. */
    private enum Trouble {
        NONE,
        REDELIVERY,
        CANCELLED
    }

    @Test
    void stop_atAnyMoment_leavesNoSession() throws Exception {
        OneDriveSimulator onedrive = extension.simulator();
        for (int i = 0; i < STOPS; i++) {
            Random random = new Random(i);
            Stop stop = Stop.values()[random.nextInt(Stop.values().length)];
            Trouble trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
            boolean resume = random.nextBoolean();
            boolean synchronous = random.nextBoolean();
            stopOnce(onedrive, random, stop, trouble, FRAGMENTS + "&resume=" + resume + "&synchronous=" + synchronous);
            assertThat(onedrive.openSessions())
                    .as("stop %d: %s, %s, resume=%s, synchronous=%s", i, stop, trouble, resume, synchronous).isEmpty();
        }
        assertThat(onedrive.createdSessions()).isGreaterThan(STOPS);
    }

    private void stopOnce(OneDriveSimulator onedrive, Random random, Stop stop, Trouble trouble, String uri)
            throws Exception {
        onedrive.clearJournal();
        CountDownLatch moment = new CountDownLatch(1);
        onedrive.fault(Fault.onAny().nth(1 + random.nextInt(24)).run(moment::countDown));
        if (trouble == Trouble.REDELIVERY) {
            onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503));
        }
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (SimulatedRoute route = new SimulatedRoute(onedrive, context -> context.addRoutes(route(uri, trouble)))) {
            route.context().getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            route.context().getShutdownStrategy().setTimeout(1);
            List<CompletableFuture<Void>> uploads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = i + ".bin";
                byte[] body = SimulatedRoute.content(random.nextInt(4 * CHUNK) + 1);
                uploads.add(CompletableFuture.runAsync(
                        () -> route.send("direct:in", body, Map.of(Exchange.FILE_NAME, name)), callers));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(uploads.toArray(CompletableFuture[]::new));
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> all.isDone() || moment.getCount() == 0
                    || trouble == Trouble.REDELIVERY && onedrive.requests().stream().anyMatch(one -> one.status() == 503));
            LockSupport.parkNanos(random.nextInt(3_000_000));
            if (trouble == Trouble.CANCELLED) {
                route.component().uploads().inProgress().forEach(
                        upload -> route.component().uploads().cancel(upload.handle()));
            }
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            Thread stopping = new Thread(() -> {
                stop(route, stop, callers);
                stopped.complete(null);
            });
            stopping.start();
            while (stop == Stop.INTERRUPTED_OFTEN && stopping.isAlive()) {
                stopping.interrupt();
                LockSupport.parkNanos(random.nextInt(1_000_000));
            }
            stopped.get(60, TimeUnit.SECONDS);
            if (stop == Stop.CALLERS && trouble != Trouble.REDELIVERY) {
                all.get(60, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static void stop(SimulatedRoute route, Stop stop, ExecutorService callers) {
        try {
            switch (stop) {
                case INTERRUPTED -> {
                    Thread.currentThread().interrupt();
                    route.context().stop();
                }
                case ROUTE -> route.context().getRouteController().stopRoute("upload", 1, TimeUnit.MILLISECONDS);
                case COMPONENT -> route.component().stop();
                case REMOVAL -> route.context().removeComponent("onedrive").stop();
                case CALLERS -> callers.shutdownNow();
                default -> route.context().stop();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RouteBuilder route(String uri, Trouble trouble) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                if (trouble == Trouble.REDELIVERY) {
                    errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(600_000)
                            .asyncDelayedRedelivery());
                }
                from("direct:in").routeId("upload").to(trouble == Trouble.REDELIVERY ? uri + "&maxRetries=0" : uri);
            }
        };
    }

    /** The session's address is in a response that has not come yet. */
    @Test
    void stop_whileASessionIsOpened_waitsForItsAddress() throws Exception {
        OneDriveSimulator onedrive = extension.simulator();
        CountDownLatch hold = new CountDownLatch(1);
        onedrive.fault(Fault.on(Step.CREATE_SESSION).afterEffect().stall(hold));
        try (SimulatedRoute route = new SimulatedRoute(onedrive)) {
            CompletableFuture<Exchange> upload = route.context().createProducerTemplate().asyncSend(FRAGMENTS, exchange -> {
                exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.bin");
                exchange.getMessage().setBody(SimulatedRoute.content(2 * CHUNK));
            });
            Awaitility.await().until(() -> onedrive.openSessions().size() == 1);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(route.context()::stop);
            Awaitility.await().during(500, TimeUnit.MILLISECONDS).until(() -> !stopped.isDone());
            hold.countDown();

            stopped.get(30, TimeUnit.SECONDS);
            assertThat(upload.get(5, TimeUnit.SECONDS).getException()).isInstanceOf(OperationStoppedException.class);
        }
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void processIsTerminated_shutdownHookEndsTheSession() throws Exception {
        OneDriveSimulator onedrive = extension.simulator();
        CountDownLatch hold = new CountDownLatch(1);
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stall(hold));
        Files.write(Files.createDirectory(directory.resolve("drop")).resolve("a.bin"), SimulatedRoute.content(3 * CHUNK));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Uploading.class.getName(), directory.resolve("drop").toString(), onedrive.graphEndpoint().toString(),
                onedrive.loginEndpoint().toString(), onedrive.clientId(), onedrive.clientSecret(), onedrive.refreshToken())
                .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(90))
                    .until(() -> onedrive.requests(Step.FRAGMENT).size() == 2);
            assertThat(onedrive.openSessions()).hasSize(1);

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(onedrive.openSessions()).as(Files.readString(directory.resolve("log"))).isEmpty();
        } finally {
            hold.countDown();
            process.destroyForcibly().waitFor();
        }
    }

    /** The process: uploads what is in a directory. */
    static final class Uploading {

        private Uploading() {
        }

        public static void main(String[] arguments) throws Exception {
            Main main = new Main();
            main.configure().setShutdownTimeout(1);
            main.addOverrideProperty("camel.component.onedrive.graph-endpoint", arguments[1]);
            main.addOverrideProperty("camel.component.onedrive.login-endpoint", arguments[2]);
            main.addOverrideProperty("camel.component.onedrive.client-id", arguments[3]);
            main.addOverrideProperty("camel.component.onedrive.client-secret", arguments[4]);
            main.addOverrideProperty("camel.component.onedrive.refresh-token", arguments[5]);
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from("file:" + arguments[0] + "?initialDelay=0&delay=100").to(FRAGMENTS);
                }
            });
            main.run();
        }
    }
}
