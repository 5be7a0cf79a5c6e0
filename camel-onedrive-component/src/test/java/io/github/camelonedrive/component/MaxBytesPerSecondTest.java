package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ManagementStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.upload.UploadEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The upload rate of an endpoint holds, for all its uploads, at any speed, and can be changed while they are under way. */
class MaxBytesPerSecondTest extends SimulatorTest {

    private static final int KB = 1024;

    private final FakeTime time = new FakeTime();
    private final RequestWatch watch = new RequestWatch(time, Duration.ofSeconds(30));
    private long start;

    /** Time passes only by waiting, and at each wait a watch with the usual patience looks for stalled connections. */
    @BeforeEach
    void ownTime() {
        route.component().setTimeSource(time);
        route.component().getConfiguration().setHttpClientConfigurer(
                builder -> builder.addExecInterceptorFirst("test-watch", watch));
        time.whileSleeping(slept -> watch.check());
        start = time.nanoTime();
    }

    private Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    @Test
    void aSlowUploadIsNotTakenForAStalledOne() throws Exception {
        byte[] content = SimulatedRoute.content(300 * KB);

        Exchange done = route.upload("onedrive:offsite?maxBytesPerSecond=1kB", "slow.sql", content);

        assertThat(route.holds("/slow.sql", content)).isTrue();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(1);
        assertThat(done.getMessage().getHeader(OneDriveConstants.BYTES_SENT)).isEqualTo(300L * KB);
        assertThat(elapsed()).isBetween(Duration.ofSeconds(299), Duration.ofSeconds(300));
    }

    @Test
    void soIsOneInFragmentsAndItsFragmentsShareTheLimitToo() throws Exception {
        byte[] content = SimulatedRoute.content(3 * 320 * KB + 1);

        route.upload("onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxBytesPerSecond=8kB", "slow.sql", content);

        assertThat(route.holds("/slow.sql", content)).isTrue();
        assertThat(onedrive.requests(Step.FRAGMENT)).hasSize(4);
        assertThat(elapsed()).isBetween(Duration.ofMillis(119_800), Duration.ofSeconds(120));
    }

    @Test
    void uploadsAtTheSameTimeShareTheLimit() {
        ProducerTemplate template = route.context().createProducerTemplate();
        List<CompletableFuture<Exchange>> uploads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = i + ".sql";
            uploads.add(template.asyncSend("onedrive:offsite?maxBytesPerSecond=4kB&maxConcurrentUploads=4", exchange -> {
                exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
                exchange.getMessage().setBody(SimulatedRoute.content(50 * KB));
            }));
        }

        assertThat(uploads).allSatisfy(upload -> assertThat(upload.join().getException()).isNull());
        assertThat(onedrive.paths()).hasSize(4);
        // On a starved machine a connection may break, and what was sent by then goes once more, at the same rate.
        assertThat(elapsed()).isBetween(Duration.ofSeconds(49), Duration.ofSeconds(65));
    }

    @Test
    void aChangeHelpsAnUploadUnderWay() throws Exception {
        String uri = "onedrive:offsite?maxBytesPerSecond=1kB";
        OneDriveEndpoint endpoint = route.context().getEndpoint(uri, OneDriveEndpoint.class);
        endpoint.getConfiguration().setUploadListener(event -> {
            if (event instanceof UploadEvent.Progressed progress && progress.bytesSent() >= 10 * KB) {
                endpoint.setMaxBytesPerSecond("10kB");
            }
        });

        route.upload(uri, "a.sql", SimulatedRoute.content(110 * KB));

        assertThat(elapsed()).isBetween(Duration.ofMillis(19_700), Duration.ofMillis(20_100));
    }

    @Test
    void anUploadThatWaitsForItsTurnStopsAtOnce() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        time.whileSleeping(slept -> {
            asleep.countDown();
            new CountDownLatch(1).await();
        });
        CompletableFuture<Exchange> upload = route.context().createProducerTemplate()
                .asyncSend("onedrive:offsite?maxBytesPerSecond=1kB", exchange -> {
                    exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.sql");
                    exchange.getMessage().setBody(SimulatedRoute.content(KB));
                });
        asleep.await();

        route.component().stopOperations();

        assertThat(upload.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(OperationStoppedException.class);
        assertThat(onedrive.paths()).isEmpty();
    }

    @Test
    void theLimitIsReadAndSetByJmx() throws Exception {
        String uri = "onedrive:offsite?maxBytesPerSecond=1MB";
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:upload").to(uri);
            }
        });
        OneDriveEndpoint endpoint = route.context().getEndpoint(uri, OneDriveEndpoint.class);
        ManagementStrategy management = route.context().getManagementStrategy();
        MBeanServer jmx = management.getManagementAgent().getMBeanServer();
        ObjectName name = management.getManagementObjectNameStrategy().getObjectNameForEndpoint(endpoint);

        assertThat(jmx.getAttribute(name, "MaxBytesPerSecond")).isEqualTo("1MB");
        jmx.setAttribute(name, new Attribute("MaxBytesPerSecond", "2MB"));
        assertThat(endpoint.getMaxBytesPerSecond()).isEqualTo("2MB");
        assertThatThrownBy(() -> jmx.setAttribute(name, new Attribute("MaxBytesPerSecond", "12")))
                .isInstanceOfAny(MBeanException.class, RuntimeMBeanException.class).hasRootCauseMessage(
                        "maxBytesPerSecond is '12'. It must be at least 1 kB (1024 bytes). Leave it out for no limit.");
        assertThat(endpoint.getMaxBytesPerSecond()).isEqualTo("2MB");
        jmx.setAttribute(name, new Attribute("MaxBytesPerSecond", ""));
        assertThat(endpoint.uploadRate().isLimited()).isFalse();
    }
}
