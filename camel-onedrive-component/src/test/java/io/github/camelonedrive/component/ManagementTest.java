package io.github.camelonedrive.component;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators see and do by JMX, through the platform's MBean server as their tools do. */
class ManagementTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final int SIZE = 3 * CHUNK;
    private static final String IN_FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxRetries=1";

    @TempDir
    Path directory;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final CountDownLatch hold = new CountDownLatch(1);
    private ObjectName endpoint;
    private ObjectName component;

    @BeforeEach
    void find() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(IN_FRAGMENTS);
            }
        });
        endpoint = find("endpoints", "onedrive");
        component = find("components", "onedrive");
    }

    @AfterEach
    void release() {
        hold.countDown();
    }

    private ObjectName find(String type, String name) throws Exception {
        String pattern = "org.apache.camel:context=" + route.context().getManagementName() + ",type=" + type + ",*";
        return server.queryNames(new ObjectName(pattern), null).stream()
                .filter(found -> found.getKeyProperty("name").contains(name)).findFirst().orElseThrow();
    }

    private Object get(ObjectName bean, String attribute) throws Exception {
        return server.getAttribute(bean, attribute);
    }

    private Object invoke(ObjectName bean, String operation) throws Exception {
        return server.invoke(bean, operation, new Object[0], new String[0]);
    }

    private boolean cancel(ObjectName bean, long handle) throws Exception {
        return (Boolean) server.invoke(bean, "cancelUpload", new Object[] { handle }, new String[] { "long" });
    }

    private CompletableFuture<Exchange> upload(String name) {
        return upload("direct:in", name);
    }

    private CompletableFuture<Exchange> upload(String uri, String name) {
        return route.context().createProducerTemplate().asyncSend(uri, exchange -> {
            exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
            exchange.getMessage().setBody(SimulatedRoute.content(SIZE));
        });
    }

    private static Exchange done(CompletableFuture<Exchange> upload) throws Exception {
        return upload.get(20, TimeUnit.SECONDS);
    }

    private List<CompositeData> underWay(ObjectName bean) throws Exception {
        TabularData table = (TabularData) invoke(bean, "listUploads");
        return table.values().stream().map(CompositeData.class::cast).toList();
    }

    private CompletableFuture<Exchange> uploadThatStandsInTheSecondFragment() {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stall(hold));
        CompletableFuture<Exchange> upload = upload("a.bin");
        Awaitility.await().until(() -> onedrive.requests(Step.FRAGMENT).size() == 2);
        return upload;
    }

    @Test
    void countsWhatWasUploadedAtTheEndpointAndAtTheComponent() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503));
        done(upload("a.bin"));
        done(upload("direct:in", "b.bin"));

        for (ObjectName bean : List.of(endpoint, component)) {
            assertThat(get(bean, "FilesUploaded")).isEqualTo(2L);
            assertThat(get(bean, "UploadsInFlight")).isEqualTo(0);
            assertThat(get(bean, "UploadsFailed")).isEqualTo(0L);
            assertThat(get(bean, "Retries")).isEqualTo(1L);
            assertThat((Long) get(bean, "BytesSent")).isGreaterThanOrEqualTo(2L * SIZE);
            assertThat(Instant.parse((String) get(bean, "LastSuccess"))).isAfter(Instant.now().minusSeconds(60));
            assertThat(get(bean, "LastFailure")).isNull();
        }
    }

    @Test
    void showsWhatIsUnderWayWithHowFarItIs() throws Exception {
        CompletableFuture<Exchange> upload = uploadThatStandsInTheSecondFragment();

        assertThat(get(endpoint, "UploadsInFlight")).isEqualTo(1);
        CompositeData row = underWay(endpoint).get(0);
        assertThat(row.get("target")).isEqualTo("/a.bin");
        assertThat(row.get("destination")).isEqualTo("offsite");
        assertThat(row.get("size")).isEqualTo((long) SIZE);
        assertThat((Long) row.get("offset")).isBetween((long) CHUNK, (long) SIZE);
        assertThat(row.get("mode")).isEqualTo("session");
        assertThat(underWay(component)).hasSize(1);

        hold.countDown();
        done(upload);
        assertThat(underWay(endpoint)).isEmpty();
    }

    @Test
    void saysWhatFailedLastAndWhy() throws Exception {
        onedrive.fault(Fault.on(Step.CREATE_SESSION).answer(403).error("accessDenied"));
        done(upload("a.bin"));

        assertThat(get(endpoint, "UploadsFailed")).isEqualTo(1L);
        assertThat(get(endpoint, "LastSuccess")).isNull();
        assertThat((String) get(endpoint, "LastFailureReason")).contains("/a.bin", "403", "accessDenied");
    }

    @Test
    void saysUntilWhenItIsThrottledAndForHowLongItWas() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).throttle("600"));
        CompletableFuture<Exchange> upload = upload("a.bin");
        Awaitility.await().until(() -> get(endpoint, "ThrottledUntil") != null);

        assertThat(Instant.parse((String) get(endpoint, "ThrottledUntil"))).isAfter(Instant.now().plusSeconds(500));
        assertThat((Double) get(endpoint, "ThrottledSeconds")).isBetween(599.0, 601.0);
        assertThat((Double) get(component, "ThrottledSeconds")).isBetween(599.0, 601.0);
        Awaitility.await().until(() -> !((String) underWay(endpoint).get(0).get("waitingUntil")).isEmpty());

        assertThat(cancel(endpoint, (Long) underWay(endpoint).get(0).get("handle"))).isTrue();
        assertThat(done(upload).getException()).isInstanceOf(UploadCancelledException.class);
    }

    @Test
    void aCancelledUploadFailsAtOnceEndsItsSessionAndIsNotDeliveredAgain() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(5).redeliveryDelay(1));
                from("direct:persistent").to(IN_FRAGMENTS);
            }
        });
        onedrive.putFile("/a.bin", SimulatedRoute.content(7));
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stall(hold));
        CompletableFuture<Exchange> upload = upload("direct:persistent", "a.bin");
        Awaitility.await().until(() -> onedrive.requests(Step.FRAGMENT).size() == 2);

        assertThat(cancel(component, (Long) underWay(component).get(0).get("handle"))).isTrue();

        assertThat(done(upload).getException()).isInstanceOf(UploadCancelledException.class)
                .hasMessageContainingAll("/a.bin", "offsite", "cancelled");
        assertThat(onedrive.createdSessions()).isEqualTo(1);
        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(route.holds("/a.bin", SimulatedRoute.content(7))).isTrue();
        assertThat((String) get(endpoint, "LastFailureReason")).contains("/a.bin", "cancelled");
        done(upload("b.bin"));
        assertThat(route.holds("/b.bin", SimulatedRoute.content(SIZE))).isTrue();
    }

    @Test
    void cancellingOneLeavesTheOthersAlone() throws Exception {
        CompletableFuture<Exchange> first = uploadThatStandsInTheSecondFragment();
        CompletableFuture<Exchange> second = upload("b.bin");

        long handle = underWay(endpoint).stream().filter(row -> row.get("target").equals("/a.bin"))
                .map(row -> (Long) row.get("handle")).findFirst().orElseThrow();
        assertThat(cancel(endpoint, handle)).isTrue();

        assertThat(done(first).getException()).isInstanceOf(UploadCancelledException.class);
        assertThat(done(second).getException()).isNull();
    }

    @Test
    void thereIsNothingToCancelUnderAHandleThatIsGone() throws Exception {
        assertThat(cancel(endpoint, 4711)).isFalse();
    }

    @Test
    void aPauseLetsNewUploadsWaitAndOthersGoOn() throws Exception {
        CompletableFuture<Exchange> before = uploadThatStandsInTheSecondFragment();
        invoke(endpoint, "pauseUploads");
        CompletableFuture<Exchange> one = upload("b.bin");
        CompletableFuture<Exchange> two = upload("c.bin");
        Awaitility.await().until(() -> get(endpoint, "UploadsHeld").equals(2));

        assertThat(get(endpoint, "UploadsPaused")).isEqualTo(true);
        assertThat(route.send("onedrive:offsite?operation=getDrive", null, Map.of()).getException()).isNull();
        hold.countDown();
        assertThat(done(before).getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/a.bin");

        invoke(endpoint, "resumeUploads");
        assertThat(done(one).getException()).isNull();
        assertThat(done(two).getException()).isNull();
        assertThat(get(endpoint, "UploadsHeld")).isEqualTo(0);
    }

    @Test
    void aPauseOfTheComponentHoldsEveryEndpointAlsoTransactedExchanges() throws Exception {
        invoke(component, "pauseUploads");
        CompletableFuture<Exchange> one = upload("a.bin");
        CompletableFuture<Exchange> other = upload("onedrive:other", "b.bin");
        ProducerTemplate template = route.context().createProducerTemplate();
        CompletableFuture<Exchange> transacted = template.asyncSend("onedrive:third", exchange -> {
            exchange.getExchangeExtension().setTransacted(true);
            exchange.getMessage().setHeader(Exchange.FILE_NAME, "c.bin");
            exchange.getMessage().setBody("content");
        });
        Awaitility.await().until(() -> get(component, "UploadsHeld").equals(3));
        assertThat(transacted).isNotDone();
        assertThat(onedrive.requests()).isEmpty();

        invoke(component, "resumeUploads");

        for (CompletableFuture<Exchange> upload : List.of(one, other, transacted)) {
            assertThat(done(upload).getException()).isNull();
        }
    }

    @Test
    void aStopEndsWhatWaitsBecauseOfAPause() throws Exception {
        invoke(endpoint, "pauseUploads");
        CompletableFuture<Exchange> upload = upload("a.bin");
        Awaitility.await().until(() -> get(endpoint, "UploadsHeld").equals(1));

        route.component().stopOperations();

        assertThat(done(upload).getException()).isInstanceOf(OperationStoppedException.class);
        assertThat(get(endpoint, "UploadsHeld")).isEqualTo(0);
    }

    /** Who cancels, pauses and resumes at any moment loses no exchange and leaves nothing behind. */
    @Test
    void cancellingAndPausingAtAnyMomentEndsEachExchangeAndLeavesNoSession() throws Exception {
        Random random = new Random(4);
        List<CompletableFuture<Exchange>> uploads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            uploads.add(upload(i + ".bin"));
        }
        while (!uploads.stream().allMatch(CompletableFuture::isDone)) {
            for (CompositeData row : underWay(component)) {
                if (random.nextInt(4) == 0) {
                    cancel(random.nextBoolean() ? component : endpoint, (Long) row.get("handle"));
                }
            }
            ObjectName paused = random.nextBoolean() ? component : endpoint;
            invoke(paused, "pauseUploads");
            TimeUnit.MILLISECONDS.sleep(random.nextInt(5));
            invoke(paused, "resumeUploads");
        }
        int done = 0;
        for (int i = 0; i < 60; i++) {
            Exception failure = done(uploads.get(i)).getException();
            if (failure == null) {
                done++;
                assertThat(route.holds("/" + i + ".bin", SimulatedRoute.content(SIZE))).isTrue();
            } else {
                assertThat(failure).isInstanceOf(UploadCancelledException.class);
            }
        }
        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(get(endpoint, "FilesUploaded")).isEqualTo((long) done);
        assertThat(get(endpoint, "UploadsInFlight")).isEqualTo(0);
        assertThat(get(endpoint, "UploadsFailed")).isEqualTo(60L - done);
        assertThat(done(upload("last.bin")).getException()).isNull();
    }

    @Test
    void theRateCanBeChanged() throws Exception {
        server.setAttribute(endpoint, new Attribute("MaxBytesPerSecond", "1MB"));
        assertThat(get(endpoint, "MaxBytesPerSecond")).isEqualTo("1MB");
    }

    @Test
    void nothingOfItShowsASecret() throws Exception {
        CompletableFuture<Exchange> upload = uploadThatStandsInTheSecondFragment();
        StringBuilder all = new StringBuilder();
        for (ObjectName bean : List.of(endpoint, component)) {
            for (var attribute : server.getMBeanInfo(bean).getAttributes()) {
                all.append(attribute.getName()).append('=').append(get(bean, attribute.getName())).append('\n');
            }
            all.append(invoke(bean, "listUploads"));
        }
        hold.countDown();
        done(upload);

        assertThat(all).contains("offsite");
        assertThat(onedrive.secrets().in(all.toString())).isEmpty();
    }
}
