package io.github.camelonedrive.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FoldersTest {

    private static final String ROOT = "/v1.0/me/drive/root";

    /** Paths in lower case; the value tells a folder's id, or is "file". */
    private final Map<String, String> drive = new ConcurrentHashMap<>(Map.of("", "ROOT"));
    private final List<String> madeByOthers = new ArrayList<>();
    private final GraphFixture graph = new GraphFixture(this::answer);
    private final Folders folders = graph.folders;

    @Test
    void aFolderThatIsThereCostsOneRequestAndThenNone() throws Exception {
        drive.put("/backups", "B");
        assertThat(folders.ensure(ItemPath.parse("/Backups"))).isEqualTo("B");
        assertThat(folders.ensure(ItemPath.parse("/backups"))).isEqualTo("B");
        assertThat(requests()).containsExactly("GET " + ROOT + ":/Backups");
    }

    @Test
    void missingFoldersAreMadeFromTheTop() throws Exception {
        folders.ensure(ItemPath.parse("/a/b/c d"));
        assertThat(drive.keySet()).contains("/a", "/a/b", "/a/b/c d");
        assertThat(requests()).filteredOn(request -> request.startsWith("POST")).containsExactly(
                "POST " + ROOT + "/children", "POST " + ROOT + ":/a:/children", "POST " + ROOT + ":/a/b:/children");
    }

    @Test
    @Tag("C72")
    void aFolderIsMadeSoThatNothingIsReplacedOrRenamed() throws Exception {
        folders.ensure(ItemPath.parse("/a"));
        FakeHttp.Request post = graph.http.seen().get(graph.http.seen().size() - 1);
        assertThat(post.text()).isEqualTo("{\"name\":\"a\",\"folder\":{},\"@microsoft.graph.conflictBehavior\":\"fail\"}");
    }

    @Test
    void theRootIsLookedUpAndNeverMade() throws Exception {
        assertThat(folders.ensure(ItemPath.ROOT)).isEqualTo("ROOT");
        assertThat(requests()).containsExactly("GET " + ROOT);
    }

    @Test
    @Tag("C72")
    void whatAnotherProgramMakesMeanwhileIsUsed() throws Exception {
        madeByOthers.add("/a");
        assertThat(folders.ensure(ItemPath.parse("/a/b"))).isEqualTo(drive.get("/a/b"));
    }

    @Test
    void aFileInTheWayIsNamedAndStaysAsItIs() {
        drive.put("/a", "file");
        assertThatExceptionOfType(Folders.NotAFolderException.class).isThrownBy(() -> folders.ensure(ItemPath.parse("/a/b")))
                .withMessageContaining("'/a'").satisfies(
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
        assertThat(drive).containsEntry("/a", "file").doesNotContainKey("/a/b");
    }

    @Test
    @Tag("C72")
    void manyThreadsThatNeedOneFolderMakeItOnce() throws Exception {
        int threads = 12;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String folder = i % 2 == 0 ? "/a/b" : "/A/B";
                all.add(() -> {
                    together.await();
                    return folders.ensure(ItemPath.parse(folder));
                });
            }
            for (Future<String> id : executor.invokeAll(all)) {
                assertThat(id.get()).isEqualTo(drive.get("/a/b"));
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(requests()).filteredOn(request -> request.startsWith("POST")).hasSize(2);
    }

    @Test
    void whatWasForgottenIsLookedUpAgainAndAllBelowIt() throws Exception {
        for (String folder : List.of("/a", "/a/b", "/ab")) {
            folders.ensure(ItemPath.parse(folder));
        }
        folders.forget(ItemPath.parse("/A"));
        int before = graph.http.seen().size();
        folders.ensure(ItemPath.parse("/ab"));
        assertThat(graph.http.seen()).hasSize(before);
        folders.ensure(ItemPath.parse("/a/b"));
        folders.ensure(ItemPath.parse("/a"));
        assertThat(graph.http.seen()).hasSize(before + 2);
    }

    @Test
    void rememberedParentsThatWereDeletedInOneDriveAreMadeAnew() throws Exception {
        folders.ensure(ItemPath.parse("/a/b/c"));
        drive.keySet().removeIf(path -> path.startsWith("/a"));
        assertThat(folders.ensure(ItemPath.parse("/a/b/d"))).isEqualTo(drive.get("/a/b/d"));
    }

    @Test
    void aParentThatKeepsVanishingEndsInAFailure() {
        GraphFixture vanishing = new GraphFixture(request -> Reply.error(404, "itemNotFound"));
        assertThatExceptionOfType(UnexpectedAnswerException.class)
                .isThrownBy(() -> vanishing.folders.ensure(ItemPath.parse("/a"))).withMessageContaining("no root folder");
    }

    @Test
    void oneWhoWaitsForAFolderCanBeInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> folders.ensure(ItemPath.parse("/a")));
        assertThat(drive).doesNotContainKey("/a");
    }

    private List<String> requests() {
        return graph.http.seen().stream().map(FakeHttp.Request::toString).toList();
    }

    private synchronized Reply answer(FakeHttp.Request request) throws IOException {
        String target = request.target().substring(ROOT.length());
        boolean children = target.endsWith("/children");
        String path = target.replaceFirst(":?/children$", "").replaceFirst("^:", "").replace("%20", " ")
                .toLowerCase(Locale.ROOT);
        if (!children) {
            return item(path);
        }
        String name = request.text().replaceFirst(".*\"name\":\"([^\"]*)\".*", "$1");
        String child = path + "/" + name.toLowerCase(Locale.ROOT);
        if (!drive.containsKey(path)) {
            return Reply.error(404, "itemNotFound");
        }
        if (madeByOthers.remove(child)) {
            drive.put(child, "others");
        }
        if (drive.containsKey(child)) {
            return Reply.error(409, "nameAlreadyExists");
        }
        drive.put(child, "id-of" + child.replace('/', '-') + "-" + graph.http.seen().size());
        return item(child);
    }

    private Reply item(String path) {
        String id = drive.get(path);
        if (id == null) {
            return Reply.error(404, "itemNotFound");
        }
        String kind = id.equals("file") ? "file" : "folder";
        return Reply.json(200, "{\"id\":\"" + id + "\",\"name\":\"n\",\"" + kind + "\":{}}");
    }
}
