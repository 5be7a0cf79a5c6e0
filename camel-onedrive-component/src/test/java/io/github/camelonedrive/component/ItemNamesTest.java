package io.github.camelonedrive.component;

import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemRef;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ItemNamesTest {

    private static final ItemPath FOLDER = ItemPath.parse("/Backups/mysql");

    private final ItemNames jailed = new ItemNames(true, Optional.empty(), '/');
    private final ItemNames free = new ItemNames(false, Optional.empty(), '/');
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Message message = exchange.getIn();

    private static OneDriveDrive drive(ItemPath folder) {
        return new OneDriveDrive(null, null, null, null, null, null, null, null, null, null, folder, null, null, null);
    }

    @Test
    void backslashOfAWindowsFile_separatesFolders() throws Exception {
        ItemNames onWindows = new ItemNames(true, Optional.empty(), '\\');
        message.setHeader(Exchange.FILE_NAME, "shop\\old\\dump.sql");

        assertThat(onWindows.ofUpload(exchange, drive(FOLDER))).hasToString("/Backups/mysql/shop/old/dump.sql");
        assertThat(onWindows.ofDownload(exchange, drive(FOLDER))).isEqualTo(ItemRef.of(ItemPath.parse(
                "/Backups/mysql/shop/old/dump.sql")));
        assertThat(jailed.ofUpload(exchange, drive(FOLDER)).name()).isEqualTo("shop\\old\\dump.sql");
        message.setHeader(Exchange.FILE_NAME, "..\\..\\secret");
        assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> onWindows.ofUpload(exchange, drive(FOLDER)));
        message.setHeader(OneDriveConstants.PATH, "a\\b");
        assertThat(onWindows.ofUpload(exchange, drive(FOLDER)).name()).isEqualTo("a\\b");
    }

    @ParameterizedTest
    @ValueSource(strings = {Exchange.FILE_NAME, Exchange.OVERRULE_FILE_NAME, OneDriveConstants.PATH})
    void nameThatIsAnExpression_isEvaluated(String header) throws Exception {
        message.setBody("x");
        message.setHeader(header, exchange.getContext().resolveLanguage("simple").createExpression("${body}.sql"));

        assertThat(jailed.ofUpload(exchange, drive(FOLDER))).hasToString("/Backups/mysql/x.sql");
    }

    @ParameterizedTest
    @CsvSource({"dump.sql, /Backups/mysql/dump.sql", "2026/dump.sql, /Backups/mysql/2026/dump.sql",
        "/etc/passwd, /Backups/mysql/etc/passwd", "./a/../dump.sql, /Backups/mysql/dump.sql",
        "..dump.sql, /Backups/mysql/..dump.sql", "a/..b, /Backups/mysql/a/..b"})
    void aNameStartsAtTheFolder(String name, String path) throws Exception {
        message.setHeader(Exchange.FILE_NAME, name);
        assertThat(jailed.ofUpload(exchange, drive(FOLDER))).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..", "a/../../x", "../mysql/x", "../../Backups/mysql/x", "./../x", "/../x", "a\0b"})
    void aNameThatLeavesTheFolderIsRefused(String name) {
        message.setHeader(Exchange.FILE_NAME, name);
        assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> jailed.ofUpload(exchange, drive(FOLDER)));
        assertThatExceptionOfType(IllegalNameException.class)
                .isThrownBy(() -> jailed.item(exchange, drive(FOLDER), OneDriveOperation.getItem));
    }

    @Test
    void soIsOneFromTheRoot() {
        message.setHeader(Exchange.FILE_NAME, "../x");
        assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> jailed.ofUpload(exchange, drive(ItemPath.ROOT)));
    }

    @Test
    void withTheJailOffAStepUpIsAStepUp() throws Exception {
        message.setHeader(Exchange.FILE_NAME, "../x");
        assertThat(free.ofUpload(exchange, drive(FOLDER))).hasToString("/Backups/x");
    }

    @Test
    void theMostSpecificHeaderWins() throws Exception {
        message.setHeader(Exchange.FILE_NAME, "c");
        assertThat(jailed.ofUpload(exchange, drive(FOLDER)).name()).isEqualTo("c");
        message.setHeader(Exchange.OVERRULE_FILE_NAME, "b");
        assertThat(jailed.ofUpload(exchange, drive(FOLDER)).name()).isEqualTo("b");
        message.setHeader(OneDriveConstants.PATH, "a");
        assertThat(jailed.ofUpload(exchange, drive(FOLDER)).name()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//"})
    void anUploadNeedsAName(String name) {
        message.setHeader(Exchange.FILE_NAME, name);
        assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> jailed.ofUpload(exchange, drive(FOLDER)))
                .withMessageContaining("CamelFileName");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "a/..", "./"})
    void aNameThatEndsAtTheFolderItselfIsNoNameOfAFile(String name) {
        message.setHeader(Exchange.FILE_NAME, name);
        assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> jailed.ofUpload(exchange, drive(FOLDER)));
    }

    @Test
    void withoutAnyHeaderAnItemIsTheFolder() throws Exception {
        assertThat(jailed.item(exchange, drive(FOLDER), OneDriveOperation.getItem)).isEqualTo(ItemRef.of(FOLDER));
    }
}
