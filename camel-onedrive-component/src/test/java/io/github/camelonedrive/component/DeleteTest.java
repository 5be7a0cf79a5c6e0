package io.github.camelonedrive.component;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code operation=delete} as a route sees it. */
class DeleteTest extends SimulatorTest {

    private static final String DELETE = "onedrive:offsite?operation=delete&folderPath=/Backups";

    @Test
    @Tag("C75")
    void anItemIsDeletedAndTheBodyStaysAsItIs() throws Exception {
        onedrive.putFile("/Backups/a.sql", new byte[3]);
        onedrive.putFile("/Backups/b.sql", new byte[3]);
        Exchange exchange = done(DELETE, Map.of(OneDriveConstants.PATH, "a.sql", OneDriveConstants.SIZE, 7L));
        assertThat(onedrive.paths()).containsExactly("/Backups/b.sql");
        assertThat(exchange.getMessage().getBody()).isEqualTo("a body");
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.DELETED)).isEqualTo(true);
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.REQUEST_ID, String.class)).isNotBlank();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys(OneDriveConstants.SIZE);
    }

    @Test
    @Tag("C75")
    void goneAlreadyIsSuccess() throws Exception {
        Exchange exchange = done(DELETE, Map.of(Exchange.FILE_NAME, "never there/a.sql"));
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.DELETED)).isEqualTo(false);
    }

    @Test
    void thePathNamesTheItemThenTheFileName() throws Exception {
        onedrive.putFile("/Backups/path", new byte[1]);
        onedrive.putFile("/Backups/name", new byte[1]);
        Map<String, Object> headers = new HashMap<>(Map.of(OneDriveConstants.PATH, "path", Exchange.FILE_NAME, "name"));
        done(DELETE, headers);
        assertThat(onedrive.paths()).containsExactly("/Backups/name");
        headers.remove(OneDriveConstants.PATH);
        done(DELETE, headers);
        assertThat(onedrive.paths()).isEmpty();
    }

    @Test
    void aFolderGoesWithAllThatIsInItAndUploadsMakeItAnew() throws Exception {
        route.upload("onedrive:offsite?folderPath=/Backups", "mysql/a.sql", new byte[3]);
        done(DELETE, Map.of(OneDriveConstants.PATH, "mysql"));
        assertThat(onedrive.paths()).isEmpty();
        onedrive.clearJournal();
        route.upload("onedrive:offsite?folderPath=/Backups", "mysql/b.sql", new byte[3]);
        assertThat(onedrive.paths()).containsExactly("/Backups/mysql/b.sql");
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).as("nobody remembers the folder's id").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", ".", "./", "a/.."})
    void theFolderItselfIsNotWhatIsMeant(String path) {
        onedrive.putFile("/Backups/a.sql", new byte[3]);
        OneDriveException failure = failure(DELETE, Map.of(OneDriveConstants.PATH, path));
        assertThat(failure).isInstanceOf(IllegalRequestException.class).hasMessageContaining("CamelOneDrivePath");
        assertThat(failure(DELETE, Map.of())).isInstanceOf(IllegalRequestException.class);
        assertThat(onedrive.paths()).containsExactly("/Backups/a.sql");
        assertThat(onedrive.requests(Step.DELETE)).isEmpty();
    }

    @Test
    void theRootIsRefusedByWhateverName() throws Exception {
        onedrive.putFile("/a.sql", new byte[3]);
        String root = item("/").id();
        for (Map<String, Object> headers : List.<Map<String, Object>>of(Map.of(OneDriveConstants.ITEM_ID, root),
                Map.of(OneDriveConstants.ITEM_ID, "root"), Map.of(OneDriveConstants.PATH, "/"), Map.of())) {
            assertThat(failure("onedrive:offsite?operation=delete&folderPath=/", headers))
                    .isInstanceOf(ItemTransfers.RootException.class);
        }
        assertThat(onedrive.requests(Step.DELETE)).isEmpty();
        assertThat(onedrive.paths()).containsExactly("/a.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.sql", "x/../../a.sql", "../Backups/a.sql"})
    void aNameStaysInTheFolder(String path) {
        onedrive.putFile("/a.sql", new byte[3]);
        assertThat(failure(DELETE, Map.of(OneDriveConstants.PATH, path))).isInstanceOf(IllegalNameException.class);
        assertThat(onedrive.paths()).containsExactly("/a.sql");
    }

    @Test
    void withTheJailOffAStepUpIsMeantButStillNotTheFolderOrOneAboveIt() throws Exception {
        onedrive.putFile("/a.sql", new byte[3]);
        onedrive.putFile("/x/Backups/b.sql", new byte[3]);
        done(DELETE + "&jailStartingDirectory=false", Map.of(OneDriveConstants.PATH, "../a.sql"));
        assertThat(failure("onedrive:offsite?operation=delete&folderPath=/x/Backups&jailStartingDirectory=false",
                Map.of(OneDriveConstants.PATH, "../../x"))).isInstanceOf(IllegalRequestException.class);
        assertThat(onedrive.paths()).containsExactly("/x/Backups/b.sql");
    }

    @Test
    void withAnETagOnlyWhatWasLookedAtIsDeleted() throws Exception {
        onedrive.putFile("/Backups/a.sql", new byte[3]);
        String old = item("/Backups/a.sql").eTag().orElseThrow();
        onedrive.putFile("/Backups/a.sql", new byte[4]);
        Map<String, Object> headers = Map.of(OneDriveConstants.PATH, "a.sql", OneDriveConstants.IF_MATCH, old);
        assertThat(failure(DELETE, headers)).isInstanceOf(GraphException.PreconditionFailed.class)
                .hasMessageContaining("/Backups/a.sql");
        assertThat(onedrive.paths()).containsExactly("/Backups/a.sql");
        String now = item("/Backups/a.sql").eTag().orElseThrow();
        Exchange exchange = done(DELETE, Map.of(OneDriveConstants.PATH, "a.sql", OneDriveConstants.IF_MATCH, now));
        assertThat(onedrive.paths()).isEmpty();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.IF_MATCH);
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void forGoodWhereTheServiceCan(AccountType type) {
        try (OneDriveSimulator drive = OneDriveSimulator.builder().accountType(type).start();
             SimulatedRoute onIt = new SimulatedRoute(drive)) {
            drive.putFile("/a.sql", new byte[3]);
            Exchange exchange = onIt.send("onedrive:offsite?operation=delete", null,
                    Map.of(OneDriveConstants.PATH, "a.sql", OneDriveConstants.PERMANENT_DELETE, "true"));
            if (type.driveType().equals("personal")) {
                assertThat(exchange.getException()).isInstanceOf(DriveItems.NoPermanentDeletionException.class);
                assertThat(drive.paths()).containsExactly("/a.sql");
            } else {
                assertThat(exchange.getException()).isNull();
                assertThat(drive.requests(Step.PERMANENT_DELETE)).hasSize(1);
                assertThat(drive.paths()).isEmpty();
                assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.PERMANENT_DELETE);
            }
            assertThat(drive.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"429, activityLimitReached", "503, serviceNotAvailable", "423, resourceLocked"})
    void passingTroubleIsWaitedFor(int status, String code) throws Exception {
        onedrive.putFile("/Backups/a.sql", new byte[3]);
        onedrive.fault(Fault.on(Step.DELETE).answer(status).error(code));
        done(DELETE, Map.of(OneDriveConstants.PATH, "a.sql"));
        assertThat(onedrive.paths()).isEmpty();
    }

    private DriveItem item(String path) throws Exception {
        return done("onedrive:offsite?operation=getItem&folderPath=/", Map.of(OneDriveConstants.PATH, path)).getMessage()
                .getBody(DriveItem.class);
    }

    private Exchange done(String uri, Map<String, Object> headers) throws Exception {
        Exchange exchange = route.send(uri, "a body", headers);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    private OneDriveException failure(String uri, Map<String, Object> headers) {
        return (OneDriveException) route.send(uri, "a body", headers).getException();
    }
}
