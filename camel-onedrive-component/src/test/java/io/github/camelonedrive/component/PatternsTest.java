package io.github.camelonedrive.component;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel's patterns around the endpoint do what they do around any other. */
class PatternsTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final int SIZE = 3 * CHUNK;
    private static final String FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxRetries=1";

    @TempDir
    Path directory;

    private void routes(RouteBuilder routes) throws Exception {
        route.context().addRoutes(routes);
    }

    private Exchange send(Object body, String name) {
        return route.send("direct:in", body, Map.of(Exchange.FILE_NAME, name));
    }

    private void failOnce() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(403).error("accessDenied"));
    }

    private static InputStream stream(int size) {
        return new BufferedInputStream(new ByteArrayInputStream(SimulatedRoute.content(size)));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void multicastSendsTheSameFileToSeveralFolders(boolean parallel) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                var multicast = from("direct:in").multicast();
                if (parallel) {
                    multicast.parallelProcessing();
                }
                multicast.to("onedrive:offsite?folderPath=/one", FRAGMENTS + "&folderPath=/two");
            }
        });
        assertThat(send(SimulatedRoute.file(directory, "a.bin", SIZE), "a.bin").getException()).isNull();

        assertThat(route.holds("/one/a.bin", SimulatedRoute.content(SIZE))).isTrue();
        assertThat(route.holds("/two/a.bin", SimulatedRoute.content(SIZE))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void multicastSendsACachedStreamToSeveralFolders(boolean parallel) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                var multicast = from("direct:in").multicast();
                if (parallel) {
                    multicast.parallelProcessing();
                }
                multicast.to("onedrive:offsite?folderPath=/one", FRAGMENTS + "&folderPath=/two");
            }
        });
        assertThat(send(stream(SIZE), "a.bin").getException()).isNull();

        assertThat(route.holds("/one/a.bin", SimulatedRoute.content(SIZE))).isTrue();
        assertThat(route.holds("/two/a.bin", SimulatedRoute.content(SIZE))).isTrue();
    }

    @Test
    void eachBranchOfAMulticastGoesOnWhereItWas() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(1).redeliveryDelay(1);
                from("direct:in").multicast().parallelProcessing().stopOnException()
                        .to(FRAGMENTS + "&folderPath=/one", FRAGMENTS + "&folderPath=/two");
            }
        });
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(3).answer(503).times(2));

        assertThat(send(SimulatedRoute.file(directory, "a.bin", SIZE), "a.bin").getException()).isNull();

        assertThat(onedrive.createdSessions()).isEqualTo(2);
        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/one/a.bin", "/two/a.bin");
    }

    @Test
    void splitUploadsEachPart() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body()).parallelProcessing()
                        .setHeader(Exchange.FILE_NAME, simple("part-${exchangeProperty.CamelSplitIndex}.txt"))
                        .to("onedrive:offsite?folderPath=/parts");
            }
        });
        assertThat(send(List.of("a", "b", "c", "d"), "x").getException()).isNull();

        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/parts/part-0.txt", "/parts/part-1.txt", "/parts/part-2.txt",
                "/parts/part-3.txt");
        assertThat(route.holds("/parts/part-2.txt", "c".getBytes())).isTrue();
    }

    @Test
    void aFailureStopsASplitThatIsToStop() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body()).stopOnException()
                        .setHeader(Exchange.FILE_NAME, simple("${exchangeProperty.CamelSplitIndex}.txt"))
                        .to("onedrive:offsite");
            }
        });
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).nth(2).answer(403).error("accessDenied"));

        assertThat(send(List.of("a", "b", "c"), "x").getException().getCause())
                .isInstanceOf(GraphException.AccessDenied.class);
        assertThat(onedrive.paths()).containsExactly("/0.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = { "true", "false" })
    void aStreamIsUploadedWithStreamCachingOnAndOff(String caching) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").streamCache(caching).to(FRAGMENTS).to("mock:after");
            }
        });
        Exchange exchange = send(stream(SIZE), "a.bin");

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/a.bin", SimulatedRoute.content(SIZE))).isTrue();
        if (caching.equals("true")) {
            assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(SimulatedRoute.content(SIZE));
        }
    }

    @Test
    void aSpooledStreamIsUploadedAndItsFileRemoved() throws Exception {
        Path spool = directory.resolve("spool");
        List<Path> during = new CopyOnWriteArrayList<>();
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).run(() -> during.addAll(files(spool))));
        try (SimulatedRoute spooling = new SimulatedRoute(onedrive, context -> {
            context.getStreamCachingStrategy().setSpoolEnabled(true);
            context.getStreamCachingStrategy().setSpoolDirectory(spool.toFile());
            context.getStreamCachingStrategy().setSpoolThreshold(1000);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(FRAGMENTS);
                }
            });
        })) {
            assertThat(spooling.send("direct:in", stream(SIZE), Map.of(Exchange.FILE_NAME, "a.bin")).getException()).isNull();

            assertThat(spooling.holds("/a.bin", SimulatedRoute.content(SIZE))).isTrue();
            assertThat(during).hasSize(1);
            assertThat(files(spool)).isEmpty();
        }
    }

    private static List<Path> files(Path top) {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void threadsAndSedaKeepTheFileUntilTheUploadIsDone() throws Exception {
        Path drop = Files.createDirectory(directory.resolve("drop"));
        SimulatedRoute.file(drop, "a.bin", SIZE);
        SimulatedRoute.file(drop, "b.bin", SIZE);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + drop + "?move=.done&initialDelay=0&delay=50").threads(2).to("seda:up");
                from("seda:up?concurrentConsumers=2").to(FRAGMENTS);
            }
        });
        Awaitility.await().until(() -> Files.exists(drop.resolve(".done/a.bin")) && Files.exists(drop.resolve(".done/b.bin")));

        assertThat(route.holds("/a.bin", SimulatedRoute.content(SIZE))).isTrue();
        assertThat(route.holds("/b.bin", SimulatedRoute.content(SIZE))).isTrue();
        assertThat(onedrive.createdSessions()).isEqualTo(2);
    }

    @Test
    void aFailedUploadLeavesTheFileToMoveFailed() throws Exception {
        Path drop = Files.createDirectory(directory.resolve("drop"));
        SimulatedRoute.file(drop, "a.bin", 1000);
        failOnce();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + drop + "?move=.done&moveFailed=.failed&initialDelay=0&delay=50").to("onedrive:offsite");
            }
        });
        Awaitility.await().until(() -> Files.exists(drop.resolve(".failed/a.bin")));
        assertThat(drop.resolve(".done/a.bin")).doesNotExist();
    }

    @Test
    void wireTapUploadsACopyWhileTheRouteGoesOn() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").wireTap("onedrive:offsite?folderPath=/tapped").setBody(constant("changed"));
            }
        });
        Exchange exchange = send(stream(1000), "a.bin");

        assertThat(exchange.getMessage().getBody()).isEqualTo("changed");
        Awaitility.await().until(() -> route.holds("/tapped/a.bin", SimulatedRoute.content(1000)));
    }

    @Test
    void recipientListAndToDChooseTheFolderFromTheMessage() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").recipientList(simple("onedrive:offsite?folderPath=/one,onedrive:offsite?folderPath=/two"))
                        .parallelProcessing();
                from("direct:dynamic").toD("onedrive:offsite?folderPath=RAW(/${header.customer}/${date:now:yyyy})");
            }
        });
        assertThat(send("x", "a.txt").getException()).isNull();
        assertThat(route.send("direct:dynamic", "y", Map.of("customer", "acme & sons", Exchange.FILE_NAME, "b.txt"))
                .getException()).isNull();

        assertThat(onedrive.paths()).contains("/one/a.txt", "/two/a.txt").hasSize(3)
                .anyMatch(path -> path.startsWith("/acme & sons/2") && path.endsWith("/b.txt"));
    }

    @Test
    void enrichAsksForAnItemWithoutLosingTheMessage() throws Exception {
        onedrive.putFile("/a.txt", "known".getBytes());
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").enrich("onedrive:offsite?operation=getItem", (original, found) -> {
                    original.getMessage().setHeader("size", found.getMessage().getBody(DriveItem.class).size());
                    return original;
                });
            }
        });
        Exchange exchange = send("mine", "a.txt");

        assertThat(exchange.getMessage().getBody()).isEqualTo("mine");
        assertThat(exchange.getMessage().getHeader("size")).isEqualTo(5L);
    }

    @Test
    void doTryCatchesByTypeAndDoFinallyRuns() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").doTry().to("onedrive:offsite").doCatch(GraphException.AccessDenied.class)
                        .setProperty("caught", simple("${exception.message}")).doFinally()
                        .setProperty("finally", constant(true))
                        .end();
            }
        });
        failOnce();
        Exchange exchange = send("x", "a.txt");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("caught", String.class)).contains("a.txt", "403");
        assertThat(exchange.getProperty("finally")).isEqualTo(true);
    }

    @Test
    void transactedRoutesUploadOnTheirOwnThread() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        route.context().getRegistry().bind("PROPAGATION_REQUIRED", new Marking());
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").transacted().process(note(threads)).to(FRAGMENTS).process(note(threads));
            }
        });
        assertThat(send(SimulatedRoute.content(SIZE), "a.bin").getException()).isNull();

        assertThat(new HashSet<>(threads)).hasSize(1);
        assertThat(route.holds("/a.bin", SimulatedRoute.content(SIZE))).isTrue();
    }

    /** What a transaction policy does as far as the endpoint is concerned. */
    private static final class Marking implements TransactedPolicy {

        @Override
        public void beforeWrap(Route route, NamedNode definition) {
            // Nothing to prepare.
        }

        @Override
        public Processor wrap(Route route, Processor processor) {
            return exchange -> {
                exchange.getUnitOfWork().beginTransactedBy(this);
                try {
                    processor.process(exchange);
                } finally {
                    exchange.getUnitOfWork().endTransactedBy(this);
                }
            };
        }
    }

    private static Processor note(List<String> threads) {
        return exchange -> threads.add(Thread.currentThread().getName());
    }

    @Test
    void onCompletionSeesSuccessAndFailure() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").onCompletion().onCompleteOnly().process(exchange -> seen.add("done "
                        + exchange.getMessage().getHeader(OneDriveConstants.UPLOAD_MODE))).end()
                        .onCompletion().onFailureOnly().process(exchange -> seen.add("failed "
                                + exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getClass().getSimpleName()))
                        .end().to("onedrive:offsite");
            }
        });
        send("x", "a.txt");
        Awaitility.await().until(() -> seen.contains("done simple"));
        failOnce();
        send("x", "a.txt");
        Awaitility.await().until(() -> seen.contains("failed AccessDenied"));
    }

    @Test
    void anIdempotentConsumerUploadsOnceAndAgainAfterAFailure() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").idempotentConsumer(header(Exchange.FILE_NAME),
                        MemoryIdempotentRepository.memoryIdempotentRepository(10)).to("onedrive:offsite");
            }
        });
        failOnce();
        assertThat(send("x", "a.txt").getException()).isNotNull();
        assertThat(send("x", "a.txt").getException()).isNull();
        assertThat(send("x", "a.txt").getException()).isNull();

        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).filteredOn(request -> request.status() < 300).hasSize(1);
    }

    @Test
    void claimCheckKeepsTheBodyAcrossTheUpload() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").claimCheck(ClaimCheckOperation.Push).setBody(constant("other"))
                        .to("onedrive:offsite").claimCheck(ClaimCheckOperation.Pop);
            }
        });
        Exchange exchange = send("mine", "a.txt");

        assertThat(exchange.getMessage().getBody()).isEqualTo("mine");
        assertThat(route.holds("/a.txt", "other".getBytes())).isTrue();
    }

    @Test
    void aggregatedTextsAreOneFile() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").aggregate(header(Exchange.FILE_NAME), AggregationStrategies.string("\n")).completionSize(3)
                        .to("onedrive:offsite");
            }
        });
        for (String line : List.of("one", "two", "three")) {
            send(line, "lines.txt");
        }
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> route.holds("/lines.txt", "one\ntwo\nthree".getBytes()));
    }

    @Test
    void aDelayedRedeliveryByAnotherErrorHandlerUploadsTheWholeBody() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(10).useExponentialBackOff()
                        .asyncDelayedRedelivery());
                from("direct:in").to("onedrive:offsite");
            }
        });
        failOnce();
        Exchange exchange = send(stream(2000), "a.bin");

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/a.bin", SimulatedRoute.content(2000))).isTrue();
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER)).isEqualTo(1);
    }

    @Test
    void noErrorHandlerAndTryAgainByTheCaller() throws IOException {
        failOnce();
        Path file = SimulatedRoute.file(directory, "a.bin", 1000);
        assertThat(route.send("onedrive:offsite", file, Map.of(Exchange.FILE_NAME, "a.bin")).getException()).isNotNull();
        assertThat(route.send("onedrive:offsite", file, Map.of(Exchange.FILE_NAME, "a.bin")).getException()).isNull();
    }
}
