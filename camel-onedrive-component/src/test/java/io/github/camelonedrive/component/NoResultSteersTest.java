package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.StoredFile;
import io.github.camelonedrive.transport.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sequences of operations: none touches an item that the route did not name. The exchange is copied after each operation, so
 * that sequences which begin alike share their beginning, and what an operation did is undone before the next.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoResultSteersTest {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOW = "as it is".getBytes(StandardCharsets.UTF_8);
    private static final List<String> FILES = List.of("first.txt", "second.txt", "left.txt", "first-dir/inner.txt",
            "second-dir/inner.txt");
    private static final Set<Step> NO_ITEM = Set.of(Step.TOKEN, Step.DRIVE, Step.USER, Step.CONTENT, Step.COPY_MONITOR);
    private static final Set<Step> LOOKS = Set.of(Step.ITEM_LOOKUP, Step.CHILDREN, Step.SEARCH, Step.CREATE_FOLDER);

    /** Where exchanges come from; the last two leave the name {@code left.txt} on them. */
    enum Source { DIRECT, FILE, ONEDRIVE }

    /** How a route names an item. */
    private enum Naming { ID, PATH, NAME }

    /** An endpoint: the first one, one on another folder of that drive, one on another drive with a folder of that name. */
    private enum Place { SAME, OTHER_FOLDER, OTHER_DRIVE }

    /** Sleeps for nothing, as a copy does between looks. */
    private static final TimeSource IMPATIENT = new TimeSource() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) {
            // It is over at once.
        }
    };

    private final Map<Place, OneDriveSimulator> drives = new EnumMap<>(Place.class);
    private final Map<Place, String> folders = Map.of(Place.SAME, "/Box", Place.OTHER_FOLDER, "/Box2", Place.OTHER_DRIVE,
            "/Box");
    private final Map<Place, String> endpoints = new EnumMap<>(Place.class);
    private final Map<Source, Exchange> starts = new EnumMap<>(Source.class);
    private final Map<String, String> folderIds = new HashMap<>();
    private SimulatedRoute route;
    private ProducerTemplate template;
    private int done;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        OneDriveSimulator one = OneDriveSimulator.builder().start();
        OneDriveSimulator other = OneDriveSimulator.builder().start();
        drives.putAll(Map.of(Place.SAME, one, Place.OTHER_FOLDER, one, Place.OTHER_DRIVE, other));
        route = new SimulatedRoute(one, IMPATIENT);
        template = route.context().createProducerTemplate();
        endpoints.put(Place.SAME, "onedrive:offsite?folderPath=/Box");
        endpoints.put(Place.OTHER_FOLDER, "onedrive:second?folderPath=/Box2");
        endpoints.put(Place.OTHER_DRIVE, "onedrive:third?folderPath=/Box&graphEndpoint=" + other.graphEndpoint()
                + "&loginEndpoint=" + other.loginEndpoint() + "&clientId=RAW(" + other.clientId() + ")&clientSecret=RAW("
                + other.clientSecret() + ")&refreshToken=RAW(" + other.refreshToken() + ")");
        one.putFile("/In/left.txt", NOW);
        restore(one);
        restore(other);
        Files.write(directory.resolve("left.txt"), NOW);
        try (ConsumerTemplate consumer = route.context().createConsumerTemplate()) {
            starts.put(Source.DIRECT, new DefaultExchange(route.context()));
            starts.put(Source.FILE, consumer.receive("file:" + directory + "?noop=true", 20_000).copy());
            starts.put(Source.ONEDRIVE, consumer.receive("onedrive:offsite?folderPath=/In", 20_000).copy());
        }
        assertThat(starts.get(Source.FILE).getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("left.txt");
        assertThat(starts.get(Source.ONEDRIVE).getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("left.txt");
    }

    @AfterAll
    void stop() throws IOException {
        template.close();
        route.close();
        drives.get(Place.SAME).close();
        drives.get(Place.OTHER_DRIVE).close();
    }

    /** The second operation has the item that the route names for it, also where the first one had another. */
    @ParameterizedTest
    @EnumSource
    void allPairsWithANameSetInBetween(Source source) {
        for (Naming firstBy : Naming.values()) {
            for (OneDriveOperation first : OneDriveOperation.values()) {
                Exchange one = run(starts.get(source), first, true, Place.SAME, name(first, "first"), firstBy,
                        Set.of(name(first, "first")));
                for (OneDriveOperation second : one == null ? List.<OneDriveOperation>of() : operations()) {
                    for (Naming secondBy : Naming.values()) {
                        for (Place place : places(second)) {
                            if (second == OneDriveOperation.checkConnection && secondBy != Naming.NAME) {
                                continue;
                            }
                            String name = name(second, "second");
                            run(one, second, false, place, name, secondBy, Set.of(name));
                        }
                    }
                }
            }
        }
        assertThat(done).isGreaterThan(1000);
    }

    /** Later operations have an item only where a name is left that counts for them. */
    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void allTriplesWhoseItemIsNamedOnlyBeforeTheFirst(Source source) {
        for (Naming by : Naming.values()) {
            for (OneDriveOperation first : OneDriveOperation.values()) {
                String name = name(first, "first");
                Exchange one = run(starts.get(source), first, true, Place.SAME, name, by, Set.of(name));
                for (OneDriveOperation second : one == null ? List.<OneDriveOperation>of() : operations()) {
                    for (Place place : places(second)) {
                        Exchange two = run(one, second, false, place, null, null, counting(source, by, name, second, first));
                        for (OneDriveOperation third : two == null ? List.<OneDriveOperation>of() : operations()) {
                            if (places(third).contains(place)) {
                                run(two, third, false, place, null, null, counting(source, by, name, third, first, second));
                            }
                        }
                    }
                }
            }
        }
        assertThat(done).isGreaterThan(1000);
    }

    private static List<OneDriveOperation> operations() {
        return List.of(OneDriveOperation.values());
    }

    /** A connection check takes many requests and no item: one place is enough. */
    private static List<Place> places(OneDriveOperation operation) {
        return operation == OneDriveOperation.checkConnection ? List.of(Place.SAME) : List.of(Place.values());
    }

    private static String name(OneDriveOperation operation, String name) {
        return switch (operation) {
            case list, search, createFolder -> name + "-dir";
            default -> name + ".txt";
        };
    }

    /** What the operation may touch, by what was set, consumed and downloaded before it. */
    private static Set<String> counting(
            Source source, Naming by, String name, OneDriveOperation operation, OneDriveOperation... before) {
        Set<String> names = new HashSet<>();
        boolean takesAnyName = operation == OneDriveOperation.upload || operation == OneDriveOperation.download;
        if (by == Naming.NAME || takesAnyName && before[0] == OneDriveOperation.download) {
            names.add(name);
        }
        if (by != Naming.NAME && source != Source.DIRECT && takesAnyName) {
            names.add("left.txt");
        }
        return names;
    }

    /** @return a copy of the exchange afterwards; null when the operation failed */
    private Exchange run(Exchange before, OneDriveOperation operation, boolean byHeader, Place place, String name, Naming by,
                         Set<String> names) {
        Exchange exchange = before.copy();
        Message message = exchange.getMessage();
        message.setBody("new content");
        String what = (before.getProperty("what", "", String.class) + " " + operation + " " + place + " " + name + " by " + by)
                .strip();
        exchange.setProperty("what", what);
        OneDriveSimulator drive = drives.get(place);
        String folder = folders.get(place);
        inputs(operation).forEach(message::setHeader);
        if (by == Naming.ID) {
            message.setHeader(OneDriveConstants.ITEM_ID, id(place, folder + "/" + name));
        } else if (by != null) {
            message.setHeader(by == Naming.PATH ? OneDriveConstants.PATH : Exchange.FILE_NAME, name);
        }
        if (byHeader) {
            message.setHeader(OneDriveConstants.OPERATION, operation);
        }
        clearJournals();
        template.send(endpoints.get(place) + (byHeader ? "" : "&operation=" + operation), exchange);
        done++;
        check(what, exchange, drive, folder, names, operation);
        undo();
        if (exchange.getException() != null) {
            assertThat(exchange.getException()).as(what).isInstanceOf(OneDriveException.class);
            return null;
        }
        assertThat(message.getHeaders()).as(what).doesNotContainKeys(OneDriveConstants.OPERATION,
                OneDriveConstants.TARGET_PATH, OneDriveConstants.QUERY, OneDriveConstants.VERSION_ID);
        if (operation != OneDriveOperation.getDrive && operation != OneDriveOperation.checkConnection) {
            assertThat(message.getHeaders()).as(what).doesNotContainKeys(OneDriveConstants.ITEM_ID, OneDriveConstants.PATH);
        } else {
            message.removeHeader(OneDriveConstants.ITEM_ID);
            message.removeHeader(OneDriveConstants.PATH);
        }
        return exchange.copy();
    }

    private static Map<String, Object> inputs(OneDriveOperation operation) {
        return switch (operation) {
            case move, copy -> Map.of(OneDriveConstants.TARGET_PATH, "target/x");
            case search -> Map.of(OneDriveConstants.QUERY, "txt");
            case restoreVersion -> Map.of(OneDriveConstants.VERSION_ID, "1.0");
            default -> Map.of();
        };
    }

    private void check(String what, Exchange exchange, OneDriveSimulator drive, String folder, Set<String> names,
                       OneDriveOperation operation) {
        Set<String> touchable = new TreeSet<>();
        names.forEach(name -> touchable.add(folder + "/" + name));
        if (operation == OneDriveOperation.move || operation == OneDriveOperation.copy) {
            touchable.add(folder + "/target/x");
        }
        for (OneDriveSimulator each : Set.copyOf(drives.values())) {
            for (RecordedRequest request : each.requests()) {
                if (!NO_ITEM.contains(request.step())) {
                    assertThat(each).as("%s: on another drive: %s", what, request).isSameAs(drive);
                    assertThat(isAllowed(request, touchable, folder, operation)).as("%s: %s %s", what, request,
                            exchange.getException()).isTrue();
                }
            }
            assertThat(each.violations()).as(what).isEmpty();
        }
    }

    /** Folders are looked at on the way to an item, and to see whether an id is in the endpoint's. */
    private static boolean isAllowed(
            RecordedRequest request, Set<String> touchable, String folder, OneDriveOperation operation) {
        String path = request.itemPath();
        if (operation == OneDriveOperation.checkConnection && path.startsWith("/.onedrive-connection-test")
                || touchable.contains(path)) {
            return true;
        }
        return LOOKS.contains(request.step()) && (Set.of("/", "", folder).contains(path) && !isOfFile(request)
                || touchable.stream().anyMatch(item -> item.startsWith(path + "/")));
    }

    private static boolean isOfFile(RecordedRequest request) {
        return request.itemPath().isEmpty() && request.path().contains("/items/");
    }

    private void clearJournals() {
        drives.get(Place.SAME).clearJournal();
        drives.get(Place.OTHER_DRIVE).clearJournal();
    }

    private void undo() {
        for (OneDriveSimulator drive : Set.copyOf(drives.values())) {
            if (drive.requests().stream()
                    .anyMatch(request -> !request.method().equals("GET") && request.step() != Step.TOKEN)) {
                restore(drive);
            }
        }
    }

    private void restore(OneDriveSimulator drive) {
        Set<String> wanted = new HashSet<>(List.of("/Outside/left.txt", "/Outside/first.txt"));
        if (drive == drives.get(Place.SAME)) {
            wanted.add("/In/left.txt");
        }
        for (String folder : List.of("/Box", "/Box2")) {
            FILES.forEach(name -> wanted.add(folder + "/" + name));
        }
        for (String path : drive.paths()) {
            if (!wanted.contains(path)) {
                drive.delete(path);
            }
        }
        for (String path : wanted) {
            if (drive.file(path).filter(file -> file.size() == NOW.length).isEmpty()) {
                drive.putFile(path, OLD);
                drive.putFile(path, NOW);
            }
        }
    }

    /** Folders keep their ids, because nothing that is undone is done to them. */
    private String id(Place place, String path) {
        return drives.get(place).file(path).map(StoredFile::id).orElseGet(() -> folderIds.computeIfAbsent(place + path,
                key -> {
                    Exchange exchange = new DefaultExchange(route.context());
                    exchange.getMessage().setHeader(OneDriveConstants.PATH, path.substring(folders.get(place).length()));
                    return template.send(endpoints.get(place) + "&operation=getItem", exchange).getMessage()
                            .getHeader(OneDriveConstants.PRODUCED_ITEM_ID, String.class);
                }));
    }
}
