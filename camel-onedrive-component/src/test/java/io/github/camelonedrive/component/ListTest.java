package io.github.camelonedrive.component;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code operation=list} as a route sees it: as a list, and one after another. */
class ListTest extends SimulatorTest {

    private static final String LIST = "onedrive:offsite?operation=list&folderPath=/In";

    @Test
    @Tag("C71")
    void aListHasAllPages() throws Exception {
        for (int i = 0; i < 401; i++) {
            onedrive.putFile("/In/" + i, new byte[1]);
        }
        assertThat(names(LIST, Map.of())).hasSize(401).doesNotHaveDuplicates();
        assertThat(onedrive.requests(Step.CHILDREN)).hasSize(3);
    }

    @Test
    void recursiveWalksAllFoldersAndFoldersOnlyLeavesFilesOut() {
        onedrive.putFile("/In/a/b/c.txt", new byte[1]);
        onedrive.putFile("/In/z.txt", new byte[1]);
        onedrive.createFolder("/In/empty");
        assertThat(names(LIST, Map.of())).containsExactly("a", "empty", "z.txt");
        assertThat(names(LIST, Map.of(OneDriveConstants.RECURSIVE, true))).containsExactly("a", "b", "c.txt", "empty", "z.txt");
        assertThat(names(LIST + "&recursive=true", Map.of(OneDriveConstants.FOLDERS_ONLY, true)))
                .containsExactly("a", "b", "empty");
        assertThat(names(LIST + "&recursive=true", Map.of(OneDriveConstants.PATH, "a"))).containsExactly("b", "c.txt");
    }

    @Test
    void theFolderMayBeNamedByItsId() {
        onedrive.putFile("/In/deep/a.txt", new byte[1]);
        DriveItem folder = route.send("onedrive:offsite?operation=getItem&folderPath=/", null,
                Map.of(OneDriveConstants.PATH, "In/deep")).getMessage().getBody(DriveItem.class);
        assertThat(names(LIST, Map.of(OneDriveConstants.ITEM_ID, folder.id()))).containsExactly("a.txt");
    }

    @Test
    void whatIsNoFolderIsSaid() {
        onedrive.putFile("/In/a.txt", new byte[1]);
        assertThat(list(LIST, Map.of(OneDriveConstants.PATH, "no")).getException())
                .isInstanceOf(GraphException.NotFound.class).hasMessageContaining("/In/no");
        assertThat(list(LIST, Map.of(OneDriveConstants.PATH, "a.txt")).getException())
                .isInstanceOf(Folders.NotAFolderException.class).hasMessageContaining("/In/a.txt");
        assertThat(list(LIST + "&streamList=true", Map.of(OneDriveConstants.PATH, "no")).getException())
                .as("said at once, not when the first item is wanted").isInstanceOf(GraphException.NotFound.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "#1", "100%", "a+b", "a&b=c", "it's", "Größe 数据", "🎉"})
    void foldersOfAllNames(String name) {
        onedrive.putFile("/In/" + name + "/" + name, new byte[1]);
        assertThat(names(LIST, Map.of(OneDriveConstants.PATH, name))).containsExactly(name);
        assertThat(names(LIST + "&recursive=true", Map.of())).containsExactly(name, name);
    }

    @Test
    void streamedAListingIsReadAsTheSplitGoesOn() throws Exception {
        for (int i = 0; i < 1000; i++) {
            onedrive.putFile("/In/" + i, new byte[1]);
        }
        List<Integer> pagesAtItem = new ArrayList<>();
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:each").to(LIST + "&streamList=true").split(body()).streaming()
                        .process(exchange -> pagesAtItem.add(onedrive.requests(Step.CHILDREN).size()));
            }
        });
        onedrive.clearJournal();
        assertThat(route.send("direct:each", null, Map.of()).getException()).isNull();
        assertThat(pagesAtItem).hasSize(1000).isSorted();
        assertThat(pagesAtItem.get(0)).isEqualTo(1);
        assertThat(pagesAtItem.get(999)).isEqualTo(5);
    }

    @Test
    void aStreamIsGoodAlsoAfterTheExchange() {
        for (int i = 0; i < 250; i++) {
            onedrive.putFile("/In/" + i, new byte[1]);
        }
        Iterator<?> items = list(LIST, Map.of(OneDriveConstants.STREAM_LIST, "true")).getMessage().getBody(Iterator.class);
        int count = 0;
        for (; items.hasNext(); items.next()) {
            count++;
        }
        assertThat(count).isEqualTo(250);
    }

    @Test
    void troubleInTheMiddleOfAStreamIsCaughtByItsType() throws Exception {
        for (int i = 0; i < 250; i++) {
            onedrive.putFile("/In/" + i, new byte[1]);
        }
        onedrive.fault(Fault.on(Step.CHILDREN).nth(2).answer(403).error("accessDenied"));
        List<String> caught = new ArrayList<>();
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(GraphException.AccessDenied.class).handled(true)
                        .process(exchange -> caught.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                                .getMessage()));
                from("direct:each").to(LIST + "&streamList=true").split(body()).streaming().to("log:x?level=OFF").end()
                        .process(exchange -> caught.add("never"));
            }
        });
        route.send("direct:each", null, Map.of());
        assertThat(caught).hasSize(1).first().asString().contains("/In");
    }

    @Test
    void throttlingInTheMiddleIsWaitedFor() {
        for (int i = 0; i < 250; i++) {
            onedrive.putFile("/In/" + i, new byte[1]);
        }
        onedrive.fault(Fault.on(Step.CHILDREN).nth(2).throttle("1"));
        assertThat(names(LIST, Map.of())).hasSize(250);
    }

    private Exchange list(String uri, Map<String, Object> headers) {
        return route.send(uri, null, headers);
    }

    private List<String> names(String uri, Map<String, Object> headers) {
        Exchange exchange = list(uri, headers);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(List.class).stream().map(item -> ((DriveItem) item).name()).toList();
    }
}
