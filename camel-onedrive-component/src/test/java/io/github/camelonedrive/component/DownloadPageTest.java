package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.page.Example;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes that the page about downloads shows are routes that work. */
class DownloadPageTest extends SimulatorTest {

    private static final byte[] CONTENT = SimulatedRoute.content(300_000);
    private static final Map<String, Object> DUMP = Map.of(OneDriveConstants.PATH, "mysql/dump.sql");

    @TempDir
    Path directory;

    @BeforeEach
    void loadTheRoutes() throws Exception {
        onedrive.putFile("/Backups/mysql/dump.sql", CONTENT);
        onedrive.putFile("/Backups/other.txt", new byte[] {1});
        for (String yaml : Example.sources("onedrive-download.adoc", "yaml")) {
            PluginHelper.getRoutesLoader(route.context()).loadRoutes(ResourceHelper.fromString(
                    "page" + yaml.hashCode() + ".camel.yaml", yaml.replace("/var/restore", directory.toString())));
        }
    }

    private Exchange send(String uri, Map<String, Object> headers) throws Exception {
        Exchange exchange = route.send(uri, null, headers);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    private Path[] files() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(directory::relativize).sorted().toArray(Path[]::new);
        }
    }

    @Test
    void intoADirectoryByAFileEndpoint() throws Exception {
        send("direct:restore", DUMP);
        assertThat(directory.resolve("mysql/dump.sql")).hasBinaryContent(CONTENT);
        assertThat(files()).hasSize(1);
    }

    @Test
    void intoALocalFile() throws Exception {
        send("direct:fetch", DUMP);
        assertThat(directory.resolve("mysql/dump.sql")).hasBinaryContent(CONTENT);
        assertThat(files()).hasSize(1);
    }

    @Test
    void aPart() throws Exception {
        Exchange exchange = send("direct:header-of-dump", DUMP);
        assertThat(exchange.getMessage().getBody()).isEqualTo(Arrays.copyOf(CONTENT, 100));
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.CONTENT_RANGE)).isEqualTo("bytes 0-99/300000");
    }

    @Test
    void allFilesOfAFolder() throws Exception {
        send("direct:restore-all", Map.of());
        assertThat(directory.resolve("mysql/dump.sql")).hasBinaryContent(CONTENT);
        assertThat(files()).containsExactly(Path.of("mysql/dump.sql"), Path.of("other.txt"));
    }
}
