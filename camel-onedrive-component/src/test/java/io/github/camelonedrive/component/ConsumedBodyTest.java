package io.github.camelonedrive.component;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stream.StreamSource;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ValueBuilder;
import org.apache.camel.converter.jaxb.JaxbDataFormat;
import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;
import org.apache.camel.dataformat.zipfile.ZipFileDataFormat;
import org.apache.camel.dataformat.zipfile.ZipSplitter;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.dataformat.BindyType;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.StringAggregationStrategy;
import org.apache.camel.support.builder.Namespaces;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.apache.camel.component.stax.StAXBuilder.stax;

/**
 * What the steps of a route make of a consumed file. Each route gets the same files from a directory and from OneDrive, and does
 * the same with them.
 */
class ConsumedBodyTest {

    private static final String LINES = "one\ntwo\nthree\nfour";
    private static final String CSV = "id;amount\n1;10\n2;20\n";
    private static final String JSON = "{\"order\":{\"id\":1,\"items\":[\"a\",\"b\"]}}";
    private static final String XML = "<orders><order id=\"1\">a</order><order id=\"2\">b</order></orders>";
    private static final String PAIRS = "[one] and [two]";

    /** Conversions that Camel does not have for a local file. */
    private static final Set<String> NOT_OF_A_LOCAL_FILE = Set.of("convert-to-StreamCache", "convert-to-StreamSource",
            "stream-cache-twice");

    @TempDir
    private Path directory;

    private final Map<String, List<String>> results = new ConcurrentHashMap<>();
    private final List<Case> cases = new ArrayList<>();

    /** Where the files come from. */
    enum Source {
        DIRECTORY, ONEDRIVE, ONEDRIVE_WITHOUT_STREAM_CACHING, ONEDRIVE_WITH_LOCAL_WORK_DIRECTORY
    }

    private record Case(String name, byte[] content, List<String> expected, UnaryOperator<ProcessorDefinition<?>> steps) {
    }

    /** An order as JAXB and StAX read it. */
    @XmlRootElement(name = "order")
    @XmlAccessorType(XmlAccessType.FIELD)
    public static class XmlOrder {
        @XmlAttribute
        private int id;

        @Override
        public String toString() {
            return "order " + id;
        }
    }

    /** A line as Bindy reads it. */
    @CsvRecord(separator = ";", skipFirstLine = true)
    public static class CsvOrder {
        @DataField(pos = 1)
        private int id;
        @DataField(pos = 2)
        private int amount;

        @Override
        public String toString() {
            return id + "=" + amount;
        }
    }

    /** A bean whose methods say what they want. */
    public static class Bean {
        public String text(String body) {
            return "text " + body;
        }

        public String bytes(byte[] body) {
            return "bytes " + body.length;
        }

        public String stream(InputStream body) throws IOException {
            return "stream " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void test(String name, String content, UnaryOperator<ProcessorDefinition<?>> steps, String... expected) {
        test(name, content.getBytes(StandardCharsets.UTF_8), steps, expected);
    }

    private void test(String name, byte[] content, UnaryOperator<ProcessorDefinition<?>> steps, String... expected) {
        cases.add(new Case(name, content, List.of(expected), steps));
    }

    private void splitters(RouteBuilder b) {
        test("tokenize", LINES, d -> d.split().tokenize("\n"), "one", "two", "three", "four");
        test("tokenize-streaming", LINES, d -> d.split().tokenize("\n").streaming(), "one", "two", "three", "four");
        test("tokenize-regex", LINES, d -> d.split().tokenize("[\n]", true), "one", "two", "three", "four");
        test("tokenize-groups", LINES, d -> d.split().tokenize("\n", 3, false), "one\ntwo\nthree", "four");
        test("tokenize-skips-first", CSV, d -> d.split().tokenize("\n", 1, true).streaming(), "1;10", "2;20");
        test("tokenize-parallel", LINES, d -> d.split().tokenize("\n").streaming().parallelProcessing()
                .to("mock:part").end().setBody(b.constant("done")), "done");
        test("tokenize-aggregated", LINES, d -> d.split(b.body().tokenize("\n"), new GroupedBodyAggregationStrategy())
                .to("mock:part").end()
                .setBody(b.simple("${body.size}")), "4");
        test("tokenize-pair", PAIRS, d -> d.split().tokenizePair("[", "]", true), "[one]", "[two]");
        test("tokenize-xml", XML, d -> d.split().tokenizeXML("order"), "<order id=\"1\">a</order>", "<order id=\"2\">b</order>");
        test("tokenize-xml-streaming", XML, d -> d.split().tokenizeXML("order").streaming(), "<order id=\"1\">a</order>",
                "<order id=\"2\">b</order>");
        test("xtokenize", XML, d -> d.split().xtokenize("//order", new Namespaces("x", "y")),
                "<order id=\"1\">a</order>", "<order id=\"2\">b</order>");
        test("split-by-xpath", XML, d -> d.split(b.xpath("/orders/order")).setBody(b.xpath("/order/text()", String.class)),
                "a", "b");
        test("split-by-jsonpath", JSON, d -> d.split(b.jsonpath("$.order.items[*]")), "a", "b");
        test("split-by-stax", XML, d -> d.split(stax(XmlOrder.class)).streaming().process(ConsumedBodyTest::describe),
                "order 1", "order 2");
        test("split-body", LINES, d -> d.split(b.body()), LINES);
        test("split-by-zip", zip("a.txt", "A", "b.txt", "B"), d -> d.split(new ZipSplitter()).streaming(), "A", "B");
        test("split-by-simple", LINES, d -> d.split(b.simple("${bodyAs(String).split('\n')}")), "one", "two", "three", "four");
        test("body-tokenized", LINES, d -> d.setBody(b.body().tokenize("\n")).split(b.body()), "one", "two", "three", "four");
    }

    private void dataFormats(RouteBuilder b) {
        test("unmarshal-json", JSON, d -> d.unmarshal().json().setBody(b.simple("${body[order][id]}")), "1");
        test("unmarshal-json-node", JSON, d -> d.unmarshal().json(JsonLibrary.Jackson, JsonNode.class)
                .process(ConsumedBodyTest::describe), JSON);
        test("unmarshal-bindy", CSV, d -> d.unmarshal().bindy(BindyType.Csv, CsvOrder.class).split(b.body())
                .setBody(b.simple("${body}")), "1=10", "2=20");
        test("unmarshal-jaxb", "<order id=\"7\"/>", d -> d.unmarshal(jaxb()).process(ConsumedBodyTest::describe), "order 7");
        test("unmarshal-zip", zip("a.txt", "A"), d -> d.unmarshal(new ZipFileDataFormat()), "A");
        test("marshal-zip", LINES, d -> d.marshal(new ZipFileDataFormat()).unmarshal(new ZipFileDataFormat()), LINES);
    }

    private void expressions(RouteBuilder b) {
        test("simple-body", LINES, d -> d.setBody(b.simple("<${body}>")), "<" + LINES + ">");
        test("simple-body-alone", LINES, d -> d.setBody(b.simple("${body}")), LINES);
        test("simple-body-as", LINES, d -> d.setBody(b.simple("${bodyAs(String)}")), LINES);
        test("simple-mandatory-body-as", LINES, d -> d.setBody(b.simple("${mandatoryBodyAs(String)}")), LINES);
        test("simple-one-line", LINES, d -> d.setBody(b.simple("${bodyOneLine}")), "onetwothreefour");
        test("simple-equals", "yes", d -> d.filter(b.simple("${bodyAs(String)} == 'yes'")), "yes");
        test("simple-body-equals", "yes", d -> d.filter(b.simple("${body} == 'yes'")), "yes");
        test("simple-regex", LINES, d -> d.filter(b.simple("${body} regex '(?s).*two.*'")), LINES);
        test("simple-contains", LINES, d -> d.filter(b.simple("${bodyAs(String)} contains 'two'")), LINES);
        test("simple-starts-with", LINES, d -> d.filter(b.simple("${body} startsWith 'one'")), LINES);
        test("simple-hash", "a", d -> d.setBody(b.simple("${hash(${body},MD5)}")), "0cc175b9c0f1b6a831c399e269772661");
        test("simple-file-name", LINES, d -> d.setBody(b.simple("${file:onlyname} ${file:size}")), "simple-file-name 18");
        test("body-contains", LINES, d -> d.filter(((ValueBuilder) b.bodyAs(String.class)).contains("two")), LINES);
        test("xpath", XML, d -> d.setBody(b.xpath("/orders/order[@id=2]/text()", String.class)), "b");
        test("xpath-predicate", XML, d -> d.choice().when(b.xpath("/orders/order")).setBody(b.constant("orders")).otherwise()
                .setBody(b.constant("none")).end(), "orders");
        test("jsonpath", JSON, d -> d.setBody(b.jsonpath("$.order.id")), "1");
        test("jsonpath-predicate", JSON, d -> d.choice().when(b.jsonpath("$.order[?(@.id == 1)]")).setBody(b.constant("first"))
                .end(), "first");
        test("bean-text", LINES, d -> d.bean(Bean.class, "text"), "text " + LINES);
        test("bean-bytes", LINES, d -> d.bean(Bean.class, "bytes"), "bytes 18");
        test("bean-stream", LINES, d -> d.bean(Bean.class, "stream"), "stream " + LINES);
        test("log", LINES, d -> d.log("${body}").to("log:body?showBody=true&showBodyType=true"), LINES);
    }

    private void conversions(RouteBuilder b) {
        for (Class<?> type : List.of(String.class, byte[].class, InputStream.class, Reader.class, ByteBuffer.class,
                StreamCache.class)) {
            test("convert-to-" + type.getSimpleName().replace("[]", "s"), LINES, d -> d.convertBodyTo(type), LINES);
        }
        for (Class<?> type : List.of(Document.class, DOMSource.class, SAXSource.class, StreamSource.class)) {
            test("convert-to-" + type.getSimpleName(), "<a>b</a>", d -> d.convertBodyTo(type).convertBodyTo(Document.class)
                    .setBody(b.xpath("/a/text()", String.class)), "b");
        }
        test("convert-to-JsonNode", JSON, d -> d.convertBodyTo(JsonNode.class).process(ConsumedBodyTest::describe), JSON);
        test("xslt", XML, d -> d.to("xslt:file:" + directory.resolve("count.xsl")), "2");
        test("validator", XML, d -> d.to("validator:file:" + directory.resolve("orders.xsd")), XML);
    }

    private void patterns(RouteBuilder b) {
        test("stream-cache-twice", LINES, d -> d.convertBodyTo(StreamCache.class)
                .setHeader("first", b.bodyAs(String.class)).setBody(b.simple("${header.first}+${body}")), LINES + "+" + LINES);
        test("twice", LINES, d -> d.setHeader("first", b.bodyAs(String.class)).setBody(b.simple("${header.first}+${body}")),
                LINES + "+" + LINES);
        test("enrich", LINES, d -> d.enrich("direct:constant", (one, other) -> {
            one.getMessage().setBody(one.getMessage().getBody(String.class) + other.getMessage().getBody(String.class));
            return one;
        }), LINES + "constant");
        test("enrich-with-body", LINES, d -> d.enrich("direct:echo"), LINES);
        test("multicast", LINES, d -> d.multicast(new StringAggregationStrategy()).to("direct:echo", "direct:length").end(),
                LINES + "18");
        test("multicast-parallel", LINES, d -> d.multicast(new StringAggregationStrategy()).parallelProcessing()
                .to("direct:echo", "direct:echo", "direct:echo").end(), LINES + LINES + LINES);
        test("recipients", LINES, d -> d.recipientList(b.constant("direct:echo,direct:length"))
                .aggregationStrategy(new StringAggregationStrategy()).end(), LINES + "18");
        test("wire-tap", LINES, d -> d.wireTap("direct:tapped"), LINES);
        test("aggregate", LINES, d -> d.aggregate(b.constant(true), new GroupedBodyAggregationStrategy()).completionSize(1)
                .split(b.body()), LINES);
        test("aggregate-text", LINES, d -> d.aggregate(b.constant(true), new StringAggregationStrategy()).completionSize(1),
                LINES);
        test("claim-check", LINES, d -> d.claimCheck(ClaimCheckOperation.Push)
                .setBody(b.constant("else")).claimCheck(ClaimCheckOperation.Pop), LINES);
        test("claim-check-by-key", LINES, d -> d.claimCheck(ClaimCheckOperation.Set, "k")
                .setBody(b.constant("else")).claimCheck(ClaimCheckOperation.GetAndRemove, "k"), LINES);
        test("idempotent", LINES, d -> d.idempotentConsumer(b.bodyAs(String.class),
                MemoryIdempotentRepository.memoryIdempotentRepository(10)), LINES);
        test("loop", LINES, d -> d.loop(2).copy().setHeader("x", b.bodyAs(String.class)).end(), LINES);
        test("seda", LINES, d -> d.to("seda:echo?waitForTaskToComplete=Always"), LINES);
        test("threads", LINES, d -> d.threads(1), LINES);
        test("sort", LINES, d -> d.sort(b.body().tokenize("\n")).split(b.body()), "four", "one", "three", "two");
        test("routing-slip", LINES, d -> d.routingSlip(b.constant("direct:echo,direct:length")), "18");
        test("try-catch", LINES, d -> d.doTry().throwException(new IllegalStateException("The test has it fail"))
                .doCatch(IllegalStateException.class).setBody(b.simple("caught ${body}")).end(), "caught " + LINES);
        test("variable", LINES, d -> d.setVariable("v", b.body()).setBody(b.simple("${variable.v}")), LINES);
        test("property", LINES, d -> d.setProperty("p", b.body()).setBody(b.constant("x"))
                .setBody(b.exchangeProperty("p")), LINES);
        test("empty", "", d -> d.convertBodyTo(byte[].class), "");
        test("empty-tokenized", "", d -> d.split().tokenize("\n").to("mock:part").end()
                .setBody(b.constant("done")), "done");
    }

    /** Without a type converter, which would marshal it. */
    private static void describe(Exchange exchange) {
        exchange.getMessage().setBody(exchange.getMessage().getBody().toString());
    }

    private static JaxbDataFormat jaxb() {
        try {
            return new JaxbDataFormat(jakarta.xml.bind.JAXBContext.newInstance(XmlOrder.class));
        } catch (jakarta.xml.bind.JAXBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zip(String... namesAndTexts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
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
                splitters(this);
                dataFormats(this);
                expressions(this);
                conversions(this);
                patterns(this);
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
