package io.github.camelonedrive.component;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.converter.jaxb.JaxbDataFormat;
import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;
import org.apache.camel.dataformat.zipfile.ZipFileDataFormat;
import org.apache.camel.dataformat.zipfile.ZipSplitter;
import org.apache.camel.model.dataformat.BindyType;
import org.apache.camel.support.builder.Namespaces;

import static org.apache.camel.component.stax.StAXBuilder.stax;

/** Splitters, data formats and expressions of further modules of Camel; see {@link ConsumedBodies}. */
class ConsumedBodyFormatsTest extends ConsumedBodies {

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

    @Override
    void cases(RouteBuilder b) {
        test("split-by-jsonpath", JSON, d -> d.split(b.jsonpath("$.order.items[*]")), "a", "b");
        test("split-by-stax", XML, d -> d.split(stax(XmlOrder.class)).streaming().process(ConsumedBodies::describe),
                "order 1", "order 2");
        test("xtokenize", XML, d -> d.split().xtokenize("//order", new Namespaces("x", "y")),
                "<order id=\"1\">a</order>", "<order id=\"2\">b</order>");
        test("split-by-zip", zip("a.txt", "A", "b.txt", "B"), d -> d.split(new ZipSplitter()).streaming(), "A", "B");
        test("unmarshal-bindy", CSV, d -> d.unmarshal().bindy(BindyType.Csv, CsvOrder.class).split(b.body())
                .setBody(b.simple("${body}")), "1=10", "2=20");
        test("unmarshal-jaxb", "<order id=\"7\"/>", d -> d.unmarshal(jaxb()).process(ConsumedBodies::describe), "order 7");
        test("unmarshal-zip", zip("a.txt", "A"), d -> d.unmarshal(new ZipFileDataFormat()), "A");
        test("marshal-zip", LINES, d -> d.marshal(new ZipFileDataFormat()).unmarshal(new ZipFileDataFormat()), LINES);
        test("jsonpath", JSON, d -> d.setBody(b.jsonpath("$.order.id")), "1");
        test("jsonpath-predicate", JSON, d -> d.choice().when(b.jsonpath("$.order[?(@.id == 1)]")).setBody(b.constant("first"))
                .end(), "first");
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
}
