package io.github.camelonedrive.component;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code operation=copy} as a route sees it. */
class CopyTest {

    private static final String COPY = "onedrive:offsite?operation=copy&folderPath=/In";

    private final byte[] content = SimulatedRoute.content(30);
    private OneDriveSimulator onedrive = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).start();
    private SimulatedRoute route = new SimulatedRoute(onedrive);

    @AfterEach
    void stop() {
        route.close();
        assertThat(onedrive.violations()).isEmpty();
        onedrive.close();
    }

    private void restart(AccountType type, int finishedStatus) {
        stop();
        onedrive = OneDriveSimulator.builder().accountType(type).finishedCopyStatus(finishedStatus).start();
        route = new SimulatedRoute(onedrive);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 303})
    @Tag("C76")
    @Tag("C12")
    void aCopyIsThereWhenTheOperationIsDone(int finishedStatus) {
        restart(AccountType.BUSINESS, finishedStatus);
        onedrive.putFile("/In/a.txt", content);
        onedrive.fault(Fault.on(Step.COPY).copyPolls(2));
        Exchange exchange = copy("a.txt", "out/b.txt", Map.of());
        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/In/a.txt", "/In/out/b.txt");
        assertThat(route.holds("/In/out/b.txt", content)).isTrue();
        DriveItem copied = exchange.getMessage().getBody(DriveItem.class);
        assertThat(copied.name()).isEqualTo("b.txt");
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.PRODUCED_ITEM_ID)).isEqualTo(copied.id());
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.TARGET_PATH);
        assertThat(onedrive.requests(Step.COPY_MONITOR)).hasSize(3)
                .allSatisfy(request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "#1 100%", "a+b&c=d", "it's", "Größe 数据 🎉"})
    void aFolderGoesWithAllThatIsInItUnderAnyName(String name) {
        onedrive.putFile("/In/" + name + "/x/" + name, content);
        assertThat(copy(name, "copy of " + name, Map.of()).getException()).isNull();
        assertThat(route.holds("/In/copy of " + name + "/x/" + name, content)).isTrue();
    }

    @Test
    void aTakenNameIsAConflictUnlessToldOtherwise() {
        onedrive.putFile("/In/a.txt", content);
        onedrive.putFile("/In/b.txt", new byte[1]);
        assertThat(copy("a.txt", "b.txt", Map.of()).getException()).isInstanceOf(GraphException.NameConflict.class)
                .hasMessageContaining("/In/b.txt");
        assertThat(route.holds("/In/b.txt", new byte[1])).isTrue();
        Exchange renamed = copy("a.txt", "b.txt", Map.of(OneDriveConstants.CONFLICT_BEHAVIOR, "rename"));
        assertThat(renamed.getMessage().getBody(DriveItem.class).name()).isEqualTo("b 1.txt");
        assertThat(renamed.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.CONFLICT_BEHAVIOR);
        assertThat(copy("a.txt", "b.txt", Map.of(OneDriveConstants.CONFLICT_BEHAVIOR, "replace")).getException()).isNull();
        assertThat(route.holds("/In/b.txt", content)).isTrue();
        assertThat(onedrive.paths()).containsExactly("/In/a.txt", "/In/b 1.txt", "/In/b.txt");
    }

    @Test
    void aPersonalDriveCopiesToFreeNamesOnly() {
        restart(AccountType.PERSONAL, 202);
        onedrive.putFile("/In/a.txt", content);
        assertThat(copy("a.txt", "b.txt", Map.of()).getException()).isNull();
        assertThat(copy("a.txt", "b.txt", Map.of()).getException()).isInstanceOf(GraphException.NameConflict.class);
        assertThat(copy("a.txt", "b.txt", Map.of(OneDriveConstants.CONFLICT_BEHAVIOR, "rename")).getException())
                .isInstanceOf(ItemTransfers.NoSuchCopyException.class);
        assertThat(onedrive.paths()).containsExactly("/In/a.txt", "/In/b.txt");
    }

    @Test
    void aCopyThatFailsOnTheWayIsSaid() {
        onedrive.putFile("/In/a.txt", content);
        onedrive.fault(Fault.on(Step.COPY).failCopy("AccessDenied_Whatever"));
        assertThat(copy("a.txt", "b.txt", Map.of()).getException())
                .isInstanceOf(ItemTransfers.CopyFailedException.class).hasMessageContaining("AccessDenied_Whatever")
                .hasMessageContaining("/In/b.txt");
    }

    @Test
    void aCopyIsWaitedForNoLongerThanTold() {
        onedrive.putFile("/In/a.txt", content);
        onedrive.fault(Fault.on(Step.COPY).copyPolls(1000));
        Exchange exchange = route.send(COPY + "&copyTimeout=300", null,
                Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.TARGET_PATH, "b.txt"));
        assertThat(exchange.getException()).isInstanceOf(ItemTransfers.CopyUnfinishedException.class);
        assertThat(onedrive.requests(Step.COPY_MONITOR)).hasSizeLessThan(5);
    }

    @Test
    void troubleOfMonitorAndCopyPasses() {
        onedrive.putFile("/In/a.txt", content);
        onedrive.fault(Fault.on(Step.COPY).throttle("1"));
        onedrive.fault(Fault.on(Step.COPY_MONITOR).nth(1).answer(503).error("serviceNotAvailable"));
        onedrive.fault(Fault.on(Step.COPY_MONITOR).nth(2).cutBefore());
        assertThat(copy("a.txt", "b.txt", Map.of()).getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/In/a.txt", "/In/b.txt");
    }

    @Test
    @Tag("C58")
    void aCopyThatWasBegunButNeverAnsweredIsFoundAndNotMadeTwice() {
        onedrive.putFile("/In/a.txt", content);
        onedrive.fault(Fault.on(Step.COPY).nth(1).cutAfter());
        onedrive.fault(Fault.on(Step.COPY).nth(2).run(onedrive::finishCopies));
        assertThat(copy("a.txt", "b.txt", Map.of()).getException()).isNull();
        assertThat(onedrive.paths()).containsExactly("/In/a.txt", "/In/b.txt");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(copy("never.txt", "b.txt", Map.of()).getException()).isInstanceOf(GraphException.NotFound.class)
                .hasMessageContaining("/In/never.txt");
        onedrive.putFile("/In/a.txt", content);
        assertThat(copy("a.txt", "../b.txt", Map.of()).getException()).isInstanceOf(IllegalNameException.class);
        assertThat(route.send(COPY, null, Map.of(OneDriveConstants.PATH, "a.txt")).getException())
                .isInstanceOf(IllegalRequestException.class);
        assertThat(route.send(COPY, null, Map.of(OneDriveConstants.TARGET_PATH, "x")).getException())
                .isInstanceOf(IllegalRequestException.class);
        onedrive.putFile("/In/dir/b.txt", content);
        assertThat(copy("dir", "dir/sub/", Map.of()).getException()).isInstanceOf(IllegalRequestException.class);
        assertThat(onedrive.requests(Step.COPY)).isEmpty();
    }

    @Test
    void aStopEndsTheWait() throws Exception {
        onedrive.putFile("/In/a.txt", content);
        onedrive.fault(Fault.on(Step.COPY).copyPolls(1000));
        CompletableFuture<Exchange> copy = CompletableFuture.supplyAsync(() -> copy("a.txt", "b.txt", Map.of()));
        Awaitility.await().until(() -> !onedrive.requests(Step.COPY_MONITOR).isEmpty());
        route.component().stopOperations();
        assertThat(copy.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(OperationStoppedException.class);
    }

    private Exchange copy(String path, String target, Map<String, Object> more) {
        Map<String, Object> headers = new HashMap<>(more);
        headers.put(OneDriveConstants.PATH, path);
        headers.put(OneDriveConstants.TARGET_PATH, target);
        return route.send(COPY, null, headers);
    }
}
