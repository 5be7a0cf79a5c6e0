package io.github.camelonedrive.backup.e2e;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Health of {@code run} while dumps cannot be stored, and its log: one WARN when that begins, one line when it is over. */
@Tag("full")
class TruthfulHealthIT {

    @TempDir
    private Path directory;

    private final AtomicBoolean down = new AtomicBoolean();

    private Installation installation;
    private Path drop;

    private void install(OneDriveSimulator simulator) throws Exception {
        installation = new Installation(directory, simulator).initialized();
        installation.setting("camel.component.onedrive.max-retries", 0);
        installation.setting("backup.health.after", "3s");
        drop = installation.watch("mysql", "/Backups");
    }

    private void install() throws Exception {
        install(OneDriveSimulator.builder().port(0).start());
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void aServiceThatIsDown_isPassing() throws Exception {
        install();
        installation.simulator.fault(Fault.onAny().always().when(request -> down.get()).answer(503));
        down.set(true);
        try (Launched run = installation.start("run")) {
            String address = ObservedRunIT.address(run);
            Files.writeString(drop.resolve("shop.sql"), "content");
            down(run, address, "Destination offsite, since ");
            assertThat(run.err()).containsOnlyOnce("WARN  Destination offsite: ");
            assertThat(metrics(address)).contains("onedrive_backup_ready{watch=\"mysql\"} 0.0",
                    "onedrive_backup_troubles{destination=\"offsite\",kind=\"unreachable\",watch=\"\"} 1.0");

            down.set(false);
            up(run, address);
            assertThat(run.err()).containsOnlyOnce("It is reached again");
        }
    }

    @Test
    void aRevokedGrant_isLasting() throws Exception {
        install();
        installation.setting("backup.health.after", "1h");
        installation.simulator.revokeGrant();
        try (Launched run = installation.start("run")) {
            String address = ObservedRunIT.address(run);
            Files.writeString(drop.resolve("shop.sql"), "content");
            down(run, address, "Microsoft refused the sign-in");
            assertThat(run.err()).containsOnlyOnce("WARN  Destination offsite: ");
            assertThat(metrics(address)).contains("kind=\"sign_in_refused\"");
        }
    }

    @Test
    void anUnknownClient_isLasting() throws Exception {
        install();
        installation.setting("backup.health.after", "1h");
        installation.expect(0, "destination", "add", "elsewhere", "--client-id", UUID.randomUUID().toString(),
                "--client-secret-file", installation.secret("client-secret", installation.simulator.clientSecret()).toString(),
                "--refresh-token-file", installation.secret("token", installation.simulator.refreshToken()).toString());
        installation.setting("backup.watch.mysql.destination", "elsewhere");
        try (Launched run = installation.start("run")) {
            String address = ObservedRunIT.address(run);
            Files.writeString(drop.resolve("shop.sql"), "content");
            down(run, address, "Destination elsewhere, since ");
            assertThat(metrics(address)).contains("kind=\"client_refused\"");
        }
    }

    @Test
    void aFullDrive_isLastingUntilTheDumpFits() throws Exception {
        install();
        installation.setting("backup.health.after", "1h");
        installation.simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).always()
                .when(request -> down.get() && request.path().contains("shop")).answer(507).error("quotaLimitReached"));
        down.set(true);
        try (Launched run = installation.start("run")) {
            String address = ObservedRunIT.address(run);
            Files.writeString(drop.resolve("shop.sql"), "content");
            down(run, address, "The drive is full");
            Files.writeString(drop.resolve("small.sql"), "c");
            run.eventually(() -> assertThat(drop.resolve(".done/small.sql")).exists());
            assertThat(ready(address).statusCode()).isEqualTo(503);
            assertThat(metrics(address)).contains("kind=\"drive_full\"");

            down.set(false);
            up(run, address);
            assertThat(run.err()).containsOnlyOnce("WARN  Destination offsite: ").contains("The drive has room again");
        }
    }

    @Test
    void aDestinationThatWasNeverAuthorized_isKnownWithoutADump() throws Exception {
        install();
        installation.setting("backup.health.after", "1h");
        installation.expect(0, "destination", "add", "fresh", "--client-id", installation.simulator.clientId(),
                "--client-secret-file", installation.secret("client-secret", installation.simulator.clientSecret()).toString());
        installation.setting("backup.watch.mysql.destination", "fresh");
        try (Launched run = installation.start("run")) {
            String address = ObservedRunIT.address(run);
            down(run, address, "onedrive-backup authorize fresh");
            assertThat(installation.simulator.requests()).isEmpty();

            installation.expect(0, "destination", "update", "fresh", "--refresh-token-file",
                    installation.secret("token", installation.simulator.refreshToken()).toString());
            up(run, address);
            assertThat(run.err()).containsOnlyOnce("WARN  Destination fresh: ").containsOnlyOnce("It is authorized now.");
        }
    }

    @Test
    void aDestinationThatNoWatchUses_neverMakesItDown() throws Exception {
        install();
        installation.expect(0, "destination", "add", "unused", "--client-id", UUID.randomUUID().toString());
        installation.expect(0, "destination", "add", "over", "--client-id", installation.simulator.clientId(),
                "--client-secret-file", installation.secret("client-secret", installation.simulator.clientSecret()).toString(),
                "--secret-expires", "2026-01-01");
        try (Launched run = installation.start("run")) {
            String address = ObservedRunIT.address(run);
            Files.writeString(drop.resolve("shop.sql"), "content");
            run.eventually(() -> assertThat(drop.resolve(".done/shop.sql")).exists());
            assertThat(ready(address).statusCode()).as(ready(address).body()).isEqualTo(200);
        }
    }

    @Test
    void aDirectoryThatIsGone_isReportedOnceAndOnceWhenItIsBack() throws Exception {
        install();
        try (Launched run = installation.start("run")) {
            String address = ObservedRunIT.address(run);
            assertThat(ready(address).statusCode()).isEqualTo(200);
            Path away = Files.move(drop, directory.resolve("away"));
            down(run, address, "The directory " + drop + " is gone.");
            assertThat(metrics(address)).contains("kind=\"directory_gone\"", "onedrive_backup_ready{watch=\"mysql\"} 0.0");

            Files.move(away, drop);
            up(run, address);
            Files.writeString(drop.resolve("shop.sql"), "content");
            run.eventually(() -> assertThat(drop.resolve(".done/shop.sql")).exists());
            assertThat(run.err()).containsOnlyOnce("WARN  mysql: The directory " + drop + " is gone.")
                    .containsOnlyOnce("mysql: The directory is there again.");
        }
    }

    @Test
    void aLinkThatIsRetargeted_isReportedOnceAndOnceWhenItIsBack() throws Exception {
        install();
        Path link = Files.createSymbolicLink(directory.resolve("link"), drop);
        Path other = Files.createDirectory(directory.resolve("other"));
        installation.setting("backup.watch.mysql.directory", link);
        try (Launched run = installation.start("run")) {
            String address = ObservedRunIT.address(run);
            Files.delete(link);
            Files.createSymbolicLink(link, other);
            down(run, address, "leads to another directory");

            Files.delete(link);
            Files.createSymbolicLink(link, drop);
            up(run, address);
            assertThat(run.err()).containsOnlyOnce("leads to another directory now")
                    .containsOnlyOnce("The directory is the one that the watch began with again.");
        }
    }

    private void down(Launched run, String address, String reason) throws Exception {
        run.eventually(() -> assertThat(ready(address).statusCode()).isEqualTo(503));
        JsonNode watch = check(ready(address));
        assertThat(watch.get("status").asText()).as(watch.toString()).isEqualTo("DOWN");
        assertThat(watch.get("message").asText()).contains(reason, "since 20");
        assertThat(ObservedRunIT.get(address + "/observe/health/live").statusCode()).isEqualTo(200);
    }

    private void up(Launched run, String address) throws Exception {
        run.eventually(() -> assertThat(ready(address).statusCode()).isEqualTo(200));
        assertThat(check(ready(address)).get("status").asText()).isEqualTo("UP");
    }

    private static HttpResponse<String> ready(String address) throws Exception {
        return ObservedRunIT.get(address + "/observe/health/ready");
    }

    private static String metrics(String address) throws Exception {
        return ObservedRunIT.get(address + "/observe/metrics").body();
    }

    private static JsonNode check(HttpResponse<String> response) throws Exception {
        for (JsonNode check : new ObjectMapper().readTree(response.body()).get("checks")) {
            if (check.get("name").asText().equals("watch-mysql")) {
                return check;
            }
        }
        throw new AssertionError("No check watch-mysql in " + response.body());
    }
}
