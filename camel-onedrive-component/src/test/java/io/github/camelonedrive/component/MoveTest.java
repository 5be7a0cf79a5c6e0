package io.github.camelonedrive.component;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code operation=move} as a route sees it. */
class MoveTest extends SimulatorTest {

    private static final String MOVE = "onedrive:offsite?operation=move&folderPath=/In";

    private final byte[] content = SimulatedRoute.content(30);

    @ParameterizedTest
    @CsvSource({"b.txt, /In/b.txt", "done/, /In/done/a.txt", "done/2026/b.txt, /In/done/2026/b.txt", "/, /In/a.txt",
        "A.TXT, /In/A.TXT", "'x y/#1 %2B+&''ü数据🎉.txt', '/In/x y/#1 %2B+&''ü数据🎉.txt'", "done/.., /In/a.txt"})
    @Tag("C74")
    void theTargetIsTheNewPathOrWithASlashTheFolder(String target, String path) throws Exception {
        onedrive.putFile("/In/a.txt", content);
        Exchange exchange = move("a.txt", target);
        assertThat(onedrive.paths()).containsExactly(path);
        assertThat(route.holds(path, content)).isTrue();
        DriveItem item = exchange.getMessage().getBody(DriveItem.class);
        assertThat(path).endsWith("/" + item.name());
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.PRODUCED_ITEM_ID)).isEqualTo(item.id());
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.ETAG)).isEqualTo(item.eTag().orElseThrow());
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.TARGET_PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "#1", "100%", "a+b", "a&b=c", "it's", "Größe 数据", "🎉", "%2e%2e", "(a) [b] {c}",
        "semi;colon,@!$", "..hidden"})
    void namesOfAllKinds(String name) throws Exception {
        onedrive.putFile("/In/" + name + "/" + name, content);
        move(name + "/" + name, "to/" + name + "/" + name + ".2");
        assertThat(onedrive.paths()).containsExactly("/In/to/" + name + "/" + name + ".2");
    }

    @Test
    void withTheJailOffAnItemIsFoundByItsIdWhereverItIs() throws Exception {
        onedrive.putFile("/elsewhere/a.txt", content);
        String id = route.send("onedrive:offsite?operation=getItem&folderPath=/", null,
                Map.of(OneDriveConstants.PATH, "elsewhere/a.txt")).getMessage().getBody(DriveItem.class).id();
        Exchange exchange = route.send(MOVE + "&jailStartingDirectory=false", null,
                Map.of(OneDriveConstants.ITEM_ID, id, OneDriveConstants.TARGET_PATH, "b.txt"));
        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/In/b.txt");
    }

    @Test
    void aTakenNameIsAConflictUnlessToldOtherwise() throws Exception {
        onedrive.putFile("/In/a.txt", content);
        onedrive.putFile("/In/b.txt", new byte[1]);
        assertThat(failure("a.txt", "b.txt")).isInstanceOf(GraphException.NameConflict.class);
        assertThat(onedrive.paths()).containsExactly("/In/a.txt", "/In/b.txt");
        assertThat(route.holds("/In/b.txt", new byte[1])).isTrue();

        route.send(MOVE, null, Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.TARGET_PATH, "b.txt",
                OneDriveConstants.CONFLICT_BEHAVIOR, "rename"));
        assertThat(onedrive.paths()).containsExactly("/In/b 1.txt", "/In/b.txt");

        Exchange replaced = route.send(MOVE + "&conflictBehavior=replace", null,
                Map.of(OneDriveConstants.PATH, "b 1.txt", OneDriveConstants.TARGET_PATH, "b.txt"));
        assertThat(replaced.getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/In/b.txt");
        assertThat(route.holds("/In/b.txt", content)).isTrue();
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(failure("never.txt", "b.txt")).isInstanceOf(GraphException.NotFound.class)
                .hasMessageContaining("/In/never.txt");
        onedrive.putFile("/In/a.txt", content);
        onedrive.putFile("/In/file", content);
        assertThat(failure("a.txt", "file/b.txt")).isInstanceOf(Folders.NotAFolderException.class)
                .hasMessageContaining("/In/file");
        assertThat(failure("a.txt", null)).isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("CamelOneDriveTargetPath");
        assertThat(failure(null, "b.txt")).isInstanceOf(IllegalRequestException.class);
        assertThat(failure("a.txt", "bad:name")).isInstanceOf(IllegalNameException.class);
        assertThat(onedrive.requests(Step.PATCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../b.txt", "../", "x/../../b.txt", "../In/b.txt"})
    void theTargetStaysInTheFolder(String target) {
        onedrive.putFile("/In/a.txt", content);
        assertThat(failure("a.txt", target)).isInstanceOf(IllegalNameException.class);
        assertThat(onedrive.paths()).containsExactly("/In/a.txt");
    }

    @Test
    void withTheJailOffTheTargetMayBeElsewhere() throws Exception {
        onedrive.putFile("/In/a.txt", content);
        route.send(MOVE + "&jailStartingDirectory=false", null,
                Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.TARGET_PATH, "../Out/b.txt"));
        assertThat(onedrive.paths()).containsExactly("/Out/b.txt");
    }

    @Test
    void aFolderIsNotMovedIntoItselfAndNothingIsMadeForIt() {
        onedrive.putFile("/In/a/b.txt", content);
        assertThat(failure("a", "a/c/d")).isInstanceOf(IllegalRequestException.class).hasMessageContaining("itself");
        assertThat(failure("a", "A/")).isInstanceOf(IllegalRequestException.class);
        assertThat(onedrive.requests(Step.CREATE_FOLDER)).isEmpty();
    }

    @Test
    void theRootStaysWhereItIs() {
        Exchange exchange = route.send("onedrive:offsite?operation=move&folderPath=/", null,
                Map.of(OneDriveConstants.TARGET_PATH, "x/"));
        assertThat(exchange.getException()).isInstanceOf(ItemTransfers.RootException.class);
    }

    @Test
    void anUploadAfterAFolderWasMovedGoesWhereItsPathSays() throws Exception {
        route.upload("onedrive:offsite?folderPath=/In", "today/a.txt", content);
        move("today", "yesterday");
        route.upload("onedrive:offsite?folderPath=/In", "today/b.txt", content);
        assertThat(onedrive.paths()).containsExactly("/In/today/b.txt", "/In/yesterday/a.txt");
    }

    @Test
    void aTargetFolderThatSomebodyElseMovedAwayIsNotFollowed() throws Exception {
        onedrive.putFile("/In/a.txt", content);
        onedrive.putFile("/In/b.txt", content);
        move("a.txt", "done/");
        // Somebody renames the folder in the browser: another context knows nothing of ours.
        try (SimulatedRoute other = new SimulatedRoute(onedrive)) {
            other.send(MOVE, null, Map.of(OneDriveConstants.PATH, "done", OneDriveConstants.TARGET_PATH, "archive"));
        }
        move("b.txt", "done/");
        assertThat(onedrive.paths()).containsExactly("/In/archive/a.txt", "/In/done/b.txt");
    }

    @Test
    void aTargetFolderThatVanishesInBetweenIsMadeAgain() throws Exception {
        onedrive.putFile("/In/a.txt", content);
        onedrive.createFolder("/In/done");
        onedrive.fault(Fault.on(Step.PATCH).nth(1).run(() -> onedrive.delete("/In/done")));
        move("a.txt", "done/");
        assertThat(onedrive.paths()).containsExactly("/In/done/a.txt");
    }

    @Test
    void anItemThatIsMovedInBetweenIsMovedAllTheSameAndOneThatIsDeletedIsSaid() throws Exception {
        onedrive.putFile("/In/a.txt", content);
        onedrive.fault(Fault.on(Step.PATCH).nth(1).run(() -> onedrive.delete("/In/a.txt")));
        assertThat(failure("a.txt", "b.txt")).isInstanceOf(GraphException.NotFound.class);
        assertThat(onedrive.paths()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429", "503", "500", "423"})
    void passingTroubleIsWaitedFor(int status) throws Exception {
        onedrive.putFile("/In/a.txt", content);
        onedrive.fault(Fault.on(Step.PATCH).answer(status).error("serviceNotAvailable"));
        move("a.txt", "b.txt");
        assertThat(onedrive.paths()).containsExactly("/In/b.txt");
    }

    @Test
    void aMoveThatWasMadeButNeverAnsweredIsASuccessAlsoWithAnETag() throws Exception {
        onedrive.putFile("/In/a.txt", content);
        String eTag = route.send("onedrive:offsite?operation=getItem&folderPath=/In", null,
                Map.of(OneDriveConstants.PATH, "a.txt")).getMessage().getHeader(OneDriveConstants.ETAG, String.class);
        onedrive.fault(Fault.on(Step.PATCH).nth(1).cutAfter());
        Exchange exchange = route.send(MOVE, null, Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.TARGET_PATH,
                "done/b.txt", OneDriveConstants.IF_MATCH, eTag));
        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/In/done/b.txt");
    }

    private Exchange move(String path, String target) throws Exception {
        Exchange exchange = send(path, target);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    private OneDriveException failure(String path, String target) {
        return (OneDriveException) send(path, target).getException();
    }

    private Exchange send(String path, String target) {
        Map<String, Object> headers = new HashMap<>();
        for (List<String> header : List.of(List.of(OneDriveConstants.PATH, String.valueOf(path)),
                List.of(OneDriveConstants.TARGET_PATH, String.valueOf(target)))) {
            if (!header.get(1).equals("null")) {
                headers.put(header.get(0), header.get(1));
            }
        }
        return route.send(MOVE, null, headers);
    }
}
