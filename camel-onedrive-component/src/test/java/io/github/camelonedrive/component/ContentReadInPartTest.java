package io.github.camelonedrive.component;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.download.DownloadVerificationException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Readers that do not read a file to its end, as most parsers: damaged content is found all the same. */
class ContentReadInPartTest {

    private static final String JSON = "[{\"id\":1,\"amount\":100},{\"id\":2,\"amount\":200}]\n";
    private static final String XML = "<a><b>100</b></a>\n";
    private static final String LINES = "100\n" + "200\n".repeat(10_000);

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    private final List<Object> results = new CopyOnWriteArrayList<>();

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    private SimulatedRoute route(RouteBuilder routes) {
        return new SimulatedRoute(onedrive(), context -> context.addRoutes(routes));
    }

    /** Content of the same length and form, with other figures. */
    private void putDamaged(String text) {
        onedrive().putFile("/Inbox/a", text.getBytes(StandardCharsets.UTF_8));
        onedrive().fault(Fault.on(Step.CONTENT).answer(200)
                .body("application/octet-stream", text.replace("100", "900")).always());
    }

    private void consume(String options, String step) {
        assumeFalse(step.equals(System.getProperty("languages.left.out")), "this Camel lacks the language");
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                steps(from(Inbox.uri("move=/Done&moveFailed=/Failed" + options)), step);
            }
        })) {
            Awaitility.await().until(() -> !onedrive().paths().contains("/Inbox/a"));
        }
    }

    private void steps(ProcessorDefinition<?> it, String step) {
        switch (step) {
            case "json" -> it.unmarshal().json();
            case "json-list" -> it.unmarshal().json(JsonLibrary.Jackson, List.class).split().body().process(this::add);
            case "json-node" -> it.convertBodyTo(JsonNode.class);
            case "jsonpath" -> it.transform().jsonpath("$[0].amount");
            case "json-streaming" -> it.process(exchange -> {
                try (JsonParser parser = new ObjectMapper().createParser(exchange.getMessage().getBody(InputStream.class))) {
                    parser.nextToken();
                    parser.nextToken();
                }
            });
            case "json-of-file" -> it.process(exchange -> {
                try (InputStream content = exchange.getMessage().getBody(OneDriveFile.class).open()) {
                    new ObjectMapper().readTree(content);
                }
            });
            case "line" -> it.process(exchange -> {
                try (BufferedReader reader = exchange.getMessage().getBody(BufferedReader.class)) {
                    results.add(reader.readLine());
                }
            });
            case "kilobyte-left-open" -> it.process(exchange -> {
                InputStream content = exchange.getMessage().getBody(InputStream.class);
                results.add(content.readNBytes(1024).length);
            });
            case "close-swallowed" -> it.process(exchange -> {
                InputStream content = exchange.getMessage().getBody(InputStream.class);
                content.readNBytes(1024);
                try {
                    content.close();
                } catch (IOException e) {
                    results.add(e.getClass());
                }
            });
            case "xpath" -> it.transform().xpath("//b/text()", String.class);
            case "stax" -> it.process(exchange -> {
                XMLStreamReader reader = XMLInputFactory.newFactory()
                        .createXMLStreamReader(exchange.getMessage().getBody(InputStream.class));
                reader.nextTag();
                reader.close();
            });
            default -> throw new AssertionError(step);
        }
        it.process(this::add);
    }

    private void add(Exchange exchange) {
        results.add(exchange.getMessage().getBody());
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "json-list", "json-node", "jsonpath", "json-streaming", "json-of-file"})
    void damagedJson_isNotProcessed(String step) {
        putDamaged(JSON);
        consume("", step);
        assertThat(onedrive().paths()).containsExactly("/Failed/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"line", "kilobyte-left-open", "close-swallowed"})
    void damagedLines_areNotProcessed(String step) {
        putDamaged(LINES);
        consume("", step);
        assertThat(onedrive().paths()).containsExactly("/Failed/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xpath", "stax"})
    void damagedXml_isNotProcessed(String step) {
        putDamaged(XML);
        consume("", step);
        assertThat(onedrive().paths()).containsExactly("/Failed/a");
    }

    @Test
    void damagedZip_ofWhichOneEntryIsRead_isNotProcessed() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.setMethod(ZipOutputStream.DEFLATED);
            out.putNextEntry(new ZipEntry("first"));
            out.write(1);
            out.putNextEntry(new ZipEntry("second"));
            out.write(new byte[100_000]);
        }
        onedrive().putFile("/Inbox/a", zip.toByteArray());
        onedrive().fault(Fault.on(Step.CONTENT).damageAnswer().always());
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("move=/Done&moveFailed=/Failed")).process(exchange -> {
                    try (ZipInputStream in = new ZipInputStream(exchange.getMessage().getBody(InputStream.class))) {
                        in.getNextEntry();
                    }
                });
            }
        })) {
            Awaitility.await().until(() -> !onedrive().paths().contains("/Inbox/a"));
        }
        assertThat(onedrive().paths()).containsExactly("/Failed/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "json-node", "jsonpath", "json-streaming"})
    void goodJson_isProcessed(String step) {
        onedrive().putFile("/Inbox/a", JSON.getBytes(StandardCharsets.UTF_8));
        consume("", step);
        assertThat(onedrive().paths()).containsExactly("/Done/a");
        assertThat(results).hasSize(1);
    }

    @Test
    void beginningOfALargeFile_isProcessed_withoutDownloadingAllOfIt() {
        onedrive().putFile("/Inbox/a", new byte[30 << 20]);
        consume("", "close-swallowed");
        assertThat(onedrive().paths()).containsExactly("/Done/a");
        assertThat(results).hasSize(1);
    }

    @Test
    void failureThatTheRouteHandles_countsAsProcessed() {
        putDamaged(JSON);
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DownloadVerificationException.class).handled(true).process(exchange -> results.add("handled"));
                from(Inbox.uri("move=/Done&moveFailed=/Failed")).unmarshal().json();
            }
        })) {
            Awaitility.await().until(() -> !onedrive().paths().contains("/Inbox/a"));
        }
        assertThat(onedrive().paths()).containsExactly("/Done/a");
        assertThat(results).containsExactly("handled");
    }

    @Test
    void redelivery_readsAgain() {
        onedrive().putFile("/Inbox/a", JSON.getBytes(StandardCharsets.UTF_8));
        onedrive().fault(Fault.on(Step.CONTENT).answer(200)
                .body("application/octet-stream", JSON.replace("100", "900")));
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
                from(Inbox.uri("move=/Done&moveFailed=/Failed")).unmarshal().json().process(ContentReadInPartTest.this::add);
            }
        })) {
            Awaitility.await().until(() -> !onedrive().paths().contains("/Inbox/a"));
        }
        assertThat(onedrive().paths()).containsExactly("/Done/a");
        assertThat(results).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:poll", "direct:swallow", "direct:download"})
    void exchangeThatAsksForDamagedJson_fails(String route) {
        putDamaged(JSON);
        try (SimulatedRoute routes = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:poll").pollEnrich(Inbox.uri("fileName=a"), 5000).unmarshal().json();
                steps(from("direct:swallow").pollEnrich(Inbox.uri("fileName=a"), 5000), "close-swallowed");
                from("direct:download").streamCache("false").to("onedrive:inbox?folderPath=/Inbox&operation=download")
                        .unmarshal().json();
            }
        })) {
            assertThat(routes.send(route, null, Map.of(Exchange.FILE_NAME, "a")).getException())
                    .hasMessageContaining("QuickXorHash");
        }
        assertThat(onedrive().paths()).containsExactly("/Inbox/a");
    }
}
