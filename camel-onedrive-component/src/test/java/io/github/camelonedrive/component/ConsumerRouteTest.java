package io.github.camelonedrive.component;

import java.io.File;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.management.ObjectName;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.ConnectionFailedException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The consumer in routes: around it everything behaves as with other components. */
class ConsumerRouteTest {

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    private SimulatedRoute route(RouteBuilder routes) {
        return new SimulatedRoute(onedrive(), context -> context.addRoutes(routes));
    }

    @Test
    void pollEnrichTakesTheFileThatTheExchangeNamesAndCompletesWithIt() {
        onedrive().putFile("/Inbox/one.txt", "1".getBytes());
        onedrive().putFile("/Inbox/two.txt", "2".getBytes());
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich()
                        .simple(Inbox.uri("delete=true&fileName=${header.wanted}")).timeout(3000)
                        .convertBodyTo(String.class).choice()
                        .when(header("fail").isNotNull()).throwException(new IllegalStateException("as told"));
            }
        })) {
            Exchange failed = route.send("direct:ask", null, Map.of("wanted", "two.txt", "fail", true));
            assertThat(failed.getException()).hasMessage("as told");
            assertThat(onedrive().paths()).hasSize(2);
            Exchange exchange = route.send("direct:ask", null, Map.of("wanted", "two.txt"));
            assertThat(exchange.getMessage().getBody()).isEqualTo("2");
            assertThat(onedrive().paths()).containsExactly("/Inbox/one.txt");
            Exchange nothing = route.send("direct:ask", null, Map.of("wanted", "two.txt"));
            assertThat(nothing.getMessage().getBody()).isNull();
        }
    }

    @Test
    void aConsumerTemplateReceivesFilesOneByOne() {
        onedrive().putFile("/Inbox/one.txt", "1".getBytes());
        try (SimulatedRoute route = new SimulatedRoute(onedrive())) {
            var template = route.context().createConsumerTemplate();
            String uri = Inbox.uri("delete=true");
            Exchange exchange = template.receive(uri, 3000);
            assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("1");
            assertThat(template.receiveNoWait(uri)).isNull();
            template.doneUoW(exchange);
            assertThat(onedrive().paths()).isEmpty();
            template.stop();
        }
    }

    @Test
    void filesAreProcessedOnSeveralThreadsAtOnceAndEachOnce() throws Exception {
        CountDownLatch atOnce = new CountDownLatch(3);
        List<String> names = new CopyOnWriteArrayList<>();
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("move=.done")).threads(3).process(exchange -> {
                    names.add(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
                    atOnce.countDown();
                    assertThat(atOnce.await(10, TimeUnit.SECONDS)).isTrue();
                }).to("seda:next");
                from("seda:next").process(exchange -> exchange.getMessage().getBody(byte[].class));
            }
        })) {
            for (int i = 0; i < 6; i++) {
                onedrive().putFile("/Inbox/" + i, new byte[10]);
            }
            Awaitility.await().until(() -> onedrive().paths().stream().allMatch(path -> path.startsWith("/Inbox/.done/")));
            assertThat(names).hasSize(6).doesNotHaveDuplicates();
            assertThat(route.context().getStatus().isStarted()).isTrue();
        }
    }

    @Test
    void aStopWaitsForTheExchangeUnderWayAndWhatFollowsIsEmittedByTheNextStart() {
        Semaphore go = new Semaphore(0);
        String state = "delete=true&stateDirectory=" + directory;
        List<String> first = new CopyOnWriteArrayList<>();
        onedrive().putFile("/Inbox/1.txt", "1".getBytes());
        onedrive().putFile("/Inbox/2.txt", "2".getBytes());
        SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri(state)).process(exchange -> {
                    first.add(exchange.getMessage().getBody(String.class));
                    go.acquire();
                });
            }
        });
        Awaitility.await().until(() -> first.size() == 1);
        Thread stopping = new Thread(route::close);
        stopping.start();
        Awaitility.await().until(() -> route.context().isStopping() || route.context().isSuspending()
                || route.context().getInflightRepository().size() == 1 && stopping.isAlive());
        go.release(10);
        Awaitility.await().until(() -> !stopping.isAlive());
        try (Inbox inbox = new Inbox(onedrive(), state)) {
            inbox.awaitFiles();
            inbox.settle();
            assertThat(first.size() + inbox.emitted().size()).isEqualTo(2);
        }
    }

    @Test
    void aBodyGoesStraightToOtherEndpoints() {
        byte[] content = SimulatedRoute.content(5_000_000);
        onedrive().putFile("/Inbox/sub/big.bin", content);
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("recursive=true&delete=true")).to("file:" + directory)
                        .to("onedrive:copy?folderPath=/Mirror&simpleUploadLimit=1MB");
            }
        })) {
            Awaitility.await().until(() -> onedrive().paths().equals(List.of("/Mirror/sub/big.bin")));
            assertThat(route.holds("/Mirror/sub/big.bin", content)).isTrue();
            assertThat(directory.resolve("sub/big.bin")).hasBinaryContent(content);
        }
    }

    @Test
    void contentThatIsCutShortGoesOnWhereItWas() throws Exception {
        byte[] content = SimulatedRoute.content(1_000_000);
        onedrive().putFile("/Inbox/big.bin", content);
        onedrive().fault(Fault.on(Step.CONTENT).cutAnswerAfter(300_000));
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("delete=true")).convertBodyTo(byte[].class).to("mock:files");
            }
        })) {
            MockEndpoint files = route.context().getEndpoint("mock:files", MockEndpoint.class);
            files.expectedMessageCount(1);
            files.expectedMessagesMatches(exchange -> Arrays.equals(exchange.getMessage().getBody(byte[].class), content));
            files.assertIsSatisfied(10_000);
            Awaitility.await().until(() -> onedrive().paths().isEmpty());
            assertThat(onedrive().requests(Step.CONTENT)).hasSize(2);
        }
    }

    @Test
    void aRedeliveryReadsTheContentAnew() {
        AtomicInteger tries = new AtomicInteger();
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).maximumRedeliveries(2).redeliveryDelay(0);
                from(Inbox.uri("delete=true")).process(exchange -> {
                    assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("1");
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("The test has it fail");
                    }
                }).idempotentConsumer(header(OneDriveConstants.CONSUMED_ITEM_ID),
                        MemoryIdempotentRepository.memoryIdempotentRepository(10)).to("mock:once");
            }
        })) {
            onedrive().putFile("/Inbox/a.txt", "1".getBytes());
            Awaitility.await().until(() -> onedrive().paths().isEmpty());
            assertThat(tries).hasValue(3);
            assertThat(route.context().getEndpoint("mock:once", MockEndpoint.class).getReceivedCounter()).isEqualTo(1);
        }
    }

    @Test
    void damagedContentFailsTheExchangeAndIsEmittedAgain() {
        onedrive().fault(Fault.on(Step.CONTENT).damageAnswer());
        try (Inbox inbox = new Inbox(onedrive(), "delete=true")) {
            inbox.put("a.txt", "whole");
            inbox.awaitExactly("a.txt=whole");
            inbox.awaitFiles();
            assertThat(inbox.consumer().getFilesFailed()).isEqualTo(1);
        }
    }

    @Test
    void aRouteThatReadsOnlyPartOfTheContentLeavesNoConnectionOpen() {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("delete=true")).process(
                        exchange -> assertThat(exchange.getMessage().getBody(InputStream.class).read()).isNotNegative());
            }
        })) {
            for (int i = 0; i < 30; i++) {
                onedrive().putFile("/Inbox/" + i, new byte[100_000]);
            }
            Awaitility.await().until(() -> onedrive().paths().isEmpty());
            assertThat(route.context().getInflightRepository().size()).isZero();
        }
    }

    @Test
    void localWorkDirectoryHasTheProvenFileWhileItIsProcessed() {
        try (Inbox inbox = new Inbox(onedrive(), "recursive=true&localWorkDirectory=" + directory, exchange -> {
            File file = exchange.getMessage().getBody(File.class);
            assertThat(file).hasContent("1").isEqualTo(directory.resolve("sub/a.txt").toFile());
            assertThat(exchange.getMessage().getHeader(Exchange.FILE_LOCAL_WORK_PATH)).isEqualTo(file.toString());
        })) {
            onedrive().fault(Fault.on(Step.CONTENT).damageAnswer());
            inbox.put("sub/a.txt", "1");
            inbox.await(emitted -> emitted.size() == 1);
            inbox.settle();
            assertThat(inbox.consumer().getFilesCompleted()).isEqualTo(1);
            assertThat(Files.exists(directory.resolve("sub/a.txt"))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&localWorkDirectory=work"})
    void charsetIsTheEncodingOfTextAndUtf8IsWithoutIt(String where) {
        String text = "Grüße";
        String local = where.replace("work", directory.toString());
        onedrive().putFile("/Inbox/a.txt", text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(textOf("charset=ISO-8859-1" + local)).isEqualTo(text);
        assertThat(textOf("noop=true" + local)).isEqualTo("Gr\ufffd\ufffde");
        onedrive().putFile("/Inbox/a.txt", text.getBytes(StandardCharsets.UTF_8));
        assertThat(textOf("noop=true" + local)).isEqualTo(text);
    }

    private String textOf(String options) {
        List<String> texts = new CopyOnWriteArrayList<>();
        try (Inbox inbox = new Inbox(onedrive(), options,
                exchange -> texts.add(exchange.getMessage().getBody(String.class)))) {
            inbox.await(emitted -> texts.size() == 1);
        }
        return texts.get(0);
    }

    @Test
    void withoutABodyTheFileIsDescribed() {
        try (Inbox inbox = new Inbox(onedrive(), "includeBody=false")) {
            inbox.put("a.txt", "1");
            inbox.await(emitted -> emitted.size() == 1);
            assertThat(inbox.exchange(0).getMessage().getBody()).isInstanceOf(DriveItem.class);
            assertThat(onedrive().requests(Step.CONTENT)).isEmpty();
        }
    }

    @Test
    void anIdlePollCanSendAnEmptyMessage() throws Exception {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(Inbox.uri("sendEmptyMessageWhenIdle=true")).to("mock:idle");
            }
        })) {
            MockEndpoint idle = route.context().getEndpoint("mock:idle", MockEndpoint.class);
            idle.expectedMinimumMessageCount(2);
            idle.expectedMessagesMatches(exchange -> exchange.getMessage().getBody() == null);
            idle.assertIsSatisfied(10_000);
        }
    }

    @Test
    void failuresOfPollsReachTheErrorHandlerIfTheyAreBridged() throws Exception {
        onedrive().fault(Fault.on(Step.ITEM_LOOKUP).answer(403).error("accessDenied"));
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).to("mock:trouble");
                from(Inbox.uri("bridgeErrorHandler=true")).to("mock:files");
            }
        })) {
            MockEndpoint trouble = route.context().getEndpoint("mock:trouble", MockEndpoint.class);
            trouble.expectedMinimumMessageCount(1);
            trouble.assertIsSatisfied(10_000);
            assertThat(trouble.getExchanges().get(0).getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                    .hasMessageContaining("403");
        }
    }

    @Test
    void theHealthCheckIsReadyAfterTheFirstGoodPollAndDownWhilePollsFail() throws Exception {
        onedrive().fault(Fault.on(Step.ITEM_LOOKUP).always().answer(403).error("accessDenied"));
        try (Inbox inbox = new Inbox(onedrive(), "", exchange -> { },
                context -> HealthCheckHelper.getHealthCheckRegistry(context).register(
                        HealthCheckHelper.getHealthCheckRepository(context, "consumers", HealthCheckRepository.class)))) {
            Awaitility.await().untilAsserted(() -> {
                HealthCheck.Result down = consumerHealth(inbox);
                assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
                assertThat(down.getError().orElseThrow().getMessage()).contains("403");
                assertThat(down.getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 403);
            });
            onedrive().clearJournal();
            Awaitility.await().untilAsserted(
                    () -> assertThat(consumerHealth(inbox).getState()).isEqualTo(HealthCheck.State.UP));
        }
    }

    @Test
    void healthCheck_showsTheStatusOfARefusedSignIn() throws Exception {
        onedrive().revokeGrant();
        try (Inbox inbox = new Inbox(onedrive(), "", exchange -> { },
                context -> HealthCheckHelper.getHealthCheckRegistry(context).register(
                        HealthCheckHelper.getHealthCheckRepository(context, "consumers", HealthCheckRepository.class)))) {
            Awaitility.await().untilAsserted(() -> assertThat(consumerHealth(inbox).getDetails())
                    .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 400));
        }
    }

    @Test
    void healthCheck_showsNoStatusOfAnEarlierFailure() throws Exception {
        onedrive().fault(Fault.on(Step.ITEM_LOOKUP).always().answer(403).error("accessDenied"));
        try (Inbox inbox = new Inbox(onedrive(), "maxRetries=0", exchange -> { },
                context -> HealthCheckHelper.getHealthCheckRegistry(context).register(
                        HealthCheckHelper.getHealthCheckRepository(context, "consumers", HealthCheckRepository.class)))) {
            Awaitility.await().untilAsserted(() -> assertThat(consumerHealth(inbox).getDetails())
                    .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 403));
            onedrive().clearJournal();
            onedrive().fault(Fault.on(Step.ITEM_LOOKUP).always().cutBefore());
            Awaitility.await().untilAsserted(() -> {
                HealthCheck.Result down = consumerHealth(inbox);
                assertThat(down.getError().orElseThrow()).isInstanceOf(ConnectionFailedException.class);
                assertThat(down.getDetails()).doesNotContainKey(HealthCheck.HTTP_RESPONSE_CODE);
            });
        }
    }

    private static HealthCheck.Result consumerHealth(Inbox inbox) {
        return HealthCheckHelper.invokeReadiness(inbox.context()).stream()
                .filter(result -> result.getCheck().getId().startsWith("consumer:")).findFirst().orElseThrow();
    }

    @Test
    void jmxShowsWhatTheConsumerDoes() throws Exception {
        try (Inbox inbox = new Inbox(onedrive(), "", exchange -> { }, context -> context.disableJMX())) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            assertThat(inbox.consumer().getFilesCompleted()).isEqualTo(1);
            assertThat(inbox.consumer().getFolder()).isEqualTo("/Inbox");
        }
        try (Inbox inbox = new Inbox(onedrive(), "")) {
            inbox.awaitExactly("a.txt=1");
            var server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = server.queryNames(new ObjectName("org.apache.camel:type=consumers,*"), null).stream()
                    .filter(bean -> bean.toString().contains("OneDriveConsumer")).findFirst().orElseThrow();
            assertThat(server.getAttribute(name, "FilesCompleted")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "FilesWaiting")).isEqualTo(0);
            assertThat(server.getAttribute(name, "LastRead")).asString().contains("T");
        }
    }

    @Test
    void theFolderMayComeLaterOrBeMadeOrBeMissed() {
        try (Inbox inbox = new Inbox(onedrive(), "")) {
            inbox.settle();
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            onedrive().move("/Inbox", "/Old");
            onedrive().putFile("/Other/b.txt", "2".getBytes());
            inbox.settle();
            onedrive().move("/Other", "/Inbox");
            inbox.awaitExactly("a.txt=1", "b.txt=2");
        }
        onedrive().delete("/Inbox");
        try (Inbox inbox = new Inbox(onedrive(), "startingDirectoryMustExist=true")) {
            Awaitility.await().until(() -> inbox.consumer().getErrorCounter() > 1);
        }
        try (Inbox inbox = new Inbox(onedrive(), "autoCreate=true")) {
            inbox.settle();
            assertThat(onedrive().requests(Step.CREATE_FOLDER)).hasSize(1);
        }
    }

    @Test
    void foldersThatMoveInBringTheirFilesAndThoseThatMoveOutTakeThemAway() {
        onedrive().putFile("/Outside/deep/x.txt", "x".getBytes());
        try (Inbox inbox = new Inbox(onedrive(), "recursive=true")) {
            inbox.put("keep/a.txt", "a");
            inbox.awaitExactly("keep/a.txt=a");
            onedrive().move("/Outside", "/Inbox/Inside");
            inbox.awaitExactly("keep/a.txt=a", "Inside/deep/x.txt=x");
            onedrive().move("/Inbox/Inside", "/Outside");
            onedrive().putFile("/Outside/deep/y.txt", "y".getBytes());
            inbox.settle();
            assertThat(inbox.emitted()).hasSize(2);
        }
    }

    @Test
    void throttlingIsWaitedFor() {
        onedrive().fault(Fault.on(Step.DELTA).nth(2).throttle("1"));
        onedrive().fault(Fault.on(Step.DOWNLOAD).throttle("1"));
        try (Inbox inbox = new Inbox(onedrive(), "delete=true")) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            inbox.awaitFiles();
        }
    }

    @Test
    void aSuspendedRouteReadsNothing() throws Exception {
        try (Inbox inbox = new Inbox(onedrive(), "")) {
            inbox.settle();
            inbox.context().getRouteController().suspendRoute("inbox");
            assertThat(ServiceHelper.isSuspended(inbox.consumer())).isTrue();
            int requests = onedrive().requests().size();
            inbox.put("a.txt", "1");
            Awaitility.await().during(Duration.ofMillis(300)).until(() -> onedrive().requests().size() <= requests + 1);
            inbox.context().getRouteController().resumeRoute("inbox");
            inbox.awaitExactly("a.txt=1");
        }
    }
}
