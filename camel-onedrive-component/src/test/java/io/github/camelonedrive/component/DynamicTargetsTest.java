package io.github.camelonedrive.component;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.management.ObjectName;

import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.RecordedRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Targets that differ with each exchange: however many there were, nothing of them stays. */
class DynamicTargetsTest {

    /** Instead of Camel's 1,000, so that fewer targets show the same. */
    private static final int CACHED = 20;
    private static final int TARGETS = 200;
    private static final Pattern HISTOGRAM_LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    private SimulatedRoute route(RouteBuilder routes) {
        return new SimulatedRoute(onedrive(), context -> {
            context.setGlobalOptions(new HashMap<>(Map.of(Exchange.MAXIMUM_ENDPOINT_CACHE_SIZE, "" + CACHED,
                    Exchange.MAXIMUM_CACHE_POOL_SIZE, "" + CACHED)));
            context.addRoutes(routes);
        });
    }

    private SimulatedRoute sending(String uri, int cacheSize) {
        return route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:target").toD(uri, cacheSize);
            }
        });
    }

    private SimulatedRoute asking(String uri, int cacheSize) {
        return route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:target").pollEnrich().simple(uri).timeout(0).cacheSize(cacheSize);
            }
        });
    }

    private static void useTargets(SimulatedRoute route, int from) {
        for (int i = from; i < from + TARGETS; i++) {
            Exchange exchange = route.send("direct:target", "x", Map.of("target", "t" + i, Exchange.FILE_NAME, "f.txt"));
            assertThat(exchange.getException()).isNull();
        }
    }

    /** What there is of the component's and the HTTP client's objects, of threads and of management beans. */
    private Map<String, Integer> census() throws Exception {
        Map<String, Integer> census = new TreeMap<>();
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                new Object[] {new String[0]}, new String[] {String[].class.getName()});
        histogram.lines().map(HISTOGRAM_LINE::matcher).filter(Matcher::matches)
                .filter(line -> line.group(2).startsWith("io.github.camelonedrive.")
                        || line.group(2).startsWith("org.apache.hc.client5.") || line.group(2).contains("ThreadPoolExecutor"))
                .filter(line -> !line.group(2).contains(".simulator."))
                // Folders are remembered by the drive, up to a limit.
                .filter(line -> !line.group(2).endsWith(".FolderIds$Known"))
                .forEach(line -> census.merge(line.group(2), Integer.parseInt(line.group(1)), Integer::sum));
        census.put("threads", (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("OneDrive[") || thread.getName().contains("onedrive:")).count());
        census.put("beans", ManagementFactory.getPlatformMBeanServer().queryNames(
                new ObjectName("org.apache.camel:*"), null).size());
        try (Stream<Path> files = Files.walk(directory)) {
            census.put("files", (int) files.count());
        }
        return census;
    }

    private void requireNothingLeft(SimulatedRoute route) throws Exception {
        useTargets(route, 0);
        Map<String, Integer> before = census();
        useTargets(route, TARGETS);
        Awaitility.await().untilAsserted(() -> {
            Map<String, Integer> grown = census();
            grown.replaceAll((type, count) -> count - before.getOrDefault(type, 0));
            grown.values().removeIf(growth -> growth < TARGETS / 2);
            assertThat(grown).isEmpty();
        });
        assertThat(route.context().getEndpoints().stream().filter(OneDriveEndpoint.class::isInstance).count())
                .isLessThanOrEqualTo(2 * CACHED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void folders_asTargetsOfToD_leaveNothing(int cacheSize) throws Exception {
        try (SimulatedRoute route = sending("onedrive:inbox/${header.target}?operation=getDrive", cacheSize)) {
            requireNothingLeft(route);
        }
    }

    @Test
    void destinations_asTargetsOfToD_leaveNothing() throws Exception {
        try (SimulatedRoute route = sending("onedrive:${header.target}?operation=getDrive", 0)) {
            requireNothingLeft(route);
        }
    }

    @Test
    void drives_asTargetsOfToD_leaveNothing() throws Exception {
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:target").doTry().toD("onedrive:inbox?driveId=${header.target}&operation=getDrive")
                        .doCatch(GraphException.NotFound.class).end();
            }
        })) {
            requireNothingLeft(route);
        }
    }

    @Test
    void uploads_withAJournal_leaveNothing() throws Exception {
        try (SimulatedRoute route = sending("onedrive:inbox/${header.target}?journalDirectory=" + directory, 0)) {
            requireNothingLeft(route);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void folders_asTargetsOfPollEnrich_leaveNothing(int cacheSize) throws Exception {
        try (SimulatedRoute route = asking("onedrive:inbox/${header.target}?fileName=a.txt", cacheSize)) {
            requireNothingLeft(route);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete=true", "noop=true&idempotent=false", "move=.done"})
    void names_asTargetsOfPollEnrich_leaveNothing(String options) throws Exception {
        for (int i = 0; i < 2 * TARGETS; i++) {
            onedrive().putFile("/Inbox/t" + i, new byte[1]);
        }
        try (SimulatedRoute route =
                asking("onedrive:inbox/Inbox?stateDirectory=" + directory + "&fileName=${header.target}&" + options, 0)) {
            requireNothingLeft(route);
            assertThat(route.context().getEndpoints().stream().filter(OneDriveEndpoint.class::isInstance).count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void folders_thatAreAskedForAgain_areNotInUseByFormerEndpoints(int cacheSize) throws Exception {
        String uri = "onedrive:inbox/${header.target}?delete=true&stateDirectory=" + directory;
        try (SimulatedRoute route = asking(uri, cacheSize)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 3 * CACHED; i++) {
                    onedrive().putFile("/t" + i + "/a.txt", "x".getBytes());
                    Exchange exchange = route.send("direct:target", null, Map.of("target", "t" + i));
                    assertThat(exchange.getException()).isNull();
                    assertThat(exchange.getMessage().getBody()).isInstanceOf(OneDriveFile.class);
                }
                assertThat(onedrive().paths()).isEmpty();
            }
        }
    }

    /** With Camel's own cache sizes. */
    @ParameterizedTest
    @ValueSource(strings = { "toD", "toD folders", "pollEnrich", "pollEnrich folders" })
    @Tag("full")
    void tenThousandTargets_leaveNoMoreThanCamelsCaches(String kind) throws Exception {
        String uri = "onedrive:inbox/" + (kind.endsWith("folders") ? "${header.target}?fileName=a.txt"
                : "Inbox?fileName=${header.target}");
        try (SimulatedRoute route = new SimulatedRoute(onedrive(), context -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (kind.startsWith("toD")) {
                    from("direct:target").setHeader(OneDriveConstants.OPERATION, constant("getDrive")).toD(uri);
                } else {
                    from("direct:target").pollEnrich().simple(uri).timeout(0);
                }
            }
        }))) {
            int cached = 1_000;
            for (int i = 0; i < 10_000 / TARGETS; i++) {
                useTargets(route, i * TARGETS);
                onedrive().clearJournal();
            }
            Awaitility.await().untilAsserted(() -> {
                Map<String, Integer> left = census();
                // A cached endpoint with its producer has up to seven objects of a type.
                left.values().removeIf(count -> count <= 8 * cached);
                assertThat(left).isEmpty();
                assertThat(census().get("threads")).isZero();
            });
            long endpoints = route.context().getEndpoints().stream().filter(OneDriveEndpoint.class::isInstance).count();
            assertThat(endpoints).isLessThanOrEqualTo(kind.endsWith("folders") ? 2L * cached : 1);
        }
    }

    @Test
    void names_asTargetsOfToD_shareOneEndpoint() {
        List<String> names = List.of("a b.txt", "100%.txt", "a+b.txt", "a&b=c.txt", "it's.txt", "@home.txt", "#1.txt");
        try (SimulatedRoute route = sending("onedrive:inbox/Inbox?fileName=${header.target}", 0)) {
            for (String name : names) {
                Exchange exchange = route.send("direct:target", name, Map.of("target", name, Exchange.FILE_NAME, name));
                assertThat(exchange.getException()).isNull();
                assertThat(route.holds("/Inbox/" + name, name.getBytes())).isTrue();
            }
            assertThat(route.context().getEndpoints().stream().filter(OneDriveEndpoint.class::isInstance).count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void aConsumerThatCamelLetsGo_stillCompletesItsFile(int cacheSize) {
        onedrive().putFile("/one/a.txt", "1".getBytes());
        onedrive().putFile("/two/a.txt", "2".getBytes());
        onedrive().putFile("/three/a.txt", "3".getBytes());
        try (SimulatedRoute route = route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:target").setHeader("target", constant("one")).to("direct:poll")
                        .setHeader("target", constant("two"))
                        .to("direct:poll").setHeader("target", constant("three")).to("direct:poll");
                from("direct:poll").pollEnrich().simple("onedrive:inbox/${header.target}?fileName=a.txt&delete=true")
                        .timeout(0).cacheSize(cacheSize).convertBodyTo(String.class);
            }
        })) {
            Exchange exchange = route.send("direct:target", null, Map.of());
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("3");
            assertThat(onedrive().paths()).isEmpty();
            assertThat(route.component().getStatus()).isEqualTo(ServiceStatus.Started);
            assertThat(onedrive().requests().stream().map(RecordedRequest::status)).doesNotContain(404);
        }
    }
}
