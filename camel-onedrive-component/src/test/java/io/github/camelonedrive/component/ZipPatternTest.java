package io.github.camelonedrive.component;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.zipfile.ZipAggregationStrategy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that camel-zipfile aggregates into one are uploaded as one. */
class ZipPatternTest extends SimulatorTest {

    @TempDir
    Path directory;

    @Test
    void filesAreAggregatedIntoOneZip() throws Exception {
        Path drop = Files.createDirectory(directory.resolve("drop"));
        SimulatedRoute.file(drop, "a.bin", 1000);
        SimulatedRoute.file(drop, "b.bin", 2000);
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + drop + "?noop=true&initialDelay=0").aggregate(constant(true), new ZipAggregationStrategy())
                        .completionFromBatchConsumer().eagerCheckCompletion()
                        .setHeader(Exchange.FILE_NAME, constant("both.zip")).to("onedrive:offsite");
            }
        });
        Awaitility.await().until(() -> onedrive.paths().contains("/both.zip"));

        Set<String> names = new HashSet<>();
        byte[] both = onedrive.file("/both.zip").orElseThrow().bytes();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(both))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                int size = entry.getName().equals("a.bin") ? 1000 : 2000;
                assertThat(zip.readAllBytes()).isEqualTo(SimulatedRoute.content(size));
            }
        }
        assertThat(names).containsExactlyInAnyOrder("a.bin", "b.bin");
    }
}
