package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an operator may make of the route of a watch, and what that does to dumps. */
class WatchedRoutesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UPLOAD = """
                    - to:
                        uri: onedrive:{{destination}}
                        parameters:
                          folderPath: "%s"
            """;

    @TempDir
    private Path directory;

    private final List<DumpEvent> events = new CopyOnWriteArrayList<>();
    private final Troubles troubles = new Troubles(InstantSource.system());
    private final Map<String, String> values = new LinkedHashMap<>();
    private OneDriveSimulator simulator;
    private Path drop;
    private BackupService service;
    private String other = "";
    private String limit = "";

    @BeforeEach
    void start() throws Exception {
        simulator = OneDriveSimulator.builder().start();
        drop = Files.createDirectory(directory.resolve("drop"));
        values.put("camel.component.onedrive.graph-endpoint", simulator.graphEndpoint().toString());
        values.put("camel.component.onedrive.login-endpoint", simulator.loginEndpoint().toString());
        values.put("backup.watch.w.directory", drop.toString());
        values.put("backup.watch.w.destination", "offsite");
        values.put("backup.watch.w.quiet-period", "50ms");
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        simulator.close();
    }

    private static String upload(String folder) {
        return UPLOAD.formatted(folder);
    }

    /** Starts a watch whose route has these steps. */
    private void run(String... steps) throws Exception {
        Path route = Files.writeString(directory.resolve("watch.camel.yaml"), """
                - errorHandler:
                    noErrorHandler: {}
                - routeTemplate:
                    id: watch
                    parameters:
                      - name: name
                      - name: directory
                      - name: destination
                      - name: folder
                        required: false
                      - name: recursive
                        defaultValue: "false"
                    from:
                      uri: file:{{directory}}
                      parameters:
                        recursive: "{{recursive}}"
                        processStrategy: "#dumpProcessStrategy-{{name}}"
                        initialDelay: 0
                        delay: 20
                %s      steps:
                        - process:
                            ref: onedriveCredentials
                """.formatted(limit) + String.join("", steps) + other);
        Home home = Home.locate(Optional.of(directory.resolve("home")), Map.of(), directory);
        home.create();
        service = BackupService.start(Settings.of(directory, values), home, new EncryptedCredentialProcessor(vault(home)),
                List.of(route), events::add, event -> { }, troubles);
    }

    private Vault vault(Home home) throws IOException {
        Vault vault = Vault.create(home.vaultFile(), MasterKey.generate(directory.resolve("key")));
        vault.add(new Destination("offsite", Secret.of(simulator.clientId()),
                new ClientCredential.ClientSecret(Secret.of(simulator.clientSecret())),
                Optional.of(Secret.of(simulator.refreshToken())), "common", Cloud.GLOBAL, "/Backups", DriveSelector.ME,
                Optional.empty(), Optional.empty()));
        return vault;
    }

    private <T extends DumpEvent> T await(Class<T> type) {
        Awaitility.await().atMost(PATIENCE).until(() -> events.stream().anyMatch(type::isInstance));
        return events.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    @Test
    void dump_isProvenAndPutAway() throws Exception {
        run(upload("/Backups"));
        Path dump = Files.writeString(drop.resolve("a#%&+'é😀.sql"), "content");
        await(DumpEvent.Done.class);
        assertThat(dump).doesNotExist();
        assertThat(simulator.file("/Backups/a#%&+'é😀.sql")).isPresent();
    }

    @Test
    void settingsOfTheFileComponent_areAccepted() throws Exception {
        values.put("camel.component.file.bridge-error-handler", "true");
        run(upload("/Backups"));
        Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Done.class);
    }

    @Test
    void directoryWithAnyName_isWatched() throws Exception {
        drop = Files.createDirectory(directory.resolve("what? a #drop%20 & more+é"));
        values.put("backup.watch.w.directory", drop.toString());
        run(upload("/Backups"));
        Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Done.class);
        assertThat(simulator.file("/Backups/a.sql")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant: oops", "simple: \"${body}-more\"", "constant: \"\""})
    void routeThatSendsSomethingElse_sendsNothingAndTheDumpIsHeld(String body) throws Exception {
        simulator.putFile("/Backups/a.sql", "yesterday's good dump".getBytes());
        run("        - setBody:\n                " + body + "\n", upload("/Backups"));
        Path dump = Files.writeString(drop.resolve("a.sql"), "content");
        assertThat(await(DumpEvent.Held.class).remedy()).contains("content=changed");
        assertThat(dump).hasContent("content");
        assertThat(new String(simulator.file("/Backups/a.sql").orElseThrow().bytes())).isEqualTo("yesterday's good dump");
    }

    @Test
    void convertedBodyOfTheSameBytes_isNotTheDump() throws Exception {
        run("        - convertBodyTo:\n                type: byte[]\n", upload("/Backups"));
        Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Held.class);
    }

    @Test
    void contentThatIsChangedOnPurpose_isDone() throws Exception {
        values.put("backup.watch.w.content", "changed");
        run("        - setBody:\n                simple: \"${substring(0,4)}\"\n",
                "        - setHeader:\n                name: CamelFileName\n                simple: \"${file:name}.short\"\n",
                upload("/Backups"));
        Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Done.class);
        assertThat(new String(simulator.file("/Backups/a.sql.short").orElseThrow().bytes())).isEqualTo("con");
        try (Stream<Path> months = Files.list(directory.resolve("home/catalogue"))) {
            assertThat(months.filter(month -> month.toString().endsWith(".jsonl")).findFirst().orElseThrow()).content()
                    .contains("\"size\":7").contains("\"sentSize\":3");
        }
    }

    @Test
    void twoUploads_areDoneTogetherAndARetrySendsOnlyWhatIsMissing() throws Exception {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).when(request -> simulator.paths().contains("/First/a.sql")).answer(403).error("accessDenied"));
        run(upload("/First"), upload("/Second"));
        Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Done.class);
        assertThat(events).anyMatch(DumpEvent.Postponed.class::isInstance);
        assertThat(simulator.file("/First/a.sql")).isPresent();
        assertThat(simulator.file("/Second/a.sql")).isPresent();
        assertThat(simulator.requests(Step.SIMPLE_UPLOAD)).as("one to the first, two to the second").hasSize(3);
    }

    @Test
    void stepThatFailsAfterTheProof_isReportedAndTheDumpIsDone() throws Exception {
        run(upload("/Backups"), "        - throwException:\n                message: The webhook is dead.\n"
                + "                exceptionType: java.io.IOException\n");
        Path dump = Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Done.class);
        assertThat(dump).doesNotExist();
        assertThat(troubles.current()).extracting(Trouble::kind).containsExactly(TroubleKind.STEP_FAILED);
    }

    @Test
    void stepThatFailsBetweenTwoUploads_keepsTheDump() throws Exception {
        run(upload("/First"), "        - throwException:\n                message: No way on.\n"
                + "                exceptionType: java.io.IOException\n", upload("/Second"));
        Path dump = Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Postponed.class);
        assertThat(dump).exists();
    }

    @Test
    void stepThatFailsBetweenTwoUploadsOfAnotherRoute_keepsTheDump() throws Exception {
        other = """
                - route:
                    from:
                      uri: direct:two
                      steps:
                """ + upload("/First").replace("{{destination}}", "offsite") + "        - throwException:\n"
                + "            message: No way on.\n            exceptionType: java.io.IOException\n"
                + upload("/Second").replace("{{destination}}", "offsite");
        run("        - to:\n            uri: direct:two\n");
        Path dump = Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Postponed.class);
        assertThat(dump).exists();
    }

    @Test
    void fewerMessagesAtAPoll_leaveNoDumpBehind() throws Exception {
        limit = "        maxMessagesPerPoll: 2\n";
        for (int number = 0; number < 7; number++) {
            Files.writeString(drop.resolve(number + ".sql"), "content");
        }
        run(upload("/Backups"));
        Awaitility.await().atMost(PATIENCE).until(() -> simulator.paths().size() == 7);
    }

    @Test
    void routeThatRemovesAllProperties_leavesNoDumpBehind() throws Exception {
        run(upload("/Backups"), "        - removeProperties:\n            pattern: \"*\"\n");
        Path dump = Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Done.class);
        assertThat(dump).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "size"})
    void uploadThatProvesNothing_isRefusedAtTheStart(String verify) throws Exception {
        assertThatThrownBy(() -> run(upload("/First"), upload("/Second") + "              verify: " + verify + "\n"))
                .isInstanceOf(BackupException.class).hasMessageContaining("verify=" + verify);
    }

    @Test
    void uploadThatMayBeIgnored_isRefusedAtTheStart() {
        assertThatThrownBy(() -> run(upload("/First") + "              fileExist: Ignore\n"))
                .isInstanceOf(BackupException.class).hasMessageContaining("fileExist=Ignore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify=none", "fileExist=Ignore"})
    void uploadThatProvesNothing_isSeenWhereTheStartCannot(String option) throws Exception {
        simulator.putFile("/Backups/a.sql", "other".getBytes());
        run("        - toD:\n                uri: \"onedrive:offsite?folderPath=/Backups&" + option + "\"\n");
        Path dump = Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Postponed.class);
        assertThat(dump).exists();
    }

    @Test
    void errorInAPoll_doesNotEndTheWatch() throws Exception {
        run(upload("/Backups"));
        Path aside = Files.move(drop, directory.resolve("aside"));
        Awaitility.await().atMost(PATIENCE).until(() -> !troubles.current().isEmpty());
        Files.move(aside, drop);
        Files.writeString(drop.resolve("a.sql"), "content");
        await(DumpEvent.Done.class);
        assertThat(troubles.current()).isEmpty();
    }
}
