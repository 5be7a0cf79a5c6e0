package io.github.camelonedrive.graph;

import java.util.HashMap;
import java.util.Map;

import io.github.camelonedrive.graph.FakeHttp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FolderScopeTest {

    /** Responses by the end of the request's path. */
    private final Map<String, String> items = new HashMap<>();
    private final GraphFixture graph = new GraphFixture(request -> items.entrySet().stream()
            .filter(entry -> request.target().endsWith(entry.getKey())).findFirst()
            .map(entry -> Reply.json(200, entry.getValue()))
            .orElseGet(() -> Reply.error(404, "itemNotFound")));
    private final FolderScope scope = new FolderScope(graph.items, ItemPath.parse("/Box"), new FolderIds());

    FolderScopeTest() {
        items.put("/root", item("R", "root", "", "D", null));
        items.put("/root:/Box", item("B", "Box", "R", "D", "/drive/root:"));
    }

    private static String item(String id, String name, String parent, String drive, String parentPath) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"folder\":{},\"parentReference\":{\"driveId\":\"" + drive
                + "\"" + (parent.isEmpty() ? "" : ",\"id\":\"" + parent + "\"")
                + (parentPath == null ? "" : ",\"path\":\"" + parentPath + "\"") + "}}";
    }

    @ParameterizedTest
    @ValueSource(strings = { "/drive/root:/Box", "/drives/D/root:/box/a%20b" })
    void anItemWhosePathIsInTheFolderCostsOneRequest(String path) throws Exception {
        items.put("/items/X", item("X", "x", "P", "D", path));
        scope.require("X");
        scope.require("X");
        assertThat(graph.http.seen()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/drive/root:", "/drive/root:/Box2", "/drive/root:/Elsewhere/Box" })
    void anItemElsewhereIsOutside(String path) {
        items.put("/items/X", item("X", "x", "R", "D", path));
        items.put("/items/R", item("R", "root", "", "D", null));
        assertThatExceptionOfType(FolderScope.OutsideException.class).isThrownBy(() -> scope.require("X"));
    }

    @Test
    void anItemOfAnotherDriveIsOutsideWhateverItsPath() {
        items.put("/items/X", item("X", "x", "B", "OTHER", "/drives/OTHER/root:/Box"));
        assertThatExceptionOfType(FolderScope.OutsideException.class).isThrownBy(() -> scope.require("X"));
    }

    @Test
    void whereThePathIsNotToldTheFoldersAboveDecide() throws Exception {
        items.put("/items/X", item("X", "x", "P", "D", null));
        items.put("/items/P", item("P", "p", "b", "D", null));
        assertThat(scope.require("X").name()).isEqualTo("x");
        items.put("/items/P", item("P", "p", "Q", "D", null));
        items.put("/items/Q", item("Q", "q", "P", "D", null));
        assertThatExceptionOfType(FolderScope.OutsideException.class).as("folders in each other end, too")
                .isThrownBy(() -> scope.require("X"));
    }

    @Test
    void aFolderThatResponsesNameOtherwiseIsFoundByItsId() throws Exception {
        items.put("/items/X", item("X", "x", "B", "D", "/drive/root:/Kasten"));
        assertThat(scope.require("X").name()).isEqualTo("x");
    }
}
