package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.VerificationFailedException;
import io.github.camelonedrive.upload.journal.FileUploadJournal;
import io.github.camelonedrive.upload.journal.SealedByVault;

import static org.assertj.core.api.Assertions.assertThat;

/** The folder that uploads go to is renamed, moved or made anew in OneDrive while its id is remembered. */
@Tag("C107")
class FolderMovedTest {

    private static final int SMALL = 1000;
    private static final int CHUNK = 320 * 1024;
    private static final int LARGE = 3 * CHUNK;

    @TempDir
    Path directory;

    private final FakeTime time = new FakeTime();
    private OneDriveSimulator onedrive;
    private SimulatedRoute route;

    private void start(UnaryOperator<OneDriveSimulatorBuilder> settings) {
        onedrive = settings.apply(OneDriveSimulator.builder()).start();
        route = new SimulatedRoute(onedrive, time);
        route.component().getConfiguration().setChunkSize(Integer.toString(CHUNK));
        route.component().getConfiguration().setSimpleUploadLimit(Integer.toString(SMALL));
    }

    @AfterEach
    void stop() {
        route.close();
        onedrive.close();
    }

    private UploadResult upload(String folder, String name, int size) throws Exception {
        Exchange exchange = route.upload("onedrive:offsite?folderPath=" + folder, name, SimulatedRoute.content(size));
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.FILE_NAME_PRODUCED)).isEqualTo(folder + "/" + name);
        return exchange.getProperty(OneDriveConstants.UPLOAD_RESULT, UploadResult.class);
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void renamed_laterUploadsLandAtThePath(AccountType account) throws Exception {
        start(builder -> builder.accountType(account));
        upload("/Backups", "a.sql", SMALL);
        onedrive.move("/Backups", "/Old");

        upload("/Backups", "b.sql", SMALL);
        upload("/Backups", "c.sql", LARGE);
        upload("/Backups", "a.sql", SMALL);

        assertThat(onedrive.paths()).contains("/Backups/a.sql", "/Backups/b.sql", "/Backups/c.sql");
        assertThat(onedrive.paths()).as("what went elsewhere is kept").contains("/Old/a.sql", "/Old/b.sql");
        assertThat(onedrive.paths()).as("noticed once").doesNotContain("/Old/c.sql");
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void parentRenamed_laterUploadsLandAtThePath() throws Exception {
        start(builder -> builder);
        upload("/a/b/c", "1.sql", SMALL);
        onedrive.move("/a", "/z");

        upload("/a/b/c", "2.sql", LARGE);

        assertThat(onedrive.paths()).contains("/a/b/c/2.sql", "/z/b/c/1.sql", "/z/b/c/2.sql");
    }

    @Test
    void moved_laterUploadsLandAtThePath() throws Exception {
        start(builder -> builder);
        onedrive.createFolder("/Archive");
        upload("/Backups", "1.sql", SMALL);
        onedrive.move("/Backups", "/Archive/Backups");

        upload("/Backups", "2.sql", SMALL);

        assertThat(onedrive.paths()).contains("/Backups/2.sql", "/Archive/Backups/2.sql");
    }

    @Test
    void movedAndMadeAnew_laterUploadsLandAtThePath() throws Exception {
        start(builder -> builder);
        upload("/Backups", "1.sql", SMALL);
        onedrive.move("/Backups", "/Old");
        onedrive.createFolder("/Backups");

        upload("/Backups", "2.sql", SMALL);

        assertThat(onedrive.paths()).contains("/Backups/2.sql", "/Old/2.sql");
    }

    @Test
    void deletedAndMadeAnew_laterUploadsLandAtThePath() throws Exception {
        start(builder -> builder);
        for (int size : new int[] {SMALL, LARGE}) {
            upload("/Backups", "1.sql", size);
            onedrive.delete("/Backups");
            onedrive.createFolder("/Backups");

            upload("/Backups", "2.sql", size);

            assertThat(onedrive.paths()).containsExactly("/Backups/2.sql");
        }
    }

    @Test
    void renamedDuringASession_theUploadLandsAtThePath() throws Exception {
        start(builder -> builder);
        upload("/Backups", "1.sql", SMALL);
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).run(() -> onedrive.move("/Backups", "/Old")));

        UploadResult result = upload("/Backups", "2.sql", LARGE);

        assertThat(onedrive.paths()).contains("/Backups/2.sql", "/Old/2.sql");
        assertThat(result.item().path()).hasToString("Optional[/Backups/2.sql]");
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void renamedWhileASessionWaitsToBeResumed_theUploadLandsAtThePath() throws Exception {
        start(builder -> builder);
        Vault vault = Vault.create(directory.resolve("vault.json"), MasterKey.generate(directory.resolve("key")));
        route.component().getConfiguration().setUploadJournal(
                new FileUploadJournal(directory.resolve("journal"), new SealedByVault(vault.journalSealer())));
        route.component().getConfiguration().setMaxRetries(0);
        Path file = SimulatedRoute.file(directory, "2.sql", LARGE);
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503));
        assertThat(route.send("onedrive:offsite?folderPath=/Backups", file, Map.of(Exchange.FILE_NAME, "2.sql"))
                .getException()).isNotNull();
        onedrive.move("/Backups", "/Old");

        route.upload("onedrive:offsite?folderPath=/Backups", "2.sql", file);

        assertThat(onedrive.paths()).containsExactly("/Backups/2.sql");
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void renamedAgainAndAgain_fails_andNamesWhereTheItemIs() {
        start(builder -> builder);
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).always().run(() -> onedrive.move("/Backups",
                "/Old-" + onedrive.requests(Step.SIMPLE_UPLOAD).size())));

        Exception failure = route.send("onedrive:offsite?folderPath=/Backups", SimulatedRoute.content(SMALL),
                Map.of(Exchange.FILE_NAME, "1.sql")).getException();

        assertThat(failure).isInstanceOfSatisfying(VerificationFailedException.class, elsewhere -> {
            assertThat(elsewhere.isMismatch()).isFalse();
            assertThat(elsewhere).hasMessageContaining("'/Old-3/1.sql'").hasMessageContaining(elsewhere.item().id());
        });
        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Old-1/1.sql", "/Old-2/1.sql", "/Old-3/1.sql");
    }

    @Test
    void withoutPathsInResponses_itIsNoticedWithinTenMinutes() throws Exception {
        start(OneDriveSimulatorBuilder::withoutParentPaths);
        upload("/Backups", "1.sql", SMALL);
        onedrive.move("/Backups", "/Old");
        time.pass(Duration.ofMinutes(9));
        upload("/Backups", "2.sql", SMALL);
        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Old/1.sql", "/Old/2.sql");

        time.pass(Duration.ofMinutes(1));
        upload("/Backups", "3.sql", SMALL);
        upload("/Backups", "4.sql", SMALL);

        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Old/1.sql", "/Old/2.sql", "/Old/3.sql", "/Backups/3.sql",
                "/Backups/4.sql");
    }

    @Test
    void withoutPathsInResponses_aFolderIsLookedUpOnceInTenMinutes() throws Exception {
        start(OneDriveSimulatorBuilder::withoutParentPaths);
        upload("/Backups", "1.sql", SMALL);
        onedrive.clearJournal();
        for (int minute = 0; minute < 30; minute++) {
            upload("/Backups", "1.sql", SMALL);
            time.pass(Duration.ofMinutes(1));
        }

        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(30);
        assertThat(onedrive.requests(Step.ITEM_LOOKUP)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Backups", "/a/b", "/with space/ü æ#", ""})
    void nothingRenamed_aFileCostsOneRequest(String folder) throws Exception {
        start(builder -> builder);
        upload(folder, "1.sql", SMALL);
        onedrive.clearJournal();

        for (String name : List.of("2.sql", "3.sql", "1.sql")) {
            upload(folder, name, SMALL);
        }
        time.pass(Duration.ofMinutes(30));
        upload(folder.toUpperCase(), "4.sql", SMALL);

        assertThat(onedrive.requests()).hasSize(4);
    }

    @Test
    void severalAtATime_eachLandsAtThePath() throws Exception {
        start(builder -> builder);
        upload("/Backups", "0.sql", SMALL);
        onedrive.move("/Backups", "/Old");
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body()).parallelProcessing()
                        .setHeader(Exchange.FILE_NAME, simple("${body}.sql"))
                        .setBody(exchange -> SimulatedRoute.content(SMALL))
                        .to("onedrive:offsite?folderPath=/Backups");
            }
        });

        assertThat(route.send("direct:in", List.of(1, 2, 3, 4, 5, 6, 7, 8), Map.of()).getException()).isNull();

        assertThat(onedrive.paths()).filteredOn(path -> path.startsWith("/Backups/")).hasSize(8);
    }
}
