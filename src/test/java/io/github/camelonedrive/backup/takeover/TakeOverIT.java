package io.github.camelonedrive.backup.takeover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.backup.e2e.Launched;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.UploadSessionView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The state of an earlier version is taken over: nothing is sent twice, delivered again or left open. */
class TakeOverIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long FRAGMENT = 327_680;
    private static final long DUMP = 400_000;

    @TempDir
    private Path directory;

    private EarlierHome earlier;
    private OneDriveSimulator simulator;

    @BeforeEach
    void unpack() throws IOException {
        earlier = EarlierHome.unpack(directory.toRealPath());
        simulator = simulator().start();
    }

    private OneDriveSimulatorBuilder simulator() {
        return OneDriveSimulator.builder().accountType(AccountType.PERSONAL).stateDirectory(directory.resolve("onedrive"))
                .clock(earlier.clock());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void run_sessionsResumedOrCancelledAndNothingSentTwice() throws Exception {
        assertThat(earlier.journal()).hasSize(6);
        assertThat(simulator.openSessions()).extracting(UploadSessionView::path).containsExactlyInAnyOrder(
                "/Backups/resumed.sql", "/Backups/gone.sql", "/Backups/changed.sql", "/Backups/pushed.sql");
        try (Launched run = start("run")) {
            run.eventually(() -> {
                assertThat(pending()).isEmpty();
                assertThat(simulator.openSessions()).extracting(UploadSessionView::path)
                        .containsExactly("/Backups/pushed.sql");
                assertThat(earlier.journal()).hasSize(1);
            });
            run.terminate();
            assertThat(run.exitCode()).as(run.err()).isEqualTo(143);
        }
        assertThat(bytesSent("resumed.sql")).containsExactly(DUMP - FRAGMENT);
        assertThat(bytesSent("changed.sql")).containsExactly(FRAGMENT, DUMP - FRAGMENT);
        assertThat(bytesSent("committed.sql")).isEmpty();
        assertThat(simulator.requests(Step.SIMPLE_UPLOAD)).isEmpty();
        assertThat(simulator.createdSessions()).as("sessions created").isEqualTo(1);
        assertThat(simulator.requests(Step.SESSION_CANCEL)).hasSize(2);
        assertThat(simulator.paths()).contains("/Backups/changed.sql", "/Backups/committed.sql", "/Backups/monday.sql",
                "/Backups/resumed.sql", "/Backups/small.sql", "/Backups/tuesday.sql").doesNotContain("/Backups/gone.sql");
        assertThat(names(earlier.done())).containsExactly("changed.sql", "committed.sql", "monday.sql", "resumed.sql",
                "small.sql", "tuesday.sql");
        for (String name : names(earlier.done())) {
            assertThat(simulator.file("/Backups/" + name).orElseThrow().bytes()).as(name)
                    .isEqualTo(Files.readAllBytes(earlier.done().resolve(name)));
        }
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void push_sessionResumed() throws Exception {
        Path pushed = directory.toRealPath().resolve("elsewhere/pushed.sql");
        try (Launched push = start("push", "offsite", pushed.toString())) {
            assertThat(push.exitCode()).as(push.err()).isZero();
        }
        assertThat(bytesSent("pushed.sql")).containsExactly(DUMP - FRAGMENT);
        assertThat(simulator.createdSessions()).isZero();
        assertThat(simulator.file("/Backups/pushed.sql").orElseThrow().bytes()).isEqualTo(Files.readAllBytes(pushed));
    }

    @Test
    void doneDirectory_isFoundAndNeverUploaded() throws Exception {
        Files.createDirectories(earlier.done().resolve("deeper"));
        for (String name : List.of("monday.sql", "deeper/never-uploaded.sql", "Monday.sql")) {
            Path file = earlier.done().resolve(name);
            if (Files.notExists(file)) {
                Files.writeString(file, "not in OneDrive");
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
        }
        Instant start = Instant.now();
        try (Launched run = start("run")) {
            run.eventually(() -> assertThat(found().keySet()).contains("monday.sql", "tuesday.sql", "Monday.sql",
                    "deeper/never-uploaded.sql"));
            run.eventually(() -> assertThat(pending()).isEmpty());
        }
        found().forEach((name, time) -> assertThat(time).as("%s is found", name).isAfterOrEqualTo(start));
        assertThat(earlier.done().resolve("monday.sql")).as("kept for two days from when it was found").exists();
        assertThat(earlier.done().resolve("deeper/never-uploaded.sql")).exists();
        assertThat(simulator.paths()).doesNotContain("/Backups/never-uploaded.sql", "/Backups/deeper/never-uploaded.sql");
        assertThat(simulator.file("/Backups/monday.sql").orElseThrow().versionCount()).isEqualTo(1);
        assertThat(simulator.file("/Backups/tuesday.sql").orElseThrow().versionCount()).isEqualTo(1);
    }

    /** From the name in {@code .done/} to the time that the record says of a file that lay there when the record began. */
    private Map<String, Instant> found() throws IOException {
        Map<String, Instant> found = new TreeMap<>();
        Path catalogue = earlier.home().resolve("catalogue");
        if (Files.isDirectory(catalogue)) {
            try (Stream<Path> months = Files.list(catalogue)) {
                for (Path month : months.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                    for (String line : Files.readAllLines(month)) {
                        JsonNode entry = JSON.readTree(line);
                        if (entry.path("event").asText().equals("found")) {
                            found.put(entry.path("done").asText(), Instant.parse(entry.path("time").asText()));
                        }
                    }
                }
            }
        }
        return found;
    }

    @Test
    void vault_isReadAndRewrittenInTheCurrentFormat() throws Exception {
        assertThat(vault().path("version").asInt()).isEqualTo(1);
        assertThat(permission()).isEqualTo("all");
        assertThat(vault().path("version").asInt()).as("reading does not write").isEqualTo(1);
        Path token = Files.writeString(directory.resolve("refresh-token"), simulator.refreshToken());
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        succeeds("destination", "update", "offsite", "--refresh-token-file", token.toString());
        assertThat(vault().path("version").asInt()).isEqualTo(2);
        assertThat(permission()).isEqualTo("all");
        Path pushed = directory.toRealPath().resolve("elsewhere/pushed.sql");
        succeeds("push", "offsite", pushed.toString());
        assertThat(bytesSent("pushed.sql")).as("the journal's key is the same").containsExactly(DUMP - FRAGMENT);
    }

    private String permission() throws Exception {
        return JSON.readTree(succeeds("--json", "destination", "show", "offsite")).findPath("permission").asText();
    }

    private JsonNode vault() throws IOException {
        return JSON.readTree(earlier.home().resolve("vault.json").toFile());
    }

    private String succeeds(String... command) throws Exception {
        try (Launched program = start(command)) {
            assertThat(program.exitCode()).as("%s\n%s", List.of(command), program.err()).isZero();
            return program.out();
        }
    }

    @Test
    void idsInAnotherCase_nothingIsSentTwiceOrDeliveredAgain() throws Exception {
        simulator.close();
        simulator = simulator().mixedCaseIds().start();
        consumer_deliversOnlyWhatIsNew();
        assertThat(bytesSent("resumed.sql")).containsExactly(DUMP - FRAGMENT);
        assertThat(bytesSent("committed.sql")).isEmpty();
        assertThat(simulator.requests(Step.SIMPLE_UPLOAD)).isEmpty();
    }

    @Test
    void consumer_deliversOnlyWhatIsNew() throws Exception {
        try (Launched run = start("run")) {
            run.eventually(() -> assertThat(simulator.requests(Step.DELTA)).hasSizeGreaterThan(2));
            simulator.putFile("/Inbox/order-3.xml", "new".getBytes());
            run.eventually(() -> assertThat(run.err()).contains("delivered order-3.xml"));
            int polls = simulator.requests(Step.DELTA).size();
            run.eventually(() -> assertThat(simulator.requests(Step.DELTA)).hasSizeGreaterThan(polls + 2));
            assertThat(run.err().lines().filter(line -> line.contains("delivered "))).hasSize(1);
            run.eventually(() -> assertThat(pending()).isEmpty());
        }
    }

    // --- the current program, which sees the simulator under its port of then ---

    private Launched start(String... command) throws IOException {
        Path settings = Files.write(directory.resolve("settings.properties"), List.of(
                "camel.component.onedrive.graph-endpoint = http://127.0.0.1:" + earlier.port() + "/v1.0",
                "camel.component.onedrive.login-endpoint = http://127.0.0.1:" + earlier.port(),
                "camel.component.onedrive.proxy-host = 127.0.0.1",
                "camel.component.onedrive.proxy-port = " + simulator.graphEndpoint().getPort(),
                "camel.component.onedrive.simple-upload-limit = 307200",
                "camel.component.onedrive.chunk-size = 327680",
                "backup.console.enabled = false",
                "backup.routes = " + routes(),
                "backup.watch.dumps.directory = " + earlier.drop(),
                "backup.watch.dumps.destination = offsite",
                "backup.watch.dumps.folder = /Backups",
                "backup.watch.dumps.quiet-period = 200ms",
                "backup.watch.dumps.delete-after = 2d"));
        List<String> arguments = new ArrayList<>(List.of("--home", earlier.home().toString(), "--config",
                settings.toString()));
        arguments.addAll(List.of(command));
        return Launched.start(directory, Map.of("PATH", System.getenv("PATH"), "ONEDRIVE_VAULT_KEY_FILE",
                earlier.key().toString()), arguments);
    }

    private Path routes() throws IOException {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        Files.writeString(routes.resolve("watch.camel.yaml"),
                Files.readString(Launched.LAUNCHER.resolveSibling("routes/watch.camel.yaml")));
        Files.writeString(routes.resolve("inbox.camel.yaml"), """
                - route:
                    id: inbox
                    from:
                      uri: onedrive:offsite
                      parameters:
                        folderPath: /Inbox
                        recursive: true
                        stateDirectory: %s
                        delay: 200
                      steps:
                        - log:
                            message: "delivered ${header.CamelFileName}"
                            loggingLevel: WARN
                """.formatted(directory.toRealPath().resolve("feeds")));
        return routes;
    }

    private List<Long> bytesSent(String name) {
        return simulator.requests(Step.FRAGMENT).stream().filter(request -> request.itemPath().equals("/Backups/" + name))
                .map(RecordedRequest::bodyLength).toList();
    }

    private List<String> pending() throws IOException {
        return names(earlier.drop());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
