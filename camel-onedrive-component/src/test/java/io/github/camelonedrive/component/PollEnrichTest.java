package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.feed.FeedRepository;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that a route asks for in its midst: polled when asked, and only then; by name with one request. */
class PollEnrichTest {

    /** A thread for each: on two cores JDK 25's common pool has one, and these wait for each other. */
    private static final Executor THREADS = task -> new Thread(task).start();

    private static final long WITHOUT_LIMIT = -1;

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    private void put(String name, String content) {
        onedrive().putFile("/Inbox/" + name, content.getBytes());
    }

    private SimulatedRoute route(RouteBuilder routes) {
        return new SimulatedRoute(onedrive(), context -> {
            context.getShutdownStrategy().setTimeout(1);
            context.addRoutes(routes);
        });
    }

    /** A route that asks for the file that the header {@code wanted} names. */
    private SimulatedRoute asking(String options, long timeout) {
        return route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich().simple(named(options)).timeout(timeout).convertBodyTo(String.class)
                        .filter(header("fail").isNotNull()).throwException(new IllegalStateException("as told"));
            }
        });
    }

    private static String folder(String options) {
        return "onedrive:inbox?folderPath=/Inbox" + (options.isEmpty() ? "" : "&" + options);
    }

    private static String named(String options) {
        return folder(options + (options.isEmpty() ? "" : "&") + "fileName=${header.wanted}");
    }

    private static String ask(SimulatedRoute route, String name) {
        Exchange exchange = route.send("direct:ask", "before", Map.of("wanted", name));
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(String.class);
    }

    private static CompletableFuture<String> later(SimulatedRoute route, String name) {
        return CompletableFuture.supplyAsync(() -> ask(route, name), THREADS);
    }

    private List<Step> steps() {
        return onedrive().requests().stream().map(RecordedRequest::step).filter(step -> step != Step.TOKEN).toList();
    }

    private static List<String> oneDriveThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
                .filter(name -> name.contains("onedrive:")).toList();
    }

    @Test
    void aPollEnrich_isOver_doesNotPollByItself() {
        put("a.txt", "1");
        try (SimulatedRoute route = asking("initialDelay=0&delay=10&delete=true", 0)) {
            assertThat(ask(route, "a.txt")).isEqualTo("1");
            int requests = onedrive().requests().size();
            put("a.txt", "stale");
            Awaitility.await().during(Duration.ofMillis(300)).until(() -> onedrive().requests().size() == requests);
            assertThat(oneDriveThreads()).isEmpty();
            put("a.txt", "2");
            assertThat(ask(route, "a.txt")).isEqualTo("2");
        }
    }

    @Test
    void aPollEnrichWithoutName_neverDeliversWhatIsGoneOrReplaced() {
        put("a.txt", "1");
        put("b.txt", "old");
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich(folder("initialDelay=0&delay=10&delete=true&sortBy=file:name"), 0)
                        .convertBodyTo(String.class);
            }
        })) {
            assertThat(ask(route, "any")).isEqualTo("1");
            put("b.txt", "new");
            assertThat(ask(route, "any")).isEqualTo("new");
            put("c.txt", "3");
            onedrive().delete("/Inbox/c.txt");
            assertThat(ask(route, "any")).isNull();
        }
    }

    @Test
    void tenNamesInAFolderOfAThousand_takeOneRequestEach() {
        for (int i = 0; i < 1_000; i++) {
            put(i + ".txt", "content " + i);
        }
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich().simple(named("")).timeout(1_000);
            }
        })) {
            for (int i = 0; i < 1_000; i += 100) {
                assertThat(route.send("direct:ask", null, Map.of("wanted", i + ".txt")).getMessage().getBody())
                        .isInstanceOf(OneDriveFile.class);
            }
            assertThat(steps()).hasSize(10).containsOnly(Step.ITEM_LOOKUP);
            assertThat(oneDriveEndpoints(route)).isEqualTo(1);
            assertThat(oneDriveThreads()).isEmpty();
        }
    }

    private static long oneDriveEndpoints(SimulatedRoute route) {
        return route.context().getEndpoints().stream().filter(OneDriveEndpoint.class::isInstance).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space.txt", "100%.txt", "100%25.txt", "a+b.txt", "a&b=c.txt", "it's.txt", "@home.txt",
            "#1.txt",
            "a;b,c.txt", "(1) $x ${y}.txt", "RAW(x).txt", "ünï.txt", "日本.txt", "😀.txt", "a=b.txt", "x~.txt"})
    void aNameThatMeansSomethingInAUri_isTakenAsItIs(String name) {
        put(name, "wanted");
        put("other.txt", "other");
        try (SimulatedRoute route = asking("delete=true", 0)) {
            assertThat(ask(route, name)).isEqualTo("wanted");
            assertThat(onedrive().paths()).containsExactly("/Inbox/other.txt");
            assertThat(oneDriveEndpoints(route)).isEqualTo(1);
        }
    }

    @Test
    void theOtherSpellingOfAName_isTheSameFile() {
        put("caf\u00e9.txt", "composed");
        put("Upper.txt", "case");
        try (SimulatedRoute route = asking("delete=true", 0)) {
            assertThat(ask(route, "cafe\u0301.txt")).isEqualTo("composed");
            assertThat(ask(route, "upper.TXT")).isEqualTo("case");
            assertThat(onedrive().paths()).isEmpty();
        }
    }

    @Test
    void aNameWithFolders_isFoundWhereTheyAreLookedInto() {
        put("2026/dec/a.txt", "deep");
        put("2026/b.txt", "windows");
        try (SimulatedRoute route = asking("recursive=true&move=.done", 0)) {
            assertThat(ask(route, "2026/dec/a.txt")).isEqualTo("deep");
            assertThat(ask(route, "2026\\b.txt")).isEqualTo("windows");
            assertThat(onedrive().paths()).containsExactlyInAnyOrder("/Inbox/2026/dec/.done/a.txt", "/Inbox/2026/.done/b.txt");
            assertThat(steps()).doesNotContain(Step.DELTA, Step.CHILDREN);
        }
        try (SimulatedRoute route = asking("delete=true", 0)) {
            Exchange exchange = route.send("direct:ask", null, Map.of("wanted", "2026/.done/b.txt"));
            assertThat(exchange.getException()).rootCause().hasMessageContaining("'/2026/.done/b.txt' is in a folder below "
                    + "'/Inbox' that is not looked into").hasMessageContaining("recursive=true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "a/../../secret.txt", "a*b.txt", "", " ", "/"})
    void aNameThatCannotBe_isAFailureAndNoRequest(String name) {
        onedrive().putFile("/secret.txt", "secret".getBytes());
        try (SimulatedRoute route = asking("recursive=true", WITHOUT_LIMIT)) {
            Exchange exchange = route.send("direct:ask", null, Map.of("wanted", name));
            assertThat(exchange.getException()).rootCause()
                    .isInstanceOfAny(IllegalNameException.class, IllegalRequestException.class);
            assertThat(steps()).isEmpty();
        }
    }

    @Test
    void theOtherOptions_mayBeDynamicToo() {
        onedrive().putFile("/one/a&b.txt", "1".getBytes());
        onedrive().putFile("/two/a&b.txt", "2".getBytes());
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich().simple("onedrive:inbox?folderPath=/${header.folder}&fileName=${header.wanted}"
                        + "&move=/done/${header.folder}-${file:onlyname}").timeout(0).convertBodyTo(String.class);
            }
        })) {
            for (String folder : List.of("one", "two", "one")) {
                route.send("direct:ask", null, Map.of("folder", folder, "wanted", "a&b.txt"));
            }
            assertThat(onedrive().paths()).containsExactlyInAnyOrder("/done/one-a&b.txt", "/done/two-a&b.txt");
            assertThat(oneDriveEndpoints(route)).isEqualTo(2);
        }
    }

    @Test
    void twoEipsWithOneUri_shareWhatIsRemembered() {
        put("a.txt", "1");
        put("b.txt", "2");
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:both").pollEnrich(folder("sortBy=file:name"), 1_000).convertBodyTo(String.class)
                        .setHeader("first", body())
                        .pollEnrich(folder("sortBy=file:name"), 1_000).convertBodyTo(String.class);
            }
        })) {
            Exchange exchange = route.send("direct:both", null, Map.of());
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader("first")).isEqualTo("1");
            assertThat(exchange.getMessage().getBody()).isEqualTo("2");
            assertThat(onedrive().requests(Step.CHILDREN)).hasSize(1);
        }
    }

    @Test
    void manyThreads_eachGetTheFileThatTheyAskedFor() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            names.add(i + ".txt");
            put(i + ".txt", "content of " + i + ".txt");
        }
        try (SimulatedRoute route = asking("delete=true", 5_000)) {
            List<CompletableFuture<String>> answers = names.stream().map(name -> later(route, name)).toList();
            for (int i = 0; i < names.size(); i++) {
                assertThat(answers.get(i).join()).isEqualTo("content of " + names.get(i));
            }
            assertThat(onedrive().paths()).isEmpty();
        }
    }

    /** Holds the file {@code a.txt} for an exchange until told to let it go. */
    private final class Holder extends RouteBuilder {

        private final CountDownLatch holding = new CountDownLatch(1);
        private final Semaphore go = new Semaphore(0);
        private final String holder;
        private final long timeout;
        private volatile boolean fails;

        Holder(String holder, long timeout) {
            this.holder = holder;
            this.timeout = timeout;
        }

        @Override
        public void configure() {
            if (holder.startsWith("direct:")) {
                from(holder).pollEnrich().simple(named("delete=true")).timeout(0).process(this::hold);
            } else {
                from(holder).process(this::hold);
            }
            from("direct:ask").pollEnrich().simple(named("delete=true")).timeout(timeout).convertBodyTo(String.class);
        }

        private void hold(Exchange exchange) throws InterruptedException {
            holding.countDown();
            go.acquire();
            if (fails) {
                throw new IllegalStateException("as told");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:hold", "onedrive:inbox?folderPath=/Inbox&delete=true&initialDelay=0"})
    void aFileThatAnotherExchangeHolds_isWaitedForAsLongAsTold(String from) throws Exception {
        put("a.txt", "held");
        for (long timeout : new long[] {0, 150}) {
            Holder holder = new Holder(from, timeout);
            try (SimulatedRoute route = route(holder)) {
                CompletableFuture<?> hold = hold(route, from);
                assertThat(holder.holding.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(ask(route, "a.txt")).isNull();
                holder.fails = true;
                holder.go.release(1_000);
                hold.join();
            }
        }
        assertThat(onedrive().paths()).containsExactly("/Inbox/a.txt");
    }

    private static CompletableFuture<?> hold(SimulatedRoute route, String from) {
        return from.startsWith("direct:")
                ? CompletableFuture.runAsync(() -> route.send(from, null, Map.of("wanted", "a.txt")), THREADS)
                : CompletableFuture.completedFuture(null);
    }

    @ParameterizedTest
    @ValueSource(longs = {WITHOUT_LIMIT, 20_000})
    void aFileThatIsReleased_isTakenAtOnce(long timeout) throws Exception {
        put("a.txt", "held");
        Holder holder = new Holder("direct:hold", timeout);
        try (SimulatedRoute route = route(holder)) {
            hold(route, "direct:hold");
            assertThat(holder.holding.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<String> waiting = later(route, "a.txt");
            Awaitility.await().until(() -> onedrive().requests(Step.ITEM_LOOKUP).size() == 2);
            holder.fails = true;
            holder.go.release(2);
            // Long before delay, which is 10 s, is over.
            assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("held");
            assertThat(onedrive().paths()).isEmpty();
        }
    }

    @Test
    void aFileThatIsNotThere_isWaitedForAsLongAsTold() {
        try (SimulatedRoute route = asking("delay=10", 0)) {
            assertThat(ask(route, "a.txt")).isNull();
            assertThat(steps()).containsExactly(Step.ITEM_LOOKUP);
        }
        try (SimulatedRoute route = asking("delay=10", 100)) {
            assertThat(ask(route, "a.txt")).isNull();
            assertThat(steps().size()).isBetween(3, 15);
        }
        for (long timeout : new long[] {WITHOUT_LIMIT, 20_000}) {
            try (SimulatedRoute route = asking("delay=10&delete=true", timeout)) {
                int before = steps().size();
                CompletableFuture<String> waiting = later(route, "a.txt");
                Awaitility.await().until(() -> steps().size() > before + 2);
                put("a.txt", "there");
                assertThat(waiting.join()).isEqualTo("there");
            }
        }
    }

    @Test
    void aTimeoutShorterThanDelay_looksOnceMoreAtItsEnd() {
        try (SimulatedRoute route = asking("delay=600000&delete=true", 2_000)) {
            CompletableFuture<String> waiting = later(route, "a.txt");
            Awaitility.await().until(() -> !steps().isEmpty());
            put("a.txt", "there");

            assertThat(waiting.join()).isEqualTo("there");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {WITHOUT_LIMIT, 60_000})
    void aStopOfTheContext_endsTheWait(long timeout) {
        SimulatedRoute route = asking("delay=60000", timeout);
        // A stop waits that long for exchanges in progress, but not for one that may wait for ever.
        route.context().getShutdownStrategy().setTimeout(timeout == WITHOUT_LIMIT ? 60 : 1);
        CompletableFuture<Exchange> waiting =
                CompletableFuture.supplyAsync(() -> route.send("direct:ask", "before", Map.of("wanted", "a.txt")), THREADS);
        Awaitility.await().until(() -> !steps().isEmpty());
        route.close();
        assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join().getException()).rootCause()
                .isInstanceOf(OperationStoppedException.class);
    }

    @Test
    void aFileThatVanishesBeforeItIsRead_isAFailureAndNotThereAfterwards() {
        put("a.txt", "1");
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich().simple(named("delete=true")).timeout(0)
                        .process(exchange -> {
                            if (exchange.getMessage().getBody() != null) {
                                onedrive().delete("/Inbox/a.txt");
                            }
                        }).convertBodyTo(String.class);
            }
        })) {
            assertThat(route.send("direct:ask", null, Map.of("wanted", "a.txt")).getException()).isNotNull();
            assertThat(ask(route, "a.txt")).isNull();
            put("a.txt", "2");
            assertThat(route.send("direct:ask", null, Map.of("wanted", "a.txt")).getException()).isNotNull();
        }
    }

    @Test
    void whatBecomesOfANamedFile_isAsTheOptionsSay() {
        put("a.txt", "1");
        put("b.txt", "2");
        put("c.txt", "3");
        put("d.txt", "4");
        try (SimulatedRoute route = asking("move=.done&moveFailed=.failed", 0)) {
            assertThat(ask(route, "a.txt")).isEqualTo("1");
            route.send("direct:ask", null, Map.of("wanted", "b.txt", "fail", true));
            assertThat(onedrive().paths()).contains("/Inbox/.done/a.txt", "/Inbox/.failed/b.txt");
            assertThat(ask(route, "a.txt")).isNull();
            put("a.txt", "again");
            assertThat(ask(route, "a.txt")).isEqualTo("again");
            onedrive().move("/Inbox/.done/a.txt", "/Inbox/a.txt");
            assertThat(ask(route, "a.txt")).isEqualTo("1");
        }
        try (SimulatedRoute route = asking("noop=true", 0)) {
            assertThat(ask(route, "c.txt")).isEqualTo("3");
            assertThat(ask(route, "c.txt")).isNull();
            put("c.txt", "changed");
            assertThat(ask(route, "c.txt")).isEqualTo("changed");
        }
        try (SimulatedRoute route = asking("noop=true&idempotent=false", 0)) {
            assertThat(ask(route, "c.txt")).isEqualTo("changed");
            assertThat(ask(route, "c.txt")).isEqualTo("changed");
        }
        try (SimulatedRoute route = asking("noop=true&idempotentKey=${file:name}", 0)) {
            assertThat(ask(route, "c.txt")).isEqualTo("changed");
            put("c.txt", "once more");
            assertThat(ask(route, "c.txt")).isNull();
        }
        try (SimulatedRoute route = asking("preMove=.inprogress&delete=true", 0)) {
            route.send("direct:ask", null, Map.of("wanted", "d.txt", "fail", true));
            assertThat(onedrive().paths()).contains("/Inbox/.inprogress/d.txt");
            assertThat(ask(route, "d.txt")).isEqualTo("4");
            assertThat(onedrive().paths()).doesNotContain("/Inbox/.inprogress/d.txt");
        }
        try (SimulatedRoute route = asking("delete=true", 0)) {
            route.send("direct:ask", null, Map.of("wanted", "c.txt", "fail", true));
            assertThat(ask(route, "c.txt")).isEqualTo("once more");
            assertThat(onedrive().paths()).doesNotContain("/Inbox/c.txt");
        }
    }

    @Test
    void aNamedFileWithDoneFileName_isTakenWithItsMarker() {
        put("a.txt", "1");
        try (SimulatedRoute route = asking("delete=true&doneFileName=${file:name}.done", 0)) {
            assertThat(ask(route, "a.txt")).isNull();
            put("a.txt.done", "");
            assertThat(ask(route, "a.txt.done")).isNull();
            assertThat(ask(route, "a.txt")).isEqualTo("1");
            assertThat(onedrive().paths()).isEmpty();
        }
    }

    @Test
    void filters_countForANamedFileToo() {
        put("a.txt", "1");
        put("a.csv", "2");
        try (SimulatedRoute route = new SimulatedRoute(onedrive(), context -> {
            context.getRegistry().bind("large", (Predicate<OneDriveFile>) file -> file.getFileLength() > 1);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:ask").pollEnrich().simple(named("delete=true&include=.*[.]csv&filter=#large"))
                            .timeout(0).convertBodyTo(String.class);
                    from("direct:file").pollEnrich().simple(named("delete=true&filterFile=${file:size} > 1"))
                            .timeout(0).convertBodyTo(String.class);
                }
            });
        })) {
            assertThat(ask(route, "a.txt")).isNull();
            assertThat(ask(route, "a.csv")).isNull();
            assertThat(route.send("direct:file", null, Map.of("wanted", "a.csv")).getMessage().getBody()).isNull();
            put("a.csv", "22");
            assertThat(route.send("direct:file", null, Map.of("wanted", "a.csv")).getMessage().getBody()).isEqualTo("22");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAggregationThatFails_leavesTheFileToTheNextOne(boolean isRedelivered) {
        put("a.txt", "1");
        List<String> seen = new ArrayList<>();
        AggregationStrategy failingOnce = (before, polled) -> {
            seen.add(polled == null ? "nothing" : polled.getMessage().getBody(String.class));
            if (seen.size() == 1) {
                throw new IllegalStateException("as told");
            }
            before.getMessage().setBody(seen.get(seen.size() - 1));
            return before;
        };
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(isRedelivered ? 1 : 0).redeliveryDelay(0));
                from("direct:ask").pollEnrich().simple(named("delete=true&moveFailed=.failed")).timeout(0)
                        .aggregationStrategy(failingOnce);
            }
        })) {
            Exchange first = route.send("direct:ask", null, Map.of("wanted", "a.txt"));
            assertThat(first.getException() == null).isEqualTo(isRedelivered);
            if (isRedelivered) {
                assertThat(seen).containsExactly("1", "1");
                assertThat(onedrive().paths()).isEmpty();
            } else {
                assertThat(onedrive().paths()).containsExactly("/Inbox/.failed/a.txt");
            }
        }
    }

    @Test
    void anExchangeThatPassesTheFileOn_leavesItsEndToTheOther() {
        put("a.txt", "1");
        CountDownLatch go = new CountDownLatch(1);
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").pollEnrich().simple(named("delete=true")).timeout(0).to("seda:then")
                        .pollEnrich().simple(named("delete=true")).timeout(0).convertBodyTo(String.class);
                from("seda:then").process(exchange -> go.await());
            }
        })) {
            assertThat(ask(route, "a.txt")).isNull();
            assertThat(onedrive().paths()).containsExactly("/Inbox/a.txt");
            go.countDown();
            Awaitility.await().until(() -> onedrive().paths().isEmpty());
        }
    }

    @Test
    void aFromWithTheSameUri_sharesWhatIsRemembered() {
        List<String> consumed = new CopyOnWriteArrayList<>();
        String uri = folder("delete=true&initialDelay=0&delay=20&stateDirectory=" + directory);
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).convertBodyTo(String.class)
                        .process(exchange -> consumed.add(exchange.getMessage().getBody(String.class)));
                from("direct:ask").pollEnrich(uri, 0).convertBodyTo(String.class)
                        .filter(body().isNotNull())
                        .process(exchange -> consumed.add(exchange.getMessage().getBody(String.class)));
            }
        })) {
            List<String> put = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                put(i + ".txt", "content " + i);
                put.add("content " + i);
                ask(route, "any");
            }
            Awaitility.await().until(() -> onedrive().paths().isEmpty());
            assertThat(consumed).containsExactlyInAnyOrderElementsOf(put);
        }
    }

    @Test
    void aFromWithTheSameStateDirectory_isAClearFailure() {
        put("a.txt", "1");
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from(folder("noop=true&initialDelay=0&stateDirectory=" + directory)).to("mock:consumed");
                from("direct:ask").pollEnrich().simple(named("delete=true&stateDirectory=" + directory)).timeout(0);
            }
        })) {
            Awaitility.await().until(() -> onedrive().requests(Step.CHILDREN).size() == 1);
            assertThat(route.send("direct:ask", null, Map.of("wanted", "a.txt")).getException()).rootCause()
                    .isInstanceOf(FeedRepository.FeedInUseException.class).hasMessageContaining("stateDirectory of its own");
            assertThat(onedrive().paths()).containsExactly("/Inbox/a.txt");
        }
    }

    @Test
    void aRepositoryOfTheUser_outlivesTheConsumersThatUseIt() {
        put("a.txt", "1");
        IdempotentRepository keys = MemoryIdempotentRepository.memoryIdempotentRepository();
        try (SimulatedRoute route = new SimulatedRoute(onedrive(), context -> {
            context.getRegistry().bind("keys", keys);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:ask").routeId("ask").pollEnrich()
                            .simple(named("noop=true&idempotentKey=${file:name}&idempotentRepository=#keys"))
                            .timeout(0).convertBodyTo(String.class);
                }
            });
        })) {
            assertThat(ask(route, "a.txt")).isEqualTo("1");
            route.context().getRouteController().stopRoute("ask");
            assertThat(keys.contains("a.txt")).isTrue();
            route.context().getRouteController().startRoute("ask");
            put("a.txt", "2");
            assertThat(ask(route, "a.txt")).isNull();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onedrive:{{place}}?fileName=RAW(${header.wanted})&delete=true",
            "onedrive:{{place}}?delete=true&fileName=$simple{header.wanted}",
            "onedrive:inbox?folderPath=/${header.folder}&fileName=${header.wanted}&delete=true",
            "onedrive:inbox/Inbox?fileName=in-${header.wanted}.tmp&delete=true"})
    void otherSpellingsOfTheUri_areUnderstood(String uri) {
        String name = "a+b & 100% #1.txt";
        put(uri.contains("in-") ? "in-" + name + ".tmp" : name, "1");
        try (SimulatedRoute route = new SimulatedRoute(onedrive(), context -> {
            context.getPropertiesComponent().addInitialProperty("place", "inbox/Inbox");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:ask").pollEnrich().simple(uri).timeout(0).convertBodyTo(String.class);
                }
            });
        })) {
            Exchange exchange = route.send("direct:ask", null, Map.of("wanted", name, "folder", "Inbox"));
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("1");
            assertThat(onedrive().paths()).isEmpty();
        }
    }

    @Test
    void thePollEip_asksByNameToo() {
        put("a b.txt", "1");
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").poll(named("delete=true"), 0).convertBodyTo(String.class);
            }
        })) {
            assertThat(ask(route, "a b.txt")).isEqualTo("1");
            assertThat(steps()).doesNotContain(Step.CHILDREN, Step.DELTA);
        }
    }

    @Test
    void aServiceThatFails_isAFailureAndNotAMissingFile() {
        put("a.txt", "1");
        try (SimulatedRoute route = asking("maxRetries=0", 0)) {
            onedrive().revokeGrant();
            Exchange exchange = route.send("direct:ask", "before", Map.of("wanted", "a.txt"));
            assertThat(exchange.getException()).isNotNull().isNotInstanceOf(ExchangeTimedOutException.class);
        }
    }
}
