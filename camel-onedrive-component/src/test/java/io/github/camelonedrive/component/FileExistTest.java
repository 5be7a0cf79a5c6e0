package io.github.camelonedrive.component;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.UploadReceipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The option {@code fileExist} of an upload, which is about the file in OneDrive. */
class FileExistTest extends SimulatorTest {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final int LARGE = 5_000_000;

    @TempDir
    Path directory;

    @BeforeEach
    void putOld() {
        onedrive.putFile("/Backups/a.sql", OLD);
    }

    private Exchange upload(String option, Object body) {
        return route.send("onedrive:offsite/Backups?" + option, body, Map.of(Exchange.FILE_NAME, "a.sql"));
    }

    private Object body(int size) throws Exception {
        return size < LARGE ? SimulatedRoute.content(size) : SimulatedRoute.file(directory, "a.sql", size);
    }

    @ParameterizedTest
    @ValueSource(ints = { 10, LARGE })
    void override_replaces(int size) throws Exception {
        assertThat(upload("fileExist=Override", body(size)).getException()).isNull();

        assertThat(route.holds("/Backups/a.sql", SimulatedRoute.content(size))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { 10, LARGE })
    void fail_failsAndTheFileStays(int size) throws Exception {
        assertThat(upload("fileExist=Fail", body(size)).getException()).isInstanceOf(GraphException.NameConflict.class);

        assertThat(route.holds("/Backups/a.sql", OLD)).isTrue();
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 10, LARGE })
    void tryRename_takesAnotherName(int size) throws Exception {
        Exchange exchange = upload("fileExist=TryRename", body(size));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED)).isEqualTo("/Backups/a 1.sql");
        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Backups/a.sql", "/Backups/a 1.sql");
        assertThat(route.holds("/Backups/a.sql", OLD)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "Override, /Backups/a.sql", "Fail, ", "TryRename, /Backups/a 1.sql", "Ignore, " })
    void fileExist_countsForAFileNamedByItsId(FileExist fileExist, String produced) {
        String id = onedrive.file("/Backups/a.sql").orElseThrow().id();
        Exchange exchange = route.send("onedrive:offsite/Backups?fileExist=" + fileExist, "new",
                Map.of(OneDriveConstants.ITEM_ID, id));

        if (fileExist == FileExist.Fail) {
            assertThat(exchange.getException()).isInstanceOf(GraphException.NameConflict.class);
        } else {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED)).isEqualTo(produced);
        }
        assertThat(route.holds("/Backups/a.sql", OLD)).isEqualTo(fileExist != FileExist.Override);
        assertThat(onedrive.paths()).hasSize(fileExist == FileExist.TryRename ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 10, LARGE })
    void ignore_sendsNothing_andProvesNothing(int size) throws Exception {
        Exchange exchange = upload("fileExist=Ignore", body(size));

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/Backups/a.sql", OLD)).isTrue();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).isEmpty();
        assertThat(onedrive.requests(Step.CREATE_SESSION)).isEmpty();
        Message message = exchange.getMessage();
        assertThat(message.getHeader(OneDriveConstants.UPLOAD_MODE)).isEqualTo("ignored");
        assertThat(message.getHeader(OneDriveConstants.BYTES_SENT)).isEqualTo(0L);
        assertThat(message.getHeaders()).doesNotContainKeys(OneDriveConstants.RESUMED, Exchange.FILE_NAME_PRODUCED,
                OneDriveConstants.PRODUCED_ITEM_ID, OneDriveConstants.ETAG, OneDriveConstants.SIZE,
                OneDriveConstants.QUICK_XOR_HASH, OneDriveConstants.WEB_URL);
        assertThat(exchange.getProperty(OneDriveConstants.UPLOAD_RESULT)).isNull();
        UploadReceipts receipts = exchange.getProperty(OneDriveConstants.UPLOAD_RECEIPT, UploadReceipts.class);
        assertThat(receipts.proven()).isEmpty();
        assertThat(receipts.unproven()).hasSize(1);
    }

    @Test
    void ignore_ofANameThatIsFree_uploads() throws Exception {
        onedrive.delete("/Backups/a.sql");

        Exchange exchange = upload("fileExist=Ignore", "new");

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/Backups/a.sql", "new".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.UPLOAD_MODE)).isEqualTo("simple");
    }

    @Test
    void ignore_ofAFileThatAppearsAfterTheLook_isIgnoredToo() {
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).path("/Backups/a.sql").answer(404).error("itemNotFound"));

        Exchange exchange = upload("fileExist=Ignore", "new");

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/Backups/a.sql", OLD)).isTrue();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(1);
        assertThat(exchange.getProperty(OneDriveConstants.UPLOAD_RESULT)).isNull();
    }

    @Test
    void ignore_ofAFolderOfTheName_fails() {
        onedrive.createFolder("/Backups/b");

        Exchange exchange = route.send("onedrive:offsite/Backups?fileExist=Ignore", "new", Map.of(Exchange.FILE_NAME, "b"));

        assertThat(exchange.getException()).isInstanceOf(GraphException.class);
    }

    @ParameterizedTest
    @CsvSource({ "Fail, replace, true", "Override, fail, false", "Ignore, replace, true", "Override, rename, true" })
    void headerConflictBehavior_goesBefore(FileExist option, String header, boolean uploaded) {
        Exchange exchange = route.send("onedrive:offsite/Backups?fileExist=" + option, "new",
                Map.of(Exchange.FILE_NAME, "a.sql", OneDriveConstants.CONFLICT_BEHAVIOR, header));

        assertThat(exchange.getException() == null).isEqualTo(uploaded);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "fileExist=Append | fileExist=Override",
            "fileExist=append | fileExist=Override",
            "fileExist=Move | fileExist=TryRename",
            "file-exist=Move | fileExist=TryRename",
            "fileExist=Fail&conflictBehavior=replace | contradict",
            "fileExist=Override&conflictBehavior=rename | contradict",
            "fileExist=TryRename&conflictBehavior=fail | contradict",
            "fileExist=Ignore&conflictBehavior=fail | contradict",
            "operation=download&fileExist=TryRename | another localFile" })
    void valueWithoutEffect_isRefusedAtStart(String options, String reason) {
        assertThatThrownBy(() -> route.context().getEndpoint("onedrive:offsite?" + options)).rootCause()
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = { "fileExist=Fail&conflictBehavior=fail", "fileExist=Override&conflictBehavior=replace",
            "fileExist=TryRename&conflictBehavior=rename" })
    void sameTwice_isFine(String options) {
        assertThat(route.context().getEndpoint("onedrive:offsite?" + options)).isNotNull();
    }
}
