package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** A stop in the middle of uploads ends them at once, each with an exception, and leaves no session and no thread behind. */
class StopTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final String IN_FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxConcurrentUploads=2";

    @TempDir
    Path directory;

    private final CountDownLatch hold = new CountDownLatch(1);
    @AfterEach
    void release() {
        hold.countDown();
    }

    @Test
    void whatIsUnderWayAndWhatWaitsEndsWithAnExceptionAndWithoutAnOpenSession() throws Exception {
        // From the second fragment on, throttled for longer than any test, so that no upload ends by itself.
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).throttle("600").times(100));
        ProducerTemplate template = route.context().createProducerTemplate();
        List<CompletableFuture<Exchange>> uploads = IntStream.range(0, 6).mapToObj(i -> upload(template, i + ".sql")).toList();
        Awaitility.await().until(() -> onedrive.requests().stream().anyMatch(request -> request.status() == 429));

        route.component().stopOperations();

        for (CompletableFuture<Exchange> upload : uploads) {
            Exception failure = upload.get(20, TimeUnit.SECONDS).getException();
            assertThat(failure).isInstanceOf(OperationStoppedException.class).hasMessageContaining("offsite");
        }
        assertThat(onedrive.paths()).isEmpty();
    }

    @Test
    void aSessionThatCanBeEndedIsEnded() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stall(hold));
        CompletableFuture<Exchange> upload = upload(route.context().createProducerTemplate(), "a.sql");
        Awaitility.await().until(() -> onedrive.requests(Step.FRAGMENT).size() == 2);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(route.component()::stopOperations);
        hold.countDown();

        assertThat(upload.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(OperationStoppedException.class);
        stopped.get(20, TimeUnit.SECONDS);
        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(onedrive.paths()).isEmpty();
    }

    @Test
    void waitingForAnAnswerEndsWithinSecondsToo() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stall(hold));
        CompletableFuture<Exchange> upload = upload(route.context().createProducerTemplate(), "a.sql");
        Awaitility.await().until(() -> onedrive.requests(Step.FRAGMENT).size() == 2);

        route.component().stopOperations();

        assertThat(upload).isDone();
        assertThat(upload.get().getException()).isInstanceOf(OperationStoppedException.class);
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void aConnectionThatTakesNoMoreBytesIsBrokenOffAndTheUploadGoesOn() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stallReading(hold));
        byte[] content = SimulatedRoute.content(45 * 1024 * 1024);

        route.upload("onedrive:offsite?chunkSize=20MB&responseTimeout=1000", "a.bin", content);

        assertThat(route.holds("/a.bin", content)).isTrue();
    }

    @Test
    void theContextStopsWithoutUploadsLeftRunning() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).throttle("600"));
        CompletableFuture<Exchange> upload = upload(route.context().createProducerTemplate(), "a.sql");
        Awaitility.await().until(() -> onedrive.requests().stream().anyMatch(request -> request.status() == 429));

        route.context().stop();

        assertThat(upload.get(20, TimeUnit.SECONDS).getException()).isNotNull();
        Awaitility.await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().endsWith("- OneDrive")));
    }

    private CompletableFuture<Exchange> upload(ProducerTemplate template, String name) {
        return template.asyncSend(IN_FRAGMENTS, exchange -> {
            exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
            exchange.getMessage().setBody(SimulatedRoute.file(directory, name, 3 * CHUNK));
        });
    }
}
