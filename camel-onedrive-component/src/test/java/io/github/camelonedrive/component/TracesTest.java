package io.github.camelonedrive.component;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanContextPropagationExtractor;
import org.apache.camel.telemetry.SpanContextPropagationInjector;
import org.apache.camel.telemetry.SpanLifecycleManager;
import org.apache.camel.telemetry.Tracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** What traces of camel-telemetry say of uploads, and that the documentation names just those tags. */
class TracesTest {

    private static final int CHUNK = 320 * 1024;

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    private final RecordingTracer tracer = new RecordingTracer();
    private OneDriveSimulator onedrive;
    private SimulatedRoute route;

    @BeforeEach
    void start() {
        onedrive = extension.simulator();
        route = new SimulatedRoute(onedrive, context -> {
            tracer.init(context);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxRetries=1");
                }
            });
        });
    }

    @AfterEach
    void stop() {
        route.close();
    }

    private void uploadAndFail() {
        upload("a.bin");
        onedrive.fault(Fault.on(Step.CREATE_SESSION).answer(403).error("accessDenied"));
        upload("b.bin");
    }

    private void upload(String name) {
        route.send("direct:in", SimulatedRoute.content(2 * CHUNK), Map.of(Exchange.FILE_NAME, name));
    }

    @Test
    void tracesHaveTags() {
        uploadAndFail();

        List<Map<String, String>> spans = tracer.spans("onedrive");
        assertThat(spans).hasSize(2);
        assertThat(spans.get(0)).containsEntry("onedrive.destination", "offsite").containsEntry("onedrive.operation", "upload")
                .containsEntry("file.name", "a.bin").containsEntry("onedrive.size", String.valueOf(2 * CHUNK))
                .containsEntry("onedrive.upload.mode", "session").containsEntry("onedrive.upload.resumed", "false")
                .containsKeys("onedrive.item.id", "onedrive.request.id");
        assertThat(spans.get(1)).containsEntry("http.status_code", "403").containsEntry("file.name", "b.bin")
                .containsKey("onedrive.request.id").doesNotContainKey("onedrive.item.id");
        assertThat(onedrive.secrets().in(spans.toString())).isEmpty();
    }

    @Test
    void theGuideNamesJustTheTagsOfTraces() throws IOException {
        Set<String> before = new TreeSet<>();
        uploadAndFail();
        tracer.spans("onedrive").forEach(span -> before.addAll(span.keySet()));
        Set<String> camels = tracer.spans("direct").stream().flatMap(span -> span.keySet().stream())
                .collect(Collectors.toSet());
        before.removeAll(camels);
        before.removeAll(Set.of("server.address", "server.protocol", "url.query", "error"));

        assertThat(UploadObservationTest.named("Tags")).containsExactlyInAnyOrderElementsOf(before);
    }

    /** Keeps the tags of all spans. */
    private static final class RecordingTracer extends Tracer implements SpanLifecycleManager {

        private final List<RecordingSpan> all = new CopyOnWriteArrayList<>();

        List<Map<String, String>> spans(String component) {
            return all.stream().filter(span -> span.component.contains(component)).map(span -> span.tags).toList();
        }

        @Override
        protected void initTracer() {
            setSpanLifecycleManager(this);
        }

        @Override
        public Span create(String name, Span parent, SpanContextPropagationExtractor extractor) {
            RecordingSpan span = new RecordingSpan();
            all.add(span);
            return span;
        }

        @Override
        public void activate(Span span) {
            // Tags are all we want.
        }

        @Override
        public void deactivate(Span span) {
            // Tags are all we want.
        }

        @Override
        public void close(Span span) {
            // Tags are all we want.
        }

        @Override
        public void inject(Span span, SpanContextPropagationInjector injector, boolean headers) {
            // Tags are all we want.
        }
    }

    private static final class RecordingSpan implements Span {

        private final Map<String, String> tags = new LinkedHashMap<>();
        private String component = "";

        @Override
        public void log(Map<String, String> fields) {
            // Tags are all we want.
        }

        @Override
        public void setTag(String name, String value) {
            tags.put(name, value);
        }

        @Override
        public void setComponent(String name) {
            component = name;
        }

        @Override
        public void setError(boolean isError) {
            tags.put("error", String.valueOf(isError));
        }
    }
}
