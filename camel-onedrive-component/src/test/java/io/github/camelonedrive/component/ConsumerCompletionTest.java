package io.github.camelonedrive.component;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a file in OneDrive after its exchange, whether that went well or not. */
class ConsumerCompletionTest {

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    @Test
    void deleteDeletesAfterTheExchange() {
        try (Inbox inbox = new Inbox(onedrive(), "delete=true",
                exchange -> assertThat(onedrive().paths()).contains("/Inbox/a.txt"))) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            inbox.awaitFiles();
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1", "a.txt=1");
            inbox.awaitFiles();
        }
    }

    @Test
    void moveGoesToAFolderBesideTheFile() {
        try (Inbox inbox = new Inbox(onedrive(), "recursive=true&move=.done")) {
            inbox.put("a.txt", "1").put("sub/b.txt", "2");
            inbox.awaitExactly("a.txt=1", "sub/b.txt=2");
            inbox.awaitFiles("/Inbox/.done/a.txt", "/Inbox/sub/.done/b.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Archive", "/Archive/${file:name}", "../Archive/${file:onlyname}"})
    void moveGoesWhereItIsTold(String target) {
        try (Inbox inbox = new Inbox(onedrive(), "move=" + target)) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            inbox.awaitFiles("/Archive/a.txt");
        }
    }

    @Test
    void moveReplacesNothing() {
        onedrive().putFile("/Inbox/.done/a.txt", "earlier".getBytes());
        try (Inbox inbox = new Inbox(onedrive(), "move=.done")) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            Awaitility.await().until(() -> onedrive().file("/Inbox/a.txt").isEmpty());
            assertThat(onedrive().paths()).hasSize(2).contains("/Inbox/.done/a.txt")
                    .anyMatch(path -> path.matches("/Inbox/.done/a-\\d{8}T\\d{9}\\.txt"));
            assertThat(onedrive().file("/Inbox/.done/a.txt").orElseThrow().bytes()).isEqualTo("earlier".getBytes());
        }
    }

    @Test
    void aHeaderThatTheRouteChangesDecidesNothing() {
        onedrive().putFile("/Inbox/victim.dat", "stays".getBytes());
        try (Inbox inbox = new Inbox(onedrive(), "move=.done&include=a.*", exchange -> {
            exchange.getMessage().setHeader(Exchange.FILE_NAME, "victim.dat");
            exchange.getMessage().setHeader("CamelFileNameOnly", "victim.dat");
            exchange.getMessage().setHeader("CamelFileParent", "/");
            exchange.getMessage().removeHeader(OneDriveConstants.CONSUMED_ITEM_ID);
            exchange.getMessage().setHeader(OneDriveConstants.ETAG, "other");
        })) {
            inbox.put("a.txt", "1");
            inbox.awaitFiles("/Inbox/victim.dat", "/Inbox/.done/a.txt");
        }
    }

    @Test
    void aVersionThatComesWhileTheOldOneIsProcessedStaysAndIsEmitted() {
        CountDownLatch came = new CountDownLatch(1);
        try (Inbox inbox = new Inbox(onedrive(), "delete=true", exchange -> {
            if (came.getCount() > 0) {
                onedrive().putFile("/Inbox/a.txt", "newer".getBytes());
                came.countDown();
            }
        })) {
            inbox.put("a.txt", "older");
            inbox.awaitExactly("a.txt=older", "a.txt=newer");
            inbox.awaitFiles();
        }
    }

    @Test
    void aFileThatSomebodyMovesMeanwhileIsLeftThere() {
        try (Inbox inbox = new Inbox(onedrive(), "delete=true",
                exchange -> onedrive().move("/Inbox/a.txt", "/kept.txt"))) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            inbox.settle();
            assertThat(onedrive().paths()).containsExactly("/kept.txt");
        }
    }

    @Test
    void aRenameWhileItIsProcessedDoesNotKeepItFromBeingDeleted() {
        try (Inbox inbox = new Inbox(onedrive(), "delete=true",
                exchange -> onedrive().move("/Inbox/a.txt", "/Inbox/b.txt"))) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            inbox.awaitFiles();
        }
    }

    @Test
    void aFailedExchangeIsEmittedAgainUntilItSucceeds() {
        try (Inbox inbox = new Inbox(onedrive(), "delete=true").failing("a.txt", 3)) {
            inbox.put("a.txt", "1");
            inbox.put("b.txt", "2");
            inbox.awaitExactly("a.txt=1", "b.txt=2");
            inbox.awaitFiles();
            assertThat(inbox.consumer().getFilesFailed()).isEqualTo(3);
        }
    }

    @Test
    void whatFailedIsEmittedAsItIsByThen() {
        try (Inbox inbox = new Inbox(onedrive(), "").failing("a.txt", 2).failing("gone.txt", 2)) {
            inbox.put("a.txt", "1").put("gone.txt", "never read");
            Awaitility.await().until(() -> inbox.consumer().getFilesFailed() >= 2);
            onedrive().delete("/Inbox/gone.txt");
            inbox.put("a.txt", "2");
            inbox.await(emitted -> emitted.contains("a.txt=2"));
            inbox.settle();
            assertThat(inbox.consumer().getFilesWaiting()).isZero();
        }
    }

    @Test
    void moveFailedPutsItAsideAndItIsNotEmittedAgain() {
        try (Inbox inbox = new Inbox(onedrive(), "delete=true&moveFailed=.failed").failing("a.txt", 1)) {
            inbox.put("a.txt", "1");
            inbox.awaitFiles("/Inbox/.failed/a.txt");
            inbox.settle();
            assertThat(inbox.emitted()).isEmpty();
            onedrive().move("/Inbox/.failed/a.txt", "/Inbox/a.txt");
            inbox.awaitExactly("a.txt=1");
            inbox.awaitFiles();
        }
    }

    @Test
    void whatCouldNotBeMovedIsMovedWithALaterPollAndNotEmittedAgain() {
        onedrive().fault(Fault.on(Step.PATCH).times(2).answer(403).error("accessDenied"));
        try (Inbox inbox = new Inbox(onedrive(), "move=.done")) {
            inbox.put("a.txt", "1");
            inbox.awaitFiles("/Inbox/.done/a.txt");
            inbox.awaitExactly("a.txt=1");
        }
    }

    @Test
    void aHandlerOfOnesOwnIsToldOfEachTryThatFailsAndOfTheExchangeWithTheFirst() {
        Trouble trouble = new Trouble();
        onedrive().fault(Fault.on(Step.PATCH).times(2).answer(403).error("accessDenied"));
        try (Inbox inbox = new Inbox(onedrive(), "move=.done&onCompletionExceptionHandler=#trouble", exchange -> { },
                context -> context.getRegistry().bind("trouble", trouble))) {
            inbox.put("a.txt", "1");
            inbox.awaitFiles("/Inbox/.done/a.txt");
            inbox.awaitExactly("a.txt=1");
            assertThat(trouble.told).hasSize(2).allSatisfy(told -> {
                assertThat(told.message()).isEqualTo("Error after processing /Inbox/a.txt");
                assertThat(told.cause()).isInstanceOf(OneDriveException.class).hasMessageContaining("403");
            });
            assertThat(trouble.told.get(0).exchange().getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("a.txt");
            assertThat(trouble.told.get(1).exchange()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"move", "moveFailed"})
    void anExpressionThatFailsIsToldTheHandlerAndTheFileStaysAndIsNotEmittedAgain(String option) {
        Trouble trouble = new Trouble();
        try (Inbox inbox = new Inbox(onedrive(),
                option + "=.done/${mandatoryBodyAs(java.lang.Integer)}&onCompletionExceptionHandler=#trouble", exchange -> { },
                context -> context.getRegistry().bind("trouble", trouble))) {
            inbox.failing("a.txt", option.equals("moveFailed") ? 1 : 0).put("a.txt", "1 or 2");
            Awaitility.await().until(() -> !trouble.told.isEmpty());
            inbox.settle();
            assertThat(trouble.told).singleElement().satisfies(
                    told -> assertThat(told.message()).isEqualTo("Error after processing /Inbox/a.txt"));
            assertThat(inbox.emitted()).hasSize(option.equals("moveFailed") ? 0 : 1);
            assertThat(onedrive().paths()).containsExactly("/Inbox/a.txt");
        }
    }

    @Test
    void preMoveTakesTheFileForOneConsumerAlone() {
        CountDownLatch seen = new CountDownLatch(1);
        try (Inbox one = new Inbox(onedrive(), "preMove=.inprogress&move=/Done", exchange -> seen.countDown());
             Inbox other = new Inbox(onedrive(), "preMove=.inprogress&move=/Done", exchange -> seen.countDown())) {
            for (int i = 0; i < 10; i++) {
                one.put(i + ".txt", "" + i);
            }
            Awaitility.await().until(() -> one.emitted().size() + other.emitted().size() >= 10);
            one.settle();
            other.settle();
            assertThat(onedrive().paths()).hasSize(10).allMatch(path -> path.startsWith("/Done/"));
            assertThat(Stream.concat(one.emitted().stream(), other.emitted().stream())).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatWasPutAsideAndFailedIsTakenFromThere() {
        try (Inbox inbox = new Inbox(onedrive(), "preMove=.inprogress&delete=true").failing("a.txt", 2)) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            inbox.awaitFiles();
        }
    }

    @Test
    void doneFileNameWaitsForTheMarkerAndDeletesItToo() {
        try (Inbox inbox = new Inbox(onedrive(), "delete=true&doneFileName=${file:name}.done")) {
            inbox.put("a.csv", "1").put("b.csv", "2");
            inbox.settle();
            assertThat(inbox.emitted()).isEmpty();
            inbox.put("a.csv.done", "");
            inbox.awaitExactly("a.csv=1");
            inbox.awaitFiles("/Inbox/b.csv");
        }
    }

    @Test
    void contradictionsAreRefusedAtTheStart() {
        for (String options : new String[] {"delete=true&move=x", "noop=true&delete=true", "preMove=x", "maxDepth=0",
            "stateDirectory=x&stateRepository=#none", "doneFileName=${date:now:yyyy}", "include=("}) {
            assertThatThrownBy(() -> new Inbox(onedrive(), options).close()).as(options).isInstanceOf(Exception.class);
        }
    }

    /** Keeps what a consumer tells its {@code onCompletionExceptionHandler}. */
    private static final class Trouble implements ExceptionHandler {

        private final List<Told> told = new CopyOnWriteArrayList<>();

        private record Told(String message, Exchange exchange, Throwable cause) {
        }

        @Override
        public void handleException(Throwable cause) {
            handleException(null, null, cause);
        }

        @Override
        public void handleException(String message, Throwable cause) {
            handleException(message, null, cause);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable cause) {
            told.add(new Told(message, exchange, cause));
        }
    }
}
