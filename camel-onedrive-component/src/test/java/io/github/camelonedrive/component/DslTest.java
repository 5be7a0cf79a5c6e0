package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** The same route in Java and YAML: uploads, looks the item up, and writes what it learned as JSON to a file. */
class DslTest extends SimulatorTest {

    @TempDir
    Path directory;

    private void load(String name, String source) throws Exception {
        PluginHelper.getRoutesLoader(route.context()).loadRoutes(ResourceHelper.fromString(name, source));
    }

    private void assertThatItWorks() throws Exception {
        assertThatItWorks(route, onedrive, directory);
    }

    static void assertThatItWorks(SimulatedRoute route, OneDriveSimulator onedrive, Path directory) throws Exception {
        Exchange exchange = route.send("direct:in", "content", Map.of(Exchange.FILE_NAME, "a.txt"));

        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/Backups/a.txt");
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.UPLOAD_MODE)).isEqualTo("simple");
        assertThat(exchange.getMessage().getBody(String.class)).startsWith("{").contains("\"name\":\"a.txt\"", "\"size\":7");
        assertThat(Files.readString(directory.resolve("item.json"))).contains("\"name\":\"a.txt\"");
    }

    @Test
    void whatAnUploadLearnedConvertsToJsonToo() {
        Exchange exchange = route.send("onedrive:offsite", "content", Map.of(Exchange.FILE_NAME, "a.txt"));

        assertThat(exchange.getProperty(OneDriveConstants.UPLOAD_RESULT, String.class)).startsWith("{\"item\":{\"id\":")
                .contains("\"size\":7,", "\"mode\":\"simple\"", "\"verdict\":\"HASH\"", "\"resumed\":false");
        assertThat(exchange.getProperty(OneDriveConstants.UPLOAD_RESULT, Map.class)).containsEntry("bytesSent", 7L);
    }

    @Test
    void java() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite?folderPath=/Backups&conflictBehavior=rename")
                        .to("log:uploaded?showAll=true")
                        .setHeader(OneDriveConstants.ITEM_ID, header(OneDriveConstants.PRODUCED_ITEM_ID))
                        .to("onedrive:offsite?operation=getItem")
                        .to("file:" + directory + "?fileName=item.json")
                        .marshal().json(JsonLibrary.Jackson);
            }
        });
        assertThatItWorks();
    }

    @Test
    void yaml() throws Exception {
        load("route.yaml", """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - to:
                            uri: onedrive:offsite
                            parameters:
                              folderPath: /Backups
                              conflictBehavior: rename
                        - to: log:uploaded?showAll=true
                        - setHeader:
                            name: CamelOneDriveItemId
                            header: CamelOneDriveProducedItemId
                        - to:
                            uri: onedrive:offsite
                            parameters:
                              operation: getItem
                        - to: file:%s?fileName=item.json
                        - marshal:
                            json:
                              library: Jackson
                """.formatted(directory));
        assertThatItWorks();
    }
}
