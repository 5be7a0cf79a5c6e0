package io.github.camelonedrive.graph;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.graph.FakeHttp.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Single exchanges of moving and copying: what is sent, what each answer means, and what a lost answer means. */
class ItemTransfersTest {

    private static final String ROOT = "/v1.0/me/drive/root";
    private static final String MONITOR = "/monitor/1?key='a+b%2B'&x=%25";
    private static final String HASH = "\"file\":{\"hashes\":{\"quickXorHash\":\"aGFzaA==\"}},\"size\":3";
    private static final Duration HOUR = Duration.ofHours(1);

    private final Deque<Reply> patches = new ArrayDeque<>();
    private final Deque<Reply> copies = new ArrayDeque<>();
    private final Deque<Reply> monitors = new ArrayDeque<>();
    private final Map<String, Reply> lookups = new ConcurrentHashMap<>();
    private final GraphFixture graph = new GraphFixture(this::answer);
    private final ItemTransfers transfers =
            new ItemTransfers(graph.client, graph.address, graph.items, graph.folders, "offsite");

    ItemTransfersTest() {
        lookups.put(ROOT, Reply.json(200, "{\"id\":\"ROOT\",\"folder\":{}}"));
        lookups.put(ROOT + ":/a.txt", Reply.json(200, item("A", "a.txt", "ROOT")));
        lookups.put("/v1.0/me/drive/items/A", Reply.json(200, item("A", "a.txt", "ROOT")));
        lookups.put(ROOT + ":/dir", Reply.json(200, "{\"id\":\"DIR\",\"name\":\"dir\",\"folder\":{}}"));
    }

    @Test
    @Tag("C74")
    void aMoveNamesTheRealIdOfTheParentAlsoOfTheRoot() throws Exception {
        patches.add(Reply.json(200, item("A", "b.txt", "ROOT")));
        DriveItem moved = transfers.move(ItemRef.of("A"), new TransferTarget(ItemPath.ROOT, Optional.of("b.txt")),
                ConflictBehavior.fail, Optional.empty());
        assertThat(moved.name()).isEqualTo("b.txt");
        assertThat(sent("PATCH").get(0).text()).isEqualTo("{\"parentReference\":{\"id\":\"ROOT\"},\"name\":\"b.txt\","
                + "\"@microsoft.graph.conflictBehavior\":\"fail\"}");
        assertThat(sent("PATCH").get(0).header("If-Match")).isEmpty();
    }

    @Test
    void aConditionGoesWithTheMoveAndItsFailureIsNotTriedAgain() {
        patches.add(Reply.error(412, "resourceModified"));
        assertThatExceptionOfType(GraphException.PreconditionFailed.class)
                .isThrownBy(() -> move("\"{X},1\"")).withMessageContaining("/dir/a.txt");
        assertThat(sent("PATCH")).hasSize(1);
        assertThat(sent("PATCH").get(0).header("If-Match")).hasValue("\"{X},1\"");
    }

    @Test
    void aMoveWhoseAnswerGotLostIsNoConflictWithItself() throws Exception {
        patches.add(Reply.empty(504));
        patches.add(Reply.error(412, "resourceModified"));
        // The move was made in spite of the 504.
        whenAsked(1, () -> lookups.put("/v1.0/me/drive/items/A", Reply.json(200, item("A", "a.txt", "DIR"))));
        assertThat(move("\"{X},1\"").parentId()).hasValue("DIR");
        assertThat(sent("PATCH")).hasSize(2);
    }

    @Test
    void aChangeBySomebodyElseAfterALostAnswerIsSaid() {
        patches.add(Reply.empty(504));
        patches.add(Reply.error(412, "resourceModified"));
        assertThatExceptionOfType(GraphException.PreconditionFailed.class).isThrownBy(() -> move("\"{X},1\""));
    }

    @Test
    void aTargetFolderThatVanishedIsMadeAgain() throws Exception {
        patches.add(Reply.error(404, "itemNotFound"));
        patches.add(Reply.json(200, item("A", "a.txt", "DIR")));
        assertThat(move(null).parentId()).hasValue("DIR");
    }

    @Test
    void anItemThatVanishedIsSaid() {
        patches.add(Reply.error(404, "itemNotFound"));
        lookups.remove("/v1.0/me/drive/items/A");
        assertThatExceptionOfType(GraphException.NotFound.class).isThrownBy(() -> move(null));
        assertThat(sent("PATCH")).hasSize(1);
    }

    @Test
    void theRootIsNeitherMovedNorCopied() {
        lookups.put("/v1.0/me/drive/items/ROOT", lookups.get(ROOT));
        TransferTarget target = new TransferTarget(ItemPath.parse("/dir"), Optional.empty());
        assertThatExceptionOfType(ItemTransfers.RootException.class).isThrownBy(
                () -> transfers.move(ItemRef.of("ROOT"), target, ConflictBehavior.fail, Optional.empty()));
        assertThatExceptionOfType(ItemTransfers.RootException.class).isThrownBy(
                () -> transfers.copy(ItemRef.of("ROOT"), target, ConflictBehavior.fail, HOUR));
    }

    @Test
    @Tag("C76")
    @Tag("C12")
    @Tag("C8")
    void aCopyIsWaitedForAtItsMonitorWithoutTheToken() throws Exception {
        accepted();
        monitors.add(Reply.json(202, "{\"operation\":\"ItemCopy\",\"percentageComplete\":27.8,\"status\":\"inProgress\"}"));
        monitors.add(Reply.json(200, "{\"status\":\"updating\"}").with("Retry-After", "7"));
        monitors.add(Reply.json(200, "{\"percentageComplete\":100.0,\"resourceId\":\"B\",\"status\":\"completed\"}"));
        lookups.put("/v1.0/me/drive/items/B", Reply.json(200, item("B", "b.txt", "DIR")));
        DriveItem copy = copy("b.txt", ConflictBehavior.fail, HOUR);
        assertThat(copy.id()).isEqualTo("B");
        assertThat(sent("POST").get(0).target()).isEqualTo("/v1.0/me/drive/items/A/copy");
        assertThat(sent("POST").get(0).text()).isEqualTo("{\"parentReference\":{\"driveId\":\"D\",\"id\":\"DIR\"},"
                + "\"name\":\"b.txt\"}");
        List<FakeHttp.Request> polls = asked();
        assertThat(polls).hasSize(3).allSatisfy(poll -> {
            assertThat(poll.target()).isEqualTo(MONITOR);
            assertThat(poll.headerNames()).doesNotContain("authorization");
        });
        assertThat(graph.time.sleeps()).containsExactly(CopyProgress.FIRST_PAUSE, Duration.ofSeconds(7));
    }

    @Test
    @Tag("C76")
    void a303SaysThatItIsDoneAndIsNotFollowed() throws Exception {
        accepted();
        monitors.add(Reply.empty(303).with("Location", "https://graph.test/v1.0/me/drive/items/B%211?x=y"));
        lookups.put("/v1.0/me/drive/items/B!1", Reply.json(200, item("B!1", "a.txt", "DIR")));
        assertThat(copy("a.txt", ConflictBehavior.fail, HOUR).id()).isEqualTo("B!1");
    }

    @Test
    void anEndWithoutAnIdIsLookedUpByPath() throws Exception {
        accepted();
        monitors.add(Reply.json(200, "{\"status\":\"completed\"}"));
        lookups.put(ROOT + ":/dir/b.txt", Reply.json(200, item("B", "b.txt", "DIR")));
        assertThat(copy("b.txt", ConflictBehavior.fail, HOUR).id()).isEqualTo("B");
    }

    @ParameterizedTest
    @CsvSource({"failed, AccessDenied_AlreadyExists", "cancelled, ''", "deleteFailed, ''"})
    @Tag("C76")
    void aCopyThatIsGivenUpFails(String status, String code) {
        accepted();
        monitors.add(Reply.json(200, "{\"status\":\"" + status + "\""
                + (code.isEmpty() ? "" : ",\"errorCode\":\"" + code + "\"") + "}"));
        assertThatExceptionOfType(ItemTransfers.CopyFailedException.class)
                .isThrownBy(() -> copy("b.txt", ConflictBehavior.fail, HOUR)).withMessageContaining("/a.txt")
                .withMessageContaining("/dir/b.txt").withMessageContaining(status).withMessageContaining(code)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"errorCode\":\"NameAlreadyExists\"",
        "\"error\":{\"code\":\"nameAlreadyExists\",\"message\":\"x\"}"})
    void aTakenNameThatTheMonitorTellsIsAConflictAsAnyOther(String error) {
        accepted();
        monitors.add(Reply.json(200, "{\"status\":\"failed\"," + error + "}"));
        assertThatExceptionOfType(GraphException.NameConflict.class)
                .isThrownBy(() -> copy("b.txt", ConflictBehavior.fail, HOUR))
                .satisfies(taken -> assertThat(taken.status()).isEqualTo(409));
    }

    @Test
    void aCopyIsWaitedForNoLongerThanTold() {
        accepted();
        monitors.add(Reply.json(202, "{\"status\":\"inProgress\"}"));
        assertThatExceptionOfType(ItemTransfers.CopyUnfinishedException.class)
                .isThrownBy(() -> copy("b.txt", ConflictBehavior.fail, Duration.ofSeconds(60)))
                .withMessageContaining("60 s").withMessageContaining("goes on");
        assertThat(graph.time.slept()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void troubleOfTheMonitorPasses() throws Exception {
        accepted();
        monitors.add(Reply.empty(503));
        monitors.add(Reply.error(429, "activityLimitReached").with("Retry-After", "30"));
        monitors.add(Reply.json(200, "{\"status\":\"completed\",\"resourceId\":\"B\"}"));
        lookups.put("/v1.0/me/drive/items/B", Reply.json(200, item("B", "b.txt", "DIR")));
        assertThat(copy("b.txt", ConflictBehavior.fail, HOUR).id()).isEqualTo("B");
        assertThat(graph.time.sleeps()).contains(Duration.ofSeconds(30));
    }

    @Test
    void aMonitorThatIsGoneMeansNothingIfTheCopyIsThere() throws Exception {
        accepted();
        monitors.add(Reply.error(404, "itemNotFound"));
        lookups.put(ROOT + ":/dir/b.txt", Reply.json(200, item("B", "b.txt", "DIR")));
        assertThat(copy("b.txt", ConflictBehavior.fail, HOUR).id()).isEqualTo("B");
        accepted();
        monitors.add(Reply.error(404, "itemNotFound"));
        lookups.remove(ROOT + ":/dir/b.txt");
        assertThatExceptionOfType(GraphException.NotFound.class)
                .isThrownBy(() -> copy("b.txt", ConflictBehavior.fail, HOUR));
    }

    @Test
    void aCopyWhoseAnswerGotLostIsNoConflictWithItself() throws Exception {
        copies.add(Reply.empty(502));
        copies.add(Reply.error(409, "nameAlreadyExists"));
        lookups.put(ROOT + ":/dir/b.txt", Reply.json(200, item("B", "b.txt", "DIR")));
        assertThat(copy("b.txt", ConflictBehavior.fail, HOUR).id()).isEqualTo("B");
    }

    @Test
    void aTakenNameStaysAConflict() {
        copies.add(Reply.error(409, "nameAlreadyExists"));
        lookups.put(ROOT + ":/dir/b.txt", Reply.json(200, item("B", "b.txt", "DIR")));
        assertThatExceptionOfType(GraphException.NameConflict.class)
                .isThrownBy(() -> copy("b.txt", ConflictBehavior.fail, HOUR));
    }

    @Test
    @Tag("C58")
    void aCopyThatRenamesIsNotAskedForTwice() {
        copies.add(Reply.empty(502));
        assertThatExceptionOfType(GraphException.Unavailable.class)
                .isThrownBy(() -> copy("b.txt", ConflictBehavior.rename, HOUR));
        assertThat(sent("POST")).hasSize(1);
        assertThat(sent("POST").get(0).target()).endsWith("/copy?@microsoft.graph.conflictBehavior=rename");
    }

    @Test
    void aPersonalDriveIsNotAskedForWhatItCantDo() {
        lookups.put(ROOT + ":/a.txt", Reply.json(200, "{\"id\":\"A\",\"name\":\"a.txt\",\"parentReference\":"
                + "{\"driveId\":\"D\",\"driveType\":\"personal\"}}"));
        assertThatExceptionOfType(ItemTransfers.NoSuchCopyException.class)
                .isThrownBy(() -> copy("b.txt", ConflictBehavior.replace, HOUR)).withMessageContaining("replace");
        assertThat(sent("POST")).isEmpty();
    }

    @Test
    void anInterruptionEndsTheWait() {
        accepted();
        monitors.add(Reply.json(202, "{\"status\":\"inProgress\"}"));
        graph.time.whileSleeping(duration -> {
            throw new InterruptedException();
        });
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> copy("b.txt", ConflictBehavior.fail, HOUR));
    }

    @Test
    void theMonitorsAddressIsInNoMessage() {
        accepted();
        monitors.add(Reply.empty(400));
        assertThatExceptionOfType(GraphException.class).isThrownBy(() -> copy("b.txt", ConflictBehavior.fail, HOUR))
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("key="));
    }

    private DriveItem move(String ifMatch) throws Exception {
        return transfers.move(ItemRef.of(ItemPath.parse("/a.txt")),
                new TransferTarget(ItemPath.parse("/dir"), Optional.empty()), ConflictBehavior.fail,
                Optional.ofNullable(ifMatch));
    }

    private DriveItem copy(String name, ConflictBehavior conflict, Duration longest) throws Exception {
        return transfers.copy(ItemRef.of(ItemPath.parse("/a.txt")),
                new TransferTarget(ItemPath.parse("/dir"), Optional.of(name)), conflict, longest);
    }

    private void accepted() {
        copies.add(Reply.empty(202).with("Location", "https://monitor.test" + MONITOR));
    }

    private List<FakeHttp.Request> sent(String method) {
        return graph.http.seen().stream().filter(request -> request.method().equals(method)).toList();
    }

    private List<FakeHttp.Request> asked() {
        return graph.http.seen().stream().filter(request -> request.url().startsWith("https://monitor.test")).toList();
    }

    private void whenAsked(int patch, Runnable then) {
        this.afterPatch = patch;
        this.then = then;
    }

    private int afterPatch;
    private Runnable then = () -> {
    };

    private Reply answer(FakeHttp.Request request) throws IOException {
        if (request.method().equals("PATCH")) {
            Reply reply = patches.remove();
            if (sent("PATCH").size() == afterPatch) {
                then.run();
            }
            return reply;
        }
        if (request.method().equals("POST")) {
            return copies.remove();
        }
        if (request.url().startsWith("https://monitor.test")) {
            return monitors.size() > 1 ? monitors.remove() : monitors.element();
        }
        return lookups.getOrDefault(request.target(), Reply.error(404, "itemNotFound"));
    }

    private static String item(String id, String name, String parent) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\"," + HASH + ",\"parentReference\":{\"driveId\":\"D\",\"id\":\""
                + parent + "\",\"driveType\":\"business\"}}";
    }
}
