package io.github.camelonedrive.component;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a producer has as users of the file component know it: {@code fileName}, {@code doneFileName}, {@code charset}. */
class ProducerFileOptionsTest extends SimulatorTest {

    private static final Charset LATIN = StandardCharsets.ISO_8859_1;

    @TempDir
    Path directory;

    private Exchange upload(String options, Object body) {
        return route.send("onedrive:offsite/Backups?" + options, body, Map.of(Exchange.FILE_NAME, "new/a.sql"));
    }

    @ParameterizedTest
    @CsvSource({ "b.sql, /Backups/b.sql", "x/${file:onlyname.noext}.bak, /Backups/x/a.bak", "${file:name}, /Backups/new/a.sql",
            "${header.id}-${body}.txt, /Backups/7-content.txt" })
    void fileName_namesTheUpload(String option, String path) {
        Exchange exchange = route.send("onedrive:offsite/Backups?fileName=" + option, "content",
                Map.of(Exchange.FILE_NAME, "new/a.sql", "id", 7));

        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.paths()).containsExactly(path);
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("new/a.sql");
    }

    @Test
    void fileName_namesTheItemOfOtherOperations() throws Exception {
        route.upload("onedrive:offsite/Backups", "a.sql", "content");
        route.upload("onedrive:offsite/Backups", "b.sql", "other");

        for (String operation : new String[] {"getItem", "download", "listVersions", "createLink", "delete"}) {
            assertThat(route.send("onedrive:offsite/Backups?fileName=a.sql&operation=" + operation, null,
                    Map.of(Exchange.FILE_NAME, "b.sql")).getException()).isNull();
        }
        assertThat(onedrive.paths()).containsExactly("/Backups/b.sql");
    }

    @Test
    void headerPath_goesBeforeFileName() {
        assertThat(route.send("onedrive:offsite?fileName=a.sql", "content", Map.of(OneDriveConstants.PATH, "c.sql"))
                .getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/c.sql");
    }

    @Test
    void headerItemId_goesBeforeFileName_forUploadAndDownload() {
        onedrive.putFile("/Backups/other.sql", new byte[] {7});
        Map<String, Object> other = Map.of(OneDriveConstants.ITEM_ID, onedrive.file("/Backups/other.sql").orElseThrow().id());

        assertThat(route.send("onedrive:offsite/Backups?fileName=a.sql&operation=download", null, other).getMessage()
                .getBody(byte[].class)).containsExactly(7);
        assertThat(route.send("onedrive:offsite/Backups?fileName=a.sql", "new", other).getException()).isNull();
        assertThat(route.holds("/Backups/other.sql", "new".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(onedrive.paths()).containsExactly("/Backups/other.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = { "delete", "move", "copy", "getItem", "createLink", "listVersions", "restoreVersion" })
    void fileNameAndAHeaderThatNamesAnItem_areRefused(String operation) {
        onedrive.putFile("/Backups/a.sql", new byte[1]);
        onedrive.putFile("/Backups/other.sql", new byte[2]);
        String id = onedrive.file("/Backups/other.sql").orElseThrow().id();

        for (Map.Entry<String, String> name : Map.of(OneDriveConstants.ITEM_ID, id, OneDriveConstants.PATH, "other.sql")
                .entrySet()) {
            Exchange exchange = route.send("onedrive:offsite/Backups?fileName=a.sql&operation=" + operation, null,
                    Map.of(name.getKey(), name.getValue(), OneDriveConstants.TARGET_PATH, "b.sql",
                            OneDriveConstants.VERSION_ID, "1.0"));

            assertThat(exchange.getException()).isInstanceOf(IllegalRequestException.class)
                    .hasMessageContaining(name.getKey()).hasMessageContaining("fileName").hasMessageContaining(operation);
        }
        assertThat(onedrive.requests()).isEmpty();
        assertThat(onedrive.paths()).containsExactly("/Backups/a.sql", "/Backups/other.sql");
    }

    @ParameterizedTest
    @CsvSource({ "${header.none}", "../a.sql" })
    void fileName_thatIsNone_sendsNothing(String option) {
        assertThat(upload("fileName=" + option, "content").getException()).isNotNull();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).isEmpty();
    }

    @Test
    void mimeType_isContentTypeOfADownload_andResultsAreJson() {
        onedrive.putFile("/Backups/a.pdf", new byte[] {1});
        Map<String, Object> request = Map.of(Exchange.FILE_NAME, "a.pdf", Exchange.CONTENT_TYPE, "text/plain");

        var download = route.send("onedrive:offsite/Backups?operation=download", null, request).getMessage();
        var item = route.send("onedrive:offsite/Backups?operation=getItem", null, request).getMessage();
        var list = route.send("onedrive:offsite/Backups?operation=list", null, request).getMessage();

        assertThat(download.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/pdf");
        assertThat(download.getHeader(OneDriveConstants.FILE_CONTENT_TYPE)).isEqualTo("application/pdf");
        assertThat(item.getBody(DriveItem.class).mimeType()).hasValue("application/pdf");
        assertThat(item.getHeader(OneDriveConstants.FILE_CONTENT_TYPE)).isEqualTo("application/pdf");
        assertThat(item.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(list.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(list.getBody(String.class)).contains("\"mimeType\":\"application/pdf\"");
        assertThat(route.send("onedrive:offsite/Backups", "x", request).getMessage().getHeader(Exchange.CONTENT_TYPE))
                .isEqualTo("text/plain");
    }

    @ParameterizedTest
    @CsvSource({ "done, done", "${file:name}.done, a.sql.done", "${file:onlyname}.done, a.sql.done",
            "${file:name.noext}.ok, a.ok", "${file:onlyname.noext}.ok, a.ok" })
    void doneFileName_isWrittenAfterTheProof(String template, String name) {
        assertThat(upload("verify=readback&doneFileName=" + template, "content").getException()).isNull();

        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Backups/new/a.sql", "/Backups/new/" + name);
        assertThat(onedrive.file("/Backups/new/" + name).orElseThrow().bytes()).isEmpty();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).extracting(RecordedRequest::itemPath)
                .containsExactly("/Backups/new/a.sql", "/Backups/new/" + name);
        long proof = onedrive.requests(Step.CONTENT).get(0).number();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD).get(1).number()).isGreaterThan(proof);
    }

    @Test
    void doneFileName_ofAnUploadThatFails_isNotWritten() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).path("/Backups/new/a.sql").answer(507).error("quotaLimitReached"));

        assertThat(upload("doneFileName=done", "content").getException()).isNotNull();
        assertThat(onedrive.paths()).isEmpty();
    }

    @Test
    void doneFileName_ofAFileThatIsIgnored_isNotWritten() {
        onedrive.putFile("/Backups/new/a.sql", "old".getBytes(StandardCharsets.UTF_8));

        assertThat(upload("doneFileName=done&fileExist=Ignore", "content").getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/Backups/new/a.sql");
    }

    @Test
    void doneFileName_ofAFileThatIsRenamed_hasItsName() {
        onedrive.putFile("/Backups/new/a.sql", "old".getBytes(StandardCharsets.UTF_8));

        assertThat(upload("doneFileName=${file:name}.done&fileExist=TryRename", "content").getException()).isNull();
        assertThat(onedrive.paths()).contains("/Backups/new/a 1.sql", "/Backups/new/a 1.sql.done");
    }

    @Test
    void doneFileName_thatIsThere_isReplaced() {
        onedrive.putFile("/Backups/new/done", "old".getBytes(StandardCharsets.UTF_8));

        assertThat(upload("doneFileName=done&fileExist=Fail", "content").getException()).isNull();
        assertThat(onedrive.file("/Backups/new/done").orElseThrow().bytes()).isEmpty();
    }

    @Test
    void doneFileName_thatCannotBeWritten_failsTheExchange() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).path("/Backups/new/done").answer(507).error("quotaLimitReached"));

        assertThat(upload("doneFileName=done", "content").getException()).isNotNull();
    }

    @Test
    void doneFileName_thatOneDriveRefuses_failsBeforeTheUpload() {
        assertThat(upload("doneFileName=${file:name}.", "content").getException()).isInstanceOf(IllegalNameException.class);
        assertThat(onedrive.paths()).isEmpty();
    }

    static Stream<Arguments> bodies() {
        String text = "K\u00e4se\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Stream.of(Arguments.of("text", text), Arguments.of("bytes", bytes),
                Arguments.of("builder", new StringBuilder(text)), Arguments.of("reader", new StringReader(text)),
                Arguments.of("stream", new ByteArrayInputStream(bytes)), Arguments.of("large text", text.repeat(1_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void charset_isThatOfTheStoredText(String name, Object body) {
        assertThat(upload("charset=iso-8859-1", body).getException()).isNull();

        int times = name.startsWith("large") ? 1_000_000 : 1;
        assertThat(onedrive.file("/Backups/new/a.sql").orElseThrow().bytes())
                .isEqualTo("K\u00e4se\n".repeat(times).getBytes(LATIN));
    }

    @Test
    void charset_ofAFile() throws Exception {
        File file = Files.writeString(directory.resolve("a.txt"), "\u00fc", StandardCharsets.UTF_8).toFile();

        assertThat(upload("charset=iso-8859-1", file).getException()).isNull();
        assertThat(onedrive.file("/Backups/new/a.sql").orElseThrow().bytes()).containsExactly(0xfc);
    }

    @Test
    void charset_ofBytesInTheExchangesEncoding() throws Exception {
        try (var template = route.context().createProducerTemplate()) {
            Exchange exchange = template.send("onedrive:offsite/Backups?charset=utf-16le", in -> {
                in.getMessage().setHeader(Exchange.FILE_NAME, "a.txt");
                in.getMessage().setBody("\u00fc".getBytes(LATIN));
                in.setProperty(Exchange.CHARSET_NAME, "iso-8859-1");
            });
            assertThat(exchange.getException()).isNull();
        }
        assertThat(onedrive.file("/Backups/a.txt").orElseThrow().bytes()).containsExactly(0xfc, 0);
    }

    @ParameterizedTest
    @CsvSource({ "us-ascii, \u00e4", "iso-8859-1, \u20ac", "utf-8, \ud800" })
    void charset_withoutACodeForACharacter_fails(String charset, String text) {
        assertThat(upload("charset=" + charset, text).getException()).isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("has no code for");
        assertThat(onedrive.paths()).isEmpty();
    }

    @Test
    void charset_ofBytesThatAreNoText_fails() {
        assertThat(upload("charset=utf-16", new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xff}).getException())
                .isInstanceOf(IllegalRequestException.class);
        assertThat(onedrive.paths()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "charset=latin-17, latin-17", "doneFileName=${file:size}, doneFileName", "doneFileName=${file:name}, differ" })
    void valueThatIsNone_isRefusedAtStart(String option, String reason) {
        assertThatThrownBy(() -> route.context().getEndpoint("onedrive:offsite?" + option)).rootCause()
                .hasMessageContaining(reason);
    }
}
