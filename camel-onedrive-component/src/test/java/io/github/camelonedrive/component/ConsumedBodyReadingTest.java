package io.github.camelonedrive.component;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stream.StreamSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.JsonResult;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the content of a consumed file is read: when, how often, as what type, in which encoding, and what a failure does. */
class ConsumedBodyReadingTest {

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    private final List<String> results = new CopyOnWriteArrayList<>();

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    private SimulatedRoute route(RouteBuilder routes) {
        return new SimulatedRoute(onedrive(), context -> context.addRoutes(routes));
    }

    /** A route from the inbox that does something more with the file. */
    private SimulatedRoute route(String options, Consumer<ProcessorDefinition<?>> steps) {
        return route(new RouteBuilder() {
            @Override
            public void configure() {
                steps.accept(from(Inbox.uri(options)).routeId("inbox"));
            }
        });
    }

    private void put(String name, String text) {
        onedrive().putFile("/Inbox/" + name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(Exchange exchange) {
        results.add(exchange.getMessage().getBody(String.class));
    }

    private void awaitFiles(String... paths) {
        Awaitility.await().untilAsserted(() -> assertThat(onedrive().paths()).containsExactlyInAnyOrder(paths));
    }

    @Test
    void eachReadDownloadsAgain() {
        put("a.txt", "1");
        try (SimulatedRoute route = route("delete=true", it -> it.process(this::add).process(this::add))) {
            awaitFiles();
            assertThat(results).containsExactly("1", "1");
            assertThat(onedrive().requests(Step.CONTENT)).hasSize(2);
        }
    }

    @Test
    void aStreamCacheThatIsAskedForDownloadsOnce() {
        put("a.txt", "1");
        try (SimulatedRoute route = route("delete=true",
                it -> it.convertBodyTo(StreamCache.class).process(this::add).process(this::add))) {
            awaitFiles();
            assertThat(results).containsExactly("1", "1");
            assertThat(onedrive().requests(Step.CONTENT)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&localWorkDirectory=work"})
    void noConversionButTheAskedOneGivesTheItem(String options) {
        put("a.xml", "<a>b</a>");
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (SimulatedRoute route = route("delete=true" + options.replace("work", directory.toString()), it -> it
                .process(exchange -> {
                    try {
                        convertsToNoItem(exchange);
                    } catch (AssertionError e) {
                        failures.add(e);
                    }
                }))) {
            awaitFiles();
            assertThat(failures).isEmpty();
        }
    }

    private static void convertsToNoItem(Exchange exchange) {
        OneDriveFile file = exchange.getMessage().getBody(OneDriveFile.class);
        for (Class<?> type : List.of(String.class, byte[].class, ByteBuffer.class, InputStream.class,
                Closeable.class, Reader.class, Readable.class, BufferedReader.class, StreamCache.class, Serializable.class,
                Document.class, StreamSource.class, XMLStreamReader.class, Properties.class,
                Iterator.class, Iterable.class)) {
            Object converted = exchange.getContext().getTypeConverter().convertTo(type, exchange, file);
            assertThat(converted).as(type.getName()).isNotNull().isNotInstanceOf(JsonResult.class);
            Object ofWrapped = exchange.getContext().getTypeConverter().tryConvertTo(type, exchange, file.getFile());
            assertThat(ofWrapped instanceof JsonResult).as(type + " of what is wrapped").isFalse();
        }
        assertThat(exchange.getContext().getTypeConverter().tryConvertTo(JsonNode.class, exchange, file)).isNull();
        DriveItem item = file.getItem();
        assertThat(item.name()).isEqualTo("a.xml");
        assertThat(exchange.getProperty(OneDriveConstants.CONSUMED_ITEM)).isEqualTo(item);
        assertThat(exchange.getMessage().getBody(DriveItem.class)).isEqualTo(item);
    }

    @Test
    void aFileOfThisMachineIsThereWithALocalWorkDirectoryOnly() {
        put("a.txt", "1");
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (SimulatedRoute route = route("noop=true", it -> it.doTry().convertBodyTo(File.class)
                .doCatch(NoTypeConversionAvailableException.class).process(exchange -> failures.add(
                        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))).end().process(this::add))) {
            Awaitility.await().until(() -> results.size() == 1);
            assertThat(results).containsExactly("1");
            assertThat(failures).hasSize(1);
        }
        try (SimulatedRoute route = route("delete=true&localWorkDirectory=" + directory, it -> it
                .process(exchange -> assertThat(exchange.getMessage().getBody(Path.class))
                        .isEqualTo(directory.resolve("a.txt")))
                .convertBodyTo(File.class).process(this::add))) {
            awaitFiles();
            assertThat(results).containsExactly("1", "1");
        }
    }

    @Test
    void aLocalCopyThatAFileEndpointHasTakenIsDownloadedAgain() {
        put("a.txt", "1");
        try (SimulatedRoute route = route("delete=true&localWorkDirectory=" + directory.resolve("work"), it -> it
                .to("file:" + directory.resolve("out")).process(this::add).to("onedrive:copy?folderPath=/Copies"))) {
            awaitFiles("/Copies/a.txt");
            assertThat(results).containsExactly("1");
            assertThat(directory.resolve("out/a.txt")).hasContent("1");
        }
    }

    /** Each fails once, and then does all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"tokenize", "streaming", "parallel", "groups", "pair", "xml", "xml-whole",
            "bytes", "text", "cache", "stream"})
    void damagedContentFailsTheExchange(String step) {
        String lines = IntStream.range(0, 20_000).mapToObj(i -> "<l>[" + i + "]</l>")
                .collect(Collectors.joining("\n", "<a>", "</a>"));
        onedrive().fault(Fault.on(Step.CONTENT).damageAnswer());
        put("a.txt", lines);
        try (SimulatedRoute route = route("delete=true", it -> {
            switch (step) {
                case "tokenize" -> it.split().tokenize("\n").process(this::add);
                case "streaming" -> it.split().tokenize("\n").streaming().process(this::add);
                case "parallel" -> it.split().tokenize("\n").streaming().parallelProcessing().process(this::add);
                case "groups" -> it.split().tokenize("\n", 7).streaming().process(this::add);
                case "pair" -> it.split().tokenizePair("[", "]").streaming().process(this::add);
                case "xml" -> it.split().tokenizeXML("l").streaming().process(this::add);
                case "xml-whole" -> it.split().tokenizeXML("l").process(this::add);
                case "bytes" -> it.convertBodyTo(byte[].class).process(this::add);
                case "text" -> it.convertBodyTo(String.class).process(this::add);
                case "cache" -> it.convertBodyTo(StreamCache.class).process(this::add);
                default -> it.convertBodyTo(InputStream.class).process(this::add);
            }
        })) {
            OneDriveConsumer consumer = (OneDriveConsumer) route.context().getRoute("inbox").getConsumer();
            Awaitility.await().until(() -> consumer.getFilesFailed() + consumer.getFilesCompleted() >= 1);
            assertThat(consumer.getFilesFailed()).isEqualTo(1);
            awaitFiles();
            if (List.of("tokenize", "streaming", "groups").contains(step)) {
                assertThat(results.stream().filter(it -> it.contains("[19999]</l>"))).as("the last part").hasSize(1);
            }
        }
    }

    /** More files than there are connections. */
    @Test
    void aTokenizerThatIsNotReadToItsEndLeavesNoConnectionOpen() {
        int files = 300;
        String content = "first\n" + "x".repeat(100_000);
        for (int i = 0; i < files; i++) {
            put(i + ".txt", content);
        }
        try (SimulatedRoute route = route("delete=true", it -> it.setBody().tokenize("\n")
                .process(exchange -> results.add(exchange.getMessage().getBody(Iterator.class).next().toString())))) {
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> onedrive().paths().isEmpty());
            assertThat(results).hasSize(files).containsOnly("first");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"move=.done", "delete=true"})
    void anAggregateReadsWhatIsStillThereAndFailsClearlyElse(String after) {
        List<Exchange> groups = new CopyOnWriteArrayList<>();
        put("a.txt", "1");
        put("b.txt", "2");
        try (SimulatedRoute route = route(after, it -> it.aggregate(new GroupedBodyAggregationStrategy()).constant(true)
                .completionSize(3).process(groups::add))) {
            Awaitility.await().until(() -> onedrive().paths().stream().noneMatch("/Inbox/a.txt"::equals)
                    && onedrive().paths().stream().noneMatch("/Inbox/b.txt"::equals));
            put("c.txt", "3");
            Awaitility.await().until(() -> groups.size() == 1);
            List<?> files = groups.get(0).getMessage().getBody(List.class);
            Exchange later = new DefaultExchange(route.context());
            later.getMessage().setBody(files.get(0));
            if (after.startsWith("move")) {
                assertThat(later.getMessage().getBody(String.class)).isIn("1", "2");
            } else {
                assertThatThrownBy(() -> later.getMessage().getBody(String.class)).hasStackTraceContaining("404");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"move=.done", "delete=true"})
    void aWireTapReadsWhatIsStillThereAndFailsClearlyElse(String after) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        put("a.txt", "1");
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(exchange -> failures.add(
                        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from(Inbox.uri(after)).wireTap("direct:tapped").process(exchange -> { });
                from("direct:tapped").process(exchange -> assertThat(go.await(20, TimeUnit.SECONDS)).isTrue())
                        .convertBodyTo(String.class).process(ConsumedBodyReadingTest.this::add);
            }
        })) {
            Awaitility.await().until(() -> !onedrive().paths().contains("/Inbox/a.txt"));
            go.countDown();
            Awaitility.await().until(() -> results.size() + failures.size() == 1);
            if (after.startsWith("move")) {
                assertThat(results).containsExactly("1");
            } else {
                assertThat(failures.get(0)).hasStackTraceContaining("404");
            }
        }
    }

    @Test
    void aQueueKeepsTheFileUntilItIsRead() {
        put("a.txt", "1");
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("delete=true")).to("seda:later");
                from("seda:later").process(exchange -> assertThat(onedrive().paths()).contains("/Inbox/a.txt"))
                        .process(ConsumedBodyReadingTest.this::add);
            }
        })) {
            awaitFiles();
            assertThat(results).containsExactly("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&localWorkDirectory=work"})
    void aFileThatIsAskedForWithinARouteIsReadTheSameWay(String options) {
        put("a.txt", "one\ntwo");
        String uri = "onedrive:inbox?folderPath=/Inbox&fileName=a.txt&delete=true"
                + options.replace("work", directory.resolve("work").toString());
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich(uri, 10_000).split().tokenize("\n").streaming()
                        .process(ConsumedBodyReadingTest.this::add);
            }
        })) {
            assertThat(route.send("direct:ask", null, Map.of()).getException()).isNull();
            assertThat(results).containsExactly("one", "two");
            awaitFiles();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&localWorkDirectory=work"})
    void theOptionCharsetIsTheEncodingOfTextWhateverTheRouteDoes(String local) {
        onedrive().putFile("/Inbox/a.txt", "Größe\nÖl".getBytes(StandardCharsets.ISO_8859_1));
        String options = "move=.done&charset=ISO-8859-1" + local.replace("work", directory.toString());
        try (SimulatedRoute route = route(options, it -> it
                .split().tokenize("\n").process(this::add).end()
                .setProperty(Exchange.CHARSET_NAME).constant("UTF-8")
                .process(this::add)
                .process(exchange -> results.add(new BufferedReader(exchange.getMessage().getBody(Reader.class)).readLine()))
                .to("onedrive:copy?folderPath=/Copies"))) {
            awaitFiles("/Inbox/.done/a.txt", "/Copies/a.txt");
            assertThat(results).containsExactly("Größe", "Öl", "Größe\nÖl", "Größe");
            assertThat(onedrive().file("/Copies/a.txt").orElseThrow().bytes())
                    .isEqualTo("Größe\nÖl".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void theExchangesCharsetIsTheEncodingOfTextWithoutTheOption() {
        onedrive().putFile("/Inbox/a.txt", "Größe\nÖl".getBytes(StandardCharsets.ISO_8859_1));
        try (SimulatedRoute route = route("delete=true", it -> it
                .setHeader(Exchange.CHARSET_NAME).constant("ISO-8859-1").process(this::add).removeHeader(Exchange.CHARSET_NAME)
                .setProperty(Exchange.CHARSET_NAME).constant("ISO-8859-1").process(this::add)
                .split().tokenize("\n").process(this::add))) {
            awaitFiles();
            assertThat(results).containsExactly("Größe\nÖl", "Größe\nÖl", "Größe", "Öl");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&localWorkDirectory=work", "&charset=ISO-8859-1", "&charset=UTF-16"})
    void bytesStayAsTheyAre(String options) throws IOException {
        byte[] content = SimulatedRoute.content(300_000);
        onedrive().putFile("/Inbox/a.bin", content);
        List<byte[]> sent = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            sent.add(request.getRequestBody().readAllBytes());
            request.sendResponseHeaders(204, -1);
            request.close();
        });
        server.start();
        try (SimulatedRoute route = route("delete=true" + options.replace("=work", "=" + directory.resolve("work")), it -> it
                .process(exchange -> {
                    assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(content);
                    assertThat(exchange.getMessage().getBody(ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(content));
                    assertThat(exchange.getMessage().getBody(InputStream.class)).hasBinaryContent(content);
                    assertThat(exchange.getMessage().getBody(StreamCache.class).length()).isEqualTo(content.length);
                })
                .setProperty("file").body()
                .setHeader(Exchange.HTTP_METHOD).constant("POST")
                .to("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .setBody().exchangeProperty("file")
                .to("file:" + directory.resolve("out")).to("onedrive:copy?folderPath=/Copies"))) {
            awaitFiles("/Copies/a.bin");
            assertThat(onedrive().file("/Copies/a.bin").orElseThrow().bytes()).isEqualTo(content);
            assertThat(Files.readAllBytes(directory.resolve("out/a.bin"))).isEqualTo(content);
            assertThat(sent).hasSize(1);
            assertThat(sent.get(0)).isEqualTo(content);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&localWorkDirectory=work"})
    void anEmptyFileIsEmptyEverywhere(String options) {
        put("a.txt", "");
        String all = "delete=true" + options.replace("work", directory.resolve("work").toString());
        try (SimulatedRoute route = route(all, it -> it
                .process(exchange -> {
                    assertThat(exchange.getMessage().getBody(byte[].class)).isEmpty();
                    assertThat(exchange.getMessage().getBody(InputStream.class)).isEmpty();
                    assertThat(exchange.getMessage().getBody(String.class)).isEmpty();
                })
                .to("onedrive:copy?folderPath=/Copies").to("file:" + directory.resolve("out")))) {
            awaitFiles("/Copies/a.txt");
            assertThat(onedrive().file("/Copies/a.txt").orElseThrow().bytes()).isEmpty();
            assertThat(directory.resolve("out/a.txt")).isEmptyFile();
        }
    }
}
