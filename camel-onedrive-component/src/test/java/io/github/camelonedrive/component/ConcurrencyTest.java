package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.UploadEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** Many exchanges at once: as many uploads as allowed, folders made once, everybody waits when the service says so. */
class ConcurrencyTest extends SimulatorTest {

    private ProducerTemplate template;

    @BeforeEach
    void start() {
        template = route.context().createProducerTemplate();
    }

    private List<CompletableFuture<Exchange>> uploads(String uri, int count) {
        List<CompletableFuture<Exchange>> uploads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = i + ".sql";
            uploads.add(template.asyncSend(uri, exchange -> {
                exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
                exchange.getMessage().setBody(SimulatedRoute.content(100));
            }));
        }
        return uploads;
    }

    private static void assertAllDone(List<CompletableFuture<Exchange>> uploads) {
        assertThat(uploads).allSatisfy(upload -> assertThat(upload.join().getException()).isNull());
    }

    @Test
    void noMoreUploadsOfAnAccountThanAllowedRunAtOnceAlsoOverSeveralEndpoints() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch hold = new CountDownLatch(1);
        route.component().getConfiguration().setUploadListener(event -> {
            if (event instanceof UploadEvent.Started) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                awaitQuietly(hold);
            } else if (event instanceof UploadEvent.Completed || event instanceof UploadEvent.Failed) {
                running.decrementAndGet();
            }
        });

        List<CompletableFuture<Exchange>> uploads = new ArrayList<>();
        uploads.addAll(uploads("onedrive:offsite?maxConcurrentUploads=3&folderPath=/one", 8));
        uploads.addAll(uploads("onedrive:offsite?maxConcurrentUploads=3&folderPath=/two", 8));
        Awaitility.await().until(() -> running.get() == 3);
        hold.countDown();
        assertAllDone(uploads);

        assertThat(most).hasValue(3);
        assertThat(onedrive.paths()).hasSize(16);
    }

    /** Returns how many uploads below each folder ran at most at once, and how many in all. */
    private Map<String, Integer> mostAtOnce(CountDownLatch hold) {
        Map<String, Integer> running = new HashMap<>();
        Map<String, Integer> most = new ConcurrentHashMap<>();
        Map<Long, String> folders = new ConcurrentHashMap<>();
        route.component().getConfiguration().setUploadListener(event -> {
            if (event instanceof UploadEvent.Started started) {
                String folder = started.target().replaceFirst("/[^/]*$", "");
                folders.put(started.uploadId(), folder);
                synchronized (running) {
                    for (String which : List.of(folder, "all")) {
                        most.merge(which, running.merge(which, 1, Integer::sum), Math::max);
                    }
                }
                awaitQuietly(hold);
            } else if (event instanceof UploadEvent.Completed || event instanceof UploadEvent.Failed) {
                synchronized (running) {
                    running.merge(folders.get(event.uploadId()), -1, Integer::sum);
                    running.merge("all", -1, Integer::sum);
                }
            }
        });
        return most;
    }

    @Test
    void endpointsOfAnAccountWithDifferentBounds_eachKeepsItsOwnAndAllTheLargest() {
        CountDownLatch hold = new CountDownLatch(1);
        Map<String, Integer> most = mostAtOnce(hold);

        List<CompletableFuture<Exchange>> uploads = new ArrayList<>();
        uploads.addAll(uploads("onedrive:offsite/wide?maxConcurrentUploads=4", 8));
        Awaitility.await().until(() -> most.getOrDefault("all", 0) == 4);
        uploads.addAll(uploads("onedrive:offsite/narrow?maxConcurrentUploads=1", 5));
        uploads.addAll(uploads("onedrive:offsite/two?maxConcurrentUploads=2", 5));
        hold.countDown();
        assertAllDone(uploads);

        assertThat(most).containsEntry("/narrow", 1).containsEntry("all", 4);
        assertThat(most.get("/two")).isLessThanOrEqualTo(2);
        assertThat(onedrive.paths()).hasSize(18);
    }

    /** Several of its steps in routes are one endpoint. */
    @Test
    void twoStepsWithOneEndpoint_shareItsBound() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        hold.countDown();
        Map<String, Integer> most = mostAtOnce(hold);
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").to("onedrive:offsite/narrow?maxConcurrentUploads=1");
                from("direct:two").to("onedrive:offsite/narrow?maxConcurrentUploads=1");
            }
        });
        List<CompletableFuture<Exchange>> uploads = new ArrayList<>();
        uploads.addAll(uploads("onedrive:offsite/wide?maxConcurrentUploads=4", 8));
        uploads.addAll(uploads("direct:one", 10));
        uploads.addAll(uploads("direct:two", 10));
        assertAllDone(uploads);
        assertThat(most).containsEntry("/narrow", 1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFolderThatIsMissingIsMadeOnceAndAKnownOneCostsNoRequest() {
        assertAllDone(uploads("onedrive:offsite?maxConcurrentUploads=8&folderPath=/a/b/c", 20));

        assertThat(onedrive.requests(Step.CREATE_FOLDER)).hasSize(3);
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(20);
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(1);

        onedrive.clearJournal();
        assertAllDone(uploads("onedrive:offsite?maxConcurrentUploads=8&folderPath=/a/b/c", 5));
        assertThat(onedrive.requests()).hasSize(5).allMatch(request -> request.step() == Step.SIMPLE_UPLOAD);
    }

    @Test
    void twoProgramsThatMakeTheSameFoldersDoNotDisturbEachOther() throws Exception {
        try (SimulatedRoute other = new SimulatedRoute(onedrive)) {
            ProducerTemplate second = other.context().createProducerTemplate();
            CompletableFuture<Exchange> theirs = second.asyncSend("onedrive:offsite?folderPath=/x/y/z", exchange -> {
                exchange.getMessage().setHeader(Exchange.FILE_NAME, "theirs.sql");
                exchange.getMessage().setBody("b");
            });
            assertAllDone(uploads("onedrive:offsite?folderPath=/x/y/z", 4));
            assertThat(theirs.get().getException()).isNull();
        }
        assertThat(onedrive.paths()).hasSize(5).allMatch(path -> path.startsWith("/x/y/z/"));
    }

    @Test
    void aFolderThatIsDeletedMeanwhileIsMadeAgain() throws Exception {
        route.upload("onedrive:offsite?folderPath=/a/b", "one.sql", "1");
        onedrive.delete("/a");

        route.upload("onedrive:offsite?folderPath=/a/b", "two.sql", "2");

        assertThat(onedrive.paths()).containsExactly("/a/b/two.sql");
    }

    @Test
    @Tag("C62")
    void oneThrottledRequestPausesEveryRequestOfTheAccount() throws Exception {
        route.upload("onedrive:offsite?folderPath=/a", "first.sql", "1");
        onedrive.clearJournal();
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).throttle("2"));

        assertAllDone(uploads("onedrive:offsite?folderPath=/a&maxConcurrentUploads=4", 12));

        RecordedRequest refused = onedrive.requests().stream().filter(request -> request.status() == 429).findFirst()
                .orElseThrow();
        // What was under way when the answer came can't be held back; nothing new may start before the two seconds are over.
        List<RecordedRequest> tooEarly = onedrive.requests().stream()
                .filter(request -> request.time().isAfter(refused.time().plus(Duration.ofMillis(500)))
                        && request.time().isBefore(refused.time().plus(Duration.ofSeconds(2))))
                .toList();
        assertThat(tooEarly).isEmpty();
        assertThat(onedrive.paths()).hasSize(13);
    }
}
