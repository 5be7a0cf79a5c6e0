package io.github.camelonedrive.component;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.FolderScope;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Which headers tell an operation what to do, and what becomes of them. */
class ItemInputsTest extends SimulatorTest {

    private static final String BOX = "onedrive:offsite?folderPath=/Box";

    @BeforeEach
    void store() {
        onedrive.putFile("/Box/new.sql", new byte[1]);
        onedrive.putFile("/Box/old.sql", new byte[2]);
        onedrive.putFile("/Outside/x.sql", new byte[3]);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "getDrive", "checkConnection" })
    void twoNamesOrOneWithoutAValueAreAnErrorWithoutARequest(OneDriveOperation operation) {
        Map<String, Object> empty = new HashMap<>();
        empty.put(OneDriveConstants.PATH, null);
        for (Map<String, Object> headers : List.of(Map.<String, Object>of(OneDriveConstants.ITEM_ID, "1",
                OneDriveConstants.PATH, "old.sql"), Map.<String, Object>of(OneDriveConstants.ITEM_ID, ""),
                Map.<String, Object>of(OneDriveConstants.PATH, " "), empty)) {
            Exchange exchange = send("&operation=" + operation, with(headers, Exchange.FILE_NAME, "old.sql"));
            assertThat(exchange.getException()).as("%s", headers).isInstanceOf(IllegalRequestException.class);
        }
        assertThat(onedrive.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "delete", "move", "copy", "getItem", "createLink", "listVersions", "restoreVersion" })
    void aNameThatAConsumerLeftIsRefused(String operation) {
        Exchange exchange = send("&operation=" + operation, Map.of(Exchange.FILE_NAME, "new.sql",
                OneDriveConstants.FILE_NAME_CONSUMED, "new.sql", OneDriveConstants.VERSION_ID, "1.0"));
        assertThat(exchange.getException()).isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("CamelOneDrivePath").hasMessageContaining("CamelOneDriveItemId");
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void aNameThatADownloadWroteIsRefusedAlsoAfterAnotherOneAndInACopy() throws Exception {
        routes(builder -> {
            builder.from("direct:in").setHeader(OneDriveConstants.PATH).constant("old.sql").to(BOX + "&operation=download")
                    .claimCheck(ClaimCheckOperation.Push)
                    .setHeader(OneDriveConstants.PATH).constant("new.sql").to(BOX + "&operation=download")
                    .claimCheck(ClaimCheckOperation.Pop)
                    .multicast().to("direct:delete");
            builder.from("direct:delete").to(BOX + "&operation=delete");
        });
        Exchange exchange = route.send("direct:in", null, Map.of());
        assertThat(exchange.getException()).isInstanceOf(IllegalRequestException.class);
        assertThat(onedrive.paths()).contains("/Box/old.sql", "/Box/new.sql");
    }

    @Test
    void aNameThatTheRouteSetStaysItsOwnAfterADownload() throws Exception {
        routes(builder -> builder.from("direct:in").to(BOX + "&operation=download").to(BOX + "&operation=delete"));
        assertThat(route.send("direct:in", null, Map.of(Exchange.FILE_NAME, "old.sql")).getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/Box/new.sql", "/Outside/x.sql");
    }

    /** The route that made it visible: the new backup was deleted, the old one stayed. */
    @Test
    void aRouteThatUploadsAndThenDeletesAnOldFileDeletesThatOne() throws Exception {
        routes(builder -> builder.from("direct:in").to(BOX).setHeader(Exchange.FILE_NAME).constant("old.sql")
                .to(BOX + "&operation=delete"));
        Exchange exchange = route.send("direct:in", "dump", Map.of(Exchange.FILE_NAME, "new.sql"));
        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/Box/new.sql", "/Outside/x.sql");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.PRODUCED_ITEM_ID);
    }

    @Test
    void aNightlyRotationDeletesWhatItLists() throws Exception {
        routes(builder -> builder.from("direct:in").to(BOX).to(BOX + "&operation=list").split(builder.body())
                .filter().simple("${body.name} != 'new.sql'").setHeader(OneDriveConstants.ITEM_ID).simple("${body.id}")
                .to(BOX + "&operation=delete"));
        onedrive.putFile("/Box/older.sql", new byte[2]);
        assertThat(route.send("direct:in", "dump", Map.of(Exchange.FILE_NAME, "new.sql")).getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/Box/new.sql", "/Outside/x.sql");
    }

    @Test
    void aFailedOperationKeepsItsInputsSoThatARedeliveryRepeatsIt() throws Exception {
        routes(builder -> {
            builder.onException(Exception.class).maximumRedeliveries(1).redeliveryDelay(0);
            builder.from("direct:in").to(BOX + "&maxRetries=0");
        });
        onedrive.fault(Fault.on(Step.DELETE).answer(503).error("serviceNotAvailable"));
        Exchange exchange = route.send("direct:in", "body", Map.of(OneDriveConstants.OPERATION, "delete",
                OneDriveConstants.PATH, "old.sql", Exchange.FILE_NAME, "new.sql"));
        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.requests(Step.DELETE)).hasSize(2);
        assertThat(onedrive.paths()).containsExactly("/Box/new.sql", "/Outside/x.sql");
        assertThat(exchange.getMessage().getHeaders()).containsEntry(Exchange.FILE_NAME, "new.sql")
                .doesNotContainKeys(OneDriveConstants.OPERATION, OneDriveConstants.PATH);
    }

    @Test
    void anEndpointMayPinItsOperation() {
        Exchange exchange = send("&allowOperationHeader=false", Map.of(OneDriveConstants.OPERATION, "delete",
                Exchange.FILE_NAME, "old.sql"));
        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/Box/old.sql", "body".getBytes())).isTrue();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.OPERATION);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "getDrive", "checkConnection", "createFolder" })
    void anIdLiesInTheFolderOfTheEndpoint(OneDriveOperation operation) throws Exception {
        Map<String, Object> inputs = Map.of(OneDriveConstants.TARGET_PATH, "y.sql", OneDriveConstants.QUERY, "x",
                OneDriveConstants.VERSION_ID, "1.0");
        for (String id : List.of(onedrive.file("/Outside/x.sql").orElseThrow().id(), idOf("Outside"), idOf("/"), "root")) {
            onedrive.clearJournal();
            Exchange exchange = send("&operation=" + operation, with(inputs, OneDriveConstants.ITEM_ID, id));
            assertThat(exchange.getException()).as(id).isInstanceOf(FolderScope.OutsideException.class);
            assertThat(onedrive.requests()).allMatch(request -> List.of(Step.TOKEN, Step.ITEM_LOOKUP).contains(request.step()));
        }
        assertThat(onedrive.paths()).containsExactly("/Box/new.sql", "/Box/old.sql", "/Outside/x.sql");
    }

    @Test
    void theFolderItselfAndTheRootAreNotDeletedByTheirIds() throws Exception {
        assertThat(send("&operation=delete", Map.of(OneDriveConstants.ITEM_ID, idOf("Box"))).getException())
                .isInstanceOf(IllegalRequestException.class);
        for (String operation : List.of("delete", "move", "copy", "createLink")) {
            assertThat(route.send("onedrive:offsite?operation=" + operation, null, Map.of(OneDriveConstants.ITEM_ID, idOf("/"),
                    OneDriveConstants.TARGET_PATH, "y")).getException()).isInstanceOf(ItemTransfers.RootException.class);
        }
        assertThat(onedrive.paths()).hasSize(3);
    }

    @Test
    void theCheckCostsOneRequestAtMost() {
        String id = onedrive.file("/Box/old.sql").orElseThrow().id();
        send("&operation=getItem", Map.of(OneDriveConstants.ITEM_ID, id));
        for (Map.Entry<String, List<Step>> expected : Map.of("getItem", List.of(Step.ITEM_LOOKUP),
                "listVersions", List.of(Step.ITEM_LOOKUP, Step.VERSIONS),
                "createLink", List.of(Step.ITEM_LOOKUP, Step.CREATE_LINK)).entrySet()) {
            onedrive.clearJournal();
            send("&operation=" + expected.getKey(), Map.of(OneDriveConstants.ITEM_ID, id));
            assertThat(onedrive.requests()).as(expected.getKey()).extracting("step").isEqualTo(expected.getValue());
        }
    }

    @Test
    void anUploadByIdReplacesThatFile() {
        String id = onedrive.file("/Box/old.sql").orElseThrow().id();
        Exchange exchange = send("", Map.of(OneDriveConstants.ITEM_ID, id, Exchange.FILE_NAME, "new.sql"));
        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/Box/old.sql", "body".getBytes())).isTrue();
        assertThat(route.holds("/Box/new.sql", new byte[1])).isTrue();
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.PRODUCED_ITEM_ID)).isEqualTo(id);
    }

    private String idOf(String path) {
        return route.send("onedrive:offsite?operation=getItem", null, Map.of(OneDriveConstants.PATH, path)).getMessage()
                .getHeader(OneDriveConstants.PRODUCED_ITEM_ID, String.class);
    }

    private Exchange send(String options, Map<String, Object> headers) {
        return route.send(BOX + options, "body", headers);
    }

    private static Map<String, Object> with(Map<String, Object> headers, String name, Object value) {
        Map<String, Object> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    private interface Routes {
        void configure(RouteBuilder builder);
    }

    private void routes(Routes routes) throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routes.configure(this);
            }
        });
    }
}
