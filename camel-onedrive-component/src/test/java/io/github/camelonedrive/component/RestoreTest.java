package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.download.LocalFileException;
import io.github.camelonedrive.graph.DriveItem;

import static org.assertj.core.api.Assertions.assertThat;

/** All files of a folder, downloaded into a directory. */
class RestoreTest extends SimulatorTest {

    @TempDir
    Path directory;

    private void restore(String folder, String options) throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:restore")
                        .to("onedrive:offsite" + folder + "?operation=list&recursive=true")
                        .split(body()).stopOnException()
                            .filter().simple("${body.folder} == false")
                                .setHeader(OneDriveConstants.ITEM_ID, simple("${body.id}"))
                                .to("onedrive:offsite" + folder + "?operation=download&localFile=" + directory + "/" + options)
                            .end()
                        .end();
            }
        });
    }

    private Exchange run() {
        return route.send("direct:restore", null, Map.of());
    }

    private List<String> restored() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(file -> directory.relativize(file) + "=" + read(file)).sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(String path, String content) {
        onedrive.putFile(path, content.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void fill() {
        put("/Backups/mysql/a.sql", "one");
        put("/Backups/shop/a.sql", "two");
        put("/Backups/shop/old/a.sql", "three");
        put("/Backups/a.sql", "four");
        put("/Elsewhere/a.sql", "five");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/Backups", "/backups/" })
    void filesOfOneName_keepTheirFolders(String folder) throws Exception {
        restore(folder, "");

        assertThat(run().getException()).isNull();
        assertThat(restored()).containsExactly("a.sql=four", "mysql/a.sql=one", "shop/a.sql=two", "shop/old/a.sql=three");
    }

    @Test
    void wholeDrive() throws Exception {
        restore("", "");

        assertThat(run().getException()).isNull();
        assertThat(restored()).contains("Backups/shop/old/a.sql=three", "Elsewhere/a.sql=five").hasSize(5);
    }

    @Test
    void fileThatIsThere_isNotReplaced() throws Exception {
        Files.createDirectory(directory.resolve("shop"));
        Files.writeString(directory.resolve("shop/a.sql"), "mine");
        restore("/Backups", "");

        assertThat(run().getException()).hasStackTraceContaining(LocalFileException.class.getName())
                .hasStackTraceContaining("fileExist=Override");
        assertThat(restored()).contains("shop/a.sql=mine");
    }

    @Test
    void fileThatIsThere_isReplacedOnDemand() throws Exception {
        Files.writeString(directory.resolve("a.sql"), "mine");
        restore("/Backups", "&fileExist=Override");

        assertThat(run().getException()).isNull();
        assertThat(run().getException()).isNull();
        assertThat(restored()).contains("a.sql=four").hasSize(4);
    }

    @Test
    void abortedRestore_isContinuedWithIgnore() throws Exception {
        Files.createDirectory(directory.resolve("mysql"));
        Files.writeString(directory.resolve("mysql/a.sql"), "whole already");
        restore("/Backups", "&fileExist=Ignore");

        assertThat(run().getException()).isNull();
        assertThat(restored()).contains("mysql/a.sql=whole already", "a.sql=four").hasSize(4);
    }

    @Test
    void folderWhereALocalFileIs_fails() throws Exception {
        Files.writeString(directory.resolve("shop"), "a file");
        restore("/Backups", "");

        assertThat(run().getException()).hasStackTraceContaining(LocalFileException.class.getName());
        assertThat(directory.resolve("shop")).hasContent("a file");
    }

    @Test
    void byName_keepsTheFolders() throws Exception {
        Exchange exchange = route.send("onedrive:offsite/Backups?operation=download&localFile=" + directory + "/", null,
                Map.of(OneDriveConstants.PATH, "shop/old/a.sql"));

        assertThat(exchange.getException()).isNull();
        assertThat(restored()).containsExactly("shop/old/a.sql=three");
        assertThat(exchange.getMessage().getBody()).isEqualTo(directory.resolve("shop/old/a.sql").toFile());
    }

    @Test
    void itemOutsideTheFolder_hasItsBareName() throws Exception {
        DriveItem item = route.send("onedrive:offsite?operation=getItem", null,
                Map.of(OneDriveConstants.PATH, "Elsewhere/a.sql")).getMessage().getBody(DriveItem.class);

        Exchange exchange = route.send("onedrive:offsite/Backups?operation=download&jailStartingDirectory=false&localFile="
                + directory + "/", null, Map.of(OneDriveConstants.ITEM_ID, item.id()));

        assertThat(exchange.getException()).isNull();
        assertThat(restored()).containsExactly("a.sql=five");
    }

    @Test
    void directoryThatIsMissing_isNotMade() {
        Exchange exchange = route.send("onedrive:offsite/Backups?operation=download&localFile=" + directory + "/missing/", null,
                Map.of(OneDriveConstants.PATH, "shop/a.sql"));

        assertThat(exchange.getException()).isInstanceOf(LocalFileException.class)
                .hasMessageContaining("there is no directory");
        assertThat(directory.resolve("missing")).doesNotExist();
    }

    /** A name of three bytes a letter: 255 letters in OneDrive are more than most file systems take. */
    @Test
    void nameThatIsTooLongHere_failsAlone() throws Exception {
        put("/Backups/" + "\u20ac".repeat(200), "long");
        restore("/Backups", "");

        assertThat(run().getException()).hasStackTraceContaining(LocalFileException.class.getName());
    }
}
