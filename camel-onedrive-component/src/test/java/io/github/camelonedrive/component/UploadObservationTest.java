package io.github.camelonedrive.component;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.spi.DataType;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** What metrics, console and events say of uploads, and that the documentation names just what there is. */
class UploadObservationTest {

    private static final int CHUNK = 320 * 1024;
    private static final String IN_FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxRetries=1";
    private static final Path GUIDE = Path.of("src/main/docs/onedrive-observability.adoc");

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private OneDriveSimulator onedrive;
    private SimulatedRoute route;

    @BeforeEach
    void start() {
        onedrive = extension.simulator();
        route = new SimulatedRoute(onedrive, context -> {
            context.getRegistry().bind("meters", meters);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(IN_FRAGMENTS);
                    from("direct:event").to("onedrive:offsite")
                            .transformDataType(new DataType("onedrive:application-cloudevents"));
                }
            });
        });
    }

    @AfterEach
    void stop() {
        route.close();
    }

    private Exchange upload(String uri, String name) {
        return route.send(uri, SimulatedRoute.content(2 * CHUNK), Map.of(Exchange.FILE_NAME, name));
    }

    private double counter(String name) {
        return meters.get(name).tag("destination", "offsite").functionCounter().count();
    }

    @Test
    void metersCountUploadsBytesRetriesAndThrottling() {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).throttle("1"));
        upload("direct:in", "a.bin");
        onedrive.fault(Fault.on(Step.CREATE_SESSION).answer(403).error("accessDenied"));
        upload("direct:in", "b.bin");

        assertThat(meters.get("onedrive.uploads").tags("destination", "offsite", "outcome", "success").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("onedrive.uploads").tags("destination", "offsite", "outcome", "failure").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("onedrive.upload").tag("destination", "offsite").counter().count())
                .isGreaterThanOrEqualTo(2 * CHUNK);
        assertThat(meters.get("onedrive.upload.retries").tag("destination", "offsite").counter().count()).isEqualTo(1);
        assertThat(meters.get("onedrive.uploads.active").tag("destination", "offsite").gauge().value()).isZero();
        assertThat(counter("onedrive.throttled")).isBetween(0.9, 1.1);
    }

    @Test
    void aRegistryThatIsBoundLateIsNoticedByTheNextUpload() {
        try (SimulatedRoute late = new SimulatedRoute(onedrive)) {
            late.context().getRegistry().bind("meters", meters);
            late.send(IN_FRAGMENTS, "content", Map.of(Exchange.FILE_NAME, "a.bin"));

            assertThat(meters.get("onedrive.uploads").tag("outcome", "success").timer().count()).isEqualTo(1);
        }
    }

    @Test
    void anotherContextWithTheSameRegistryGoesOnCounting() {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).throttle("1"));
        upload("direct:in", "a.bin");
        route.close();
        assertThat(meters.find("onedrive.uploads.active").gauge()).isNull();

        try (SimulatedRoute next = new SimulatedRoute(onedrive, context -> context.getRegistry().bind("meters", meters))) {
            next.send(IN_FRAGMENTS, SimulatedRoute.content(2 * CHUNK), Map.of(Exchange.FILE_NAME, "b.bin"));

            assertThat(meters.get("onedrive.uploads").tag("outcome", "success").timer().count()).isEqualTo(2);
            assertThat(meters.get("onedrive.uploads.active").gauge().value()).isZero();
            assertThat(counter("onedrive.throttled")).isZero();
        }
    }

    @Test
    void aResumedUploadIsCountedAsThat() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(1).redeliveryDelay(1);
                from("direct:again").to(IN_FRAGMENTS);
            }
        });
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503).times(2));
        upload("direct:again", "a.bin");

        assertThat(meters.get("onedrive.upload.resumed").tag("destination", "offsite").counter().count()).isEqualTo(1);
    }

    @Test
    void activeUploadsAreSeenWhileTheyAreUnderWay() {
        CompletableFuture<Double> seen = new CompletableFuture<>();
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2)
                .run(() -> seen.complete(meters.get("onedrive.uploads.active").gauge().value())));
        upload("direct:in", "a.bin");

        assertThat(seen).isCompletedWithValue(1.0);
    }

    @Test
    void theConsoleShowsUploads() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).run(() -> {
            seen.add(console(DevConsole.MediaType.TEXT));
            seen.add(((JsonObject) console(DevConsole.MediaType.JSON)).toJson());
        }));
        upload("direct:in", "a.bin");
        onedrive.fault(Fault.on(Step.CREATE_SESSION).answer(403).error("accessDenied"));
        upload("direct:in", "b.bin");

        assertThat((String) seen.get(0)).contains("Uploads: 0 done", "/a.bin to offsite", "of " + 2 * CHUNK + " bytes");
        assertThat((String) seen.get(1)).contains("\"target\":\"\\/a.bin\"", "\"size\":" + 2 * CHUNK, "\"mode\":\"session\"");
        assertThat((String) console(DevConsole.MediaType.TEXT)).contains("Uploads: 1 done, 1 failed", "accessDenied");
        assertThat(onedrive.secrets().in(seen.toString())).isEmpty();
    }

    private Object console(DevConsole.MediaType type) {
        DevConsoleRegistry consoles = route.context().getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        return consoles.resolveById("onedrive").call(type, Map.of());
    }

    @Test
    void anUploadedFileBecomesACloudEvent() {
        Exchange exchange = upload("direct:event", "dump/a.bin");

        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, "org.apache.camel.event.onedrive.file")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, "onedrive:offsite")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, "/dump/a.bin")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, "1.0")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_CONTENT_TYPE, "application/octet-stream")
                .containsKeys(CloudEvent.CAMEL_CLOUD_EVENT_ID, CloudEvent.CAMEL_CLOUD_EVENT_TIME);
    }

    @Test
    void theGuideNamesJustTheAttributesAndOperationsOfJmx() throws IOException {
        Set<String> attributes = new TreeSet<>();
        Set<String> operations = new TreeSet<>();
        for (Class<?> type : List.of(ManagedUploads.class, OneDriveEndpoint.class, OneDriveComponent.class)) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(ManagedAttribute.class)) {
                    attributes.add(method.getName().replaceFirst("^(get|is|set)", ""));
                }
                if (method.isAnnotationPresent(ManagedOperation.class)) {
                    operations.add(method.getName());
                }
            }
        }
        assertThat(named("Attributes")).containsExactlyInAnyOrderElementsOf(attributes);
        assertThat(named("Operations")).containsExactlyInAnyOrderElementsOf(operations);
    }

    @Test
    void theGuideNamesJustTheMetersThatThereAre() throws IOException {
        upload("direct:in", "a.bin");
        route.component().updateMeters();

        Set<String> there = meters.getMeters().stream().map(meter -> meter.getId().getName()).filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        // Those of credentials are there only once a vault is; ObservationTest knows them by these names.
        there.addAll(Set.of("onedrive.credential.expiry", "onedrive.signin.age"));
        assertThat(named("Meters")).containsExactlyInAnyOrderElementsOf(there);
    }

    /** The names in the first column of a table of the guide. */
    static List<String> named(String table) throws IOException {
        String guide = Files.readString(GUIDE);
        int start = guide.indexOf("\n." + table + "\n");
        int first = guide.indexOf("|===", start) + 4;
        String rows = guide.substring(first, guide.indexOf("|===", first));
        Matcher name = Pattern.compile("^\\| `([^`]+)`", Pattern.MULTILINE).matcher(rows);
        List<String> names = new ArrayList<>();
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }
}
