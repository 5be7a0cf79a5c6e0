package io.github.camelonedrive.component;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.xml.transform.stream.StreamSource;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.simulator.OneDriveSimulator;

/**
 * What the steps of a route make of a consumed file. Each route gets the same files from a directory and from OneDrive, and
 * does the same with them.
 */
abstract class ConsumedBodies {

    static final String LINES = "one\ntwo\nthree\nfour";
    static final String CSV = "id;amount\n1;10\n2;20\n";
    static final String JSON = "{\"order\":{\"id\":1,\"items\":[\"a\",\"b\"]}}";
    static final String XML = "<orders><order id=\"1\">a</order><order id=\"2\">b</order></orders>";
    static final String PAIRS = "[one] and [two]";

    /** Conversions that Camel does not have for a local file. */
    private static final Set<String> NOT_OF_A_LOCAL_FILE = Set.of("convert-to-StreamCache", "convert-to-StreamSource",
            "stream-cache-twice");

    @TempDir
    Path directory;

    private final Map<String, List<String>> results = new ConcurrentHashMap<>();
    private final List<Case> cases = new ArrayList<>();

    /** Where the files come from. */
    enum Source {
        DIRECTORY, ONEDRIVE, ONEDRIVE_WITHOUT_STREAM_CACHING, ONEDRIVE_WITH_LOCAL_WORK_DIRECTORY
    }

    private record Case(String name, byte[] content, List<String> expected, UnaryOperator<ProcessorDefinition<?>> steps) {
    }

    /** Adds the cases. */
    abstract void cases(RouteBuilder b);

    final void test(String name, String content, UnaryOperator<ProcessorDefinition<?>> steps, String... expected) {
        test(name, content.getBytes(StandardCharsets.UTF_8), steps, expected);
    }

    final void test(String name, byte[] content, UnaryOperator<ProcessorDefinition<?>> steps, String... expected) {
        cases.add(new Case(name, content, List.of(expected), steps));
    }

    /** Without a type converter, which would marshal it. */
    static void describe(Exchange exchange) {
        exchange.getMessage().setBody(exchange.getMessage().getBody().toString());
    }

    private RouteBuilder routes(Source source) {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                errorHandler(noErrorHandler());
                onException(Exception.class).handled(true).process(exchange -> add(exchange, "failed: "
                        + exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
                from(uri(source)).streamCache(String.valueOf(source != Source.ONEDRIVE_WITHOUT_STREAM_CACHING))
                        .setProperty("case", header(Exchange.FILE_NAME)).toD("direct:case-${header.CamelFileName}");
                from("direct:constant").setBody(constant("constant"));
                from("direct:echo").convertBodyTo(String.class);
                from("direct:length").setBody(body().convertTo(byte[].class)).setBody(simple("${body.length}"));
                from("direct:tapped").convertBodyTo(String.class);
                from("seda:echo").convertBodyTo(String.class);
                cases(this);
                for (Case it : cases) {
                    it.steps().apply(from("direct:case-" + it.name()).routeId(it.name()))
                            .process(exchange -> add(exchange, exchange.getMessage().getBody(String.class)));
                }
            }
        };
    }

    private String uri(Source source) {
        return switch (source) {
            case DIRECTORY -> "file:" + directory.resolve("in") + "?noop=true&initialDelay=0&delay=20";
            case ONEDRIVE_WITH_LOCAL_WORK_DIRECTORY ->
                Inbox.uri("localWorkDirectory=" + directory.resolve("work"));
            default -> Inbox.uri("");
        };
    }

    private void add(Exchange exchange, String result) {
        results.computeIfAbsent(exchange.getProperty("case", String.class), key -> new CopyOnWriteArrayList<>()).add(result);
    }

    @ParameterizedTest
    @EnumSource
    void everyStepGetsTheContent(Source source) throws Exception {
        Files.writeString(directory.resolve("count.xsl"), "<xsl:stylesheet version='1.0' "
                + "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:output method='text'/>"
                + "<xsl:template match='/'><xsl:value-of select='count(//order)'/></xsl:template></xsl:stylesheet>");
        Files.writeString(directory.resolve("orders.xsd"), "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
                + "<xs:element name='orders'><xs:complexType><xs:sequence><xs:element name='order' maxOccurs='unbounded'>"
                + "<xs:complexType mixed='true'><xs:attribute name='id'/></xs:complexType></xs:element></xs:sequence>"
                + "</xs:complexType></xs:element></xs:schema>");
        RouteBuilder routes = routes(source);
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().start();
             SimulatedRoute route = new SimulatedRoute(onedrive, context -> context.addRoutes(routes))) {
            Path in = Files.createDirectories(directory.resolve("in"));
            if (source == Source.DIRECTORY) {
                cases.removeIf(it -> NOT_OF_A_LOCAL_FILE.contains(it.name()));
            }
            for (Case it : cases) {
                Path part = Files.write(directory.resolve(it.name() + ".part"), it.content());
                Files.move(part, in.resolve(it.name()));
                onedrive.putFile("/Inbox/" + it.name(), it.content());
            }
            Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(this::everyCaseGaveWhatIsExpected);
        }
    }

    private void everyCaseGaveWhatIsExpected() {
        SoftAssertions softly = new SoftAssertions();
        cases.forEach(it -> softly.assertThat(results.get(it.name())).as(it.name()).isEqualTo(it.expected()));
        softly.assertAll();
    }
}
