package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stream.StreamSource;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ValueBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.StringAggregationStrategy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.w3c.dom.Document;

/** The steps of Camel's core and of its most used modules; see {@link ConsumedBodies}. */
class ConsumedBodyTest extends ConsumedBodies {

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

    @Override
    void cases(RouteBuilder b) {
        splitters(b);
        dataFormats(b);
        expressions(b);
        conversions(b);
        patterns(b);
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
        test("tokenize-xml", XML, d -> d.split().tokenizeXML("order"), "<order id=\"1\">a</order>",
                "<order id=\"2\">b</order>");
        test("tokenize-xml-streaming", XML, d -> d.split().tokenizeXML("order").streaming(), "<order id=\"1\">a</order>",
                "<order id=\"2\">b</order>");
        test("split-by-xpath", XML, d -> d.split(b.xpath("/orders/order")).setBody(b.xpath("/order/text()", String.class)),
                "a", "b");
        test("split-body", LINES, d -> d.split(b.body()), LINES);
        test("split-by-simple", LINES, d -> d.split(b.simple("${bodyAs(String).split('\n')}")), "one", "two", "three", "four");
        test("body-tokenized", LINES, d -> d.setBody(b.body().tokenize("\n")).split(b.body()), "one", "two", "three", "four");
    }

    private void dataFormats(RouteBuilder b) {
        test("unmarshal-json", JSON, d -> d.unmarshal().json().setBody(b.simple("${body[order][id]}")), "1");
        test("unmarshal-json-node", JSON, d -> d.unmarshal().json(JsonLibrary.Jackson, JsonNode.class)
                .process(ConsumedBodies::describe), JSON);
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
        test("convert-to-JsonNode", JSON, d -> d.convertBodyTo(JsonNode.class).process(ConsumedBodies::describe), JSON);
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
}
