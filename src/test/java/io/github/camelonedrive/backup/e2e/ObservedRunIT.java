package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code run} as monitoring and an operator's browser see it. */
class ObservedRunIT {

    private static final Pattern ADDRESS = Pattern.compile("Pages: (http://127\\.0\\.0\\.1:\\d+)/");

    private static final Pattern HEALTH = Pattern.compile("Health: (http://127\\.0\\.0\\.1:\\d+)/observe/health,");

    @TempDir
    private Path directory;

    private Installation installation;

    @BeforeEach
    void install() throws Exception {
        installation = new Installation(directory).initialized();
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void healthMetricsAndPageTellHowItFaresWithoutASecret() throws Exception {
        addEnding("soon", 5);
        Path drop = installation.watch("mysql", "/Backups");
        try (Launched run = installation.start("run")) {
            String address = address(run);
            Files.writeString(drop.resolve("shop.sql"), "content");
            run.eventually(() -> assertThat(get(address + "/observe/metrics").body())
                    .contains("onedrive_backup_dumps_total{outcome=\"done\",watch=\"mysql\"} 1.0"));

            HttpResponse<String> health = get(address + "/observe/health");
            JsonNode report = new ObjectMapper().readTree(health.body());
            assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
            assertThat(report.get("status").asText()).isEqualTo("UP");
            assertThat(check(report, "onedrive-credentials").get("message").asText()).contains("'soon'", "in 5 days",
                    "destination update soon");
            assertThat(check(report, "onedrive-credentials").at("/data/soon.daysLeft").asText()).isEqualTo("5");

            String metrics = get(address + "/observe/metrics").body();
            assertThat(metrics).containsPattern(
                    "onedrive_credential_expiry_seconds\\{destination=\"soon\",kind=\"secret\"} \\d")
                    .contains("onedrive_signin_age_seconds{destination=\"offsite\"}",
                            "onedrive_backup_dumps_total{outcome=\"set_aside\",watch=\"mysql\"} 0.0",
                            "onedrive_backup_last_success_seconds{watch=\"mysql\"}",
                            "onedrive_uploads_seconds_count{destination=\"offsite\",outcome=\"success\"} 1",
                            "onedrive_uploads_active{destination=\"offsite\"} 0.0",
                            "onedrive_upload_bytes_total{destination=\"offsite\"} 7.0",
                            "onedrive_upload_retries_total{destination=\"offsite\"} 0.0",
                            "onedrive_upload_resumed_total{destination=\"offsite\"} 0.0",
                            "onedrive_throttled_seconds_total{destination=\"offsite\"} 0.0");

            HttpResponse<String> page = get(address + "/");
            assertThat(page.headers().firstValue("content-security-policy").orElseThrow()).contains("default-src 'none'");
            assertThat(page.body()).contains("<td>offsite</td>", "<td>soon</td>", "5 days left").doesNotContain("<script");
            assertThat(get(address + "/observe/health/live").statusCode()).isEqualTo(200);
            assertThat(get(address + "/nothing").statusCode()).isEqualTo(404);

            assertThat(run.err()).containsOnlyOnce("The client secret of destination 'soon' expires in 5 days");
            assertThat(health.body() + metrics + page.body() + run.err()).doesNotContain(installation.simulator.clientId(),
                    installation.simulator.clientSecret(), installation.simulator.refreshToken());
        }
    }

    @Test
    @Tag("full")
    void anExpiredSecretOfADestinationThatNoWatchUsesIsAWarningOnly() throws Exception {
        addEnding("over", -1);
        Path drop = installation.watch("mysql", "/Backups");
        try (Launched run = installation.start("run")) {
            String address = address(run);
            HttpResponse<String> ready = get(address + "/observe/health/ready");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(check(json(ready), "onedrive-credentials").get("message").asText()).contains("'over'", "expired");
            Files.writeString(drop.resolve("shop.sql"), "content");
            run.eventually(() -> assertThat(drop.resolve(".done/shop.sql")).exists());
        }
    }

    @Test
    @Tag("full")
    void anExpiredSecretOfAWatchIsDownForReadinessOnly() throws Exception {
        installation.watch("mysql", "/Backups");
        installation.expect(0, "destination", "update", "offsite", "--secret-expires",
                LocalDate.now(ZoneOffset.UTC).minusDays(1).toString());
        try (Launched run = installation.start("run")) {
            String address = address(run);
            assertThat(get(address + "/observe/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(address + "/observe/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Tag("full")
    void theLastSuccessIsKnownAfterARestart() throws Exception {
        Path drop = installation.watch("mysql", "/Backups");
        try (Launched run = installation.start("run")) {
            String metrics = address(run) + "/observe/metrics";
            assertThat(get(metrics).body()).contains("onedrive_backup_last_success_seconds{watch=\"mysql\"} 0.0");
            Files.writeString(drop.resolve("shop.sql"), "content");
            run.eventually(() -> assertThat(drop.resolve(".done/shop.sql")).exists());
        }
        try (Launched run = installation.start("run")) {
            assertThat(get(address(run) + "/observe/metrics").body())
                    .containsPattern("onedrive_backup_last_success_seconds\\{watch=\"mysql\"} 1\\.\\d+E9");
        }
    }

    @Test
    void aPortInUseIsSaidAndBackupsGoOn() throws Exception {
        Path drop = installation.watch("mysql", "/Backups");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
             Launched run = installation.start("run", "-D", "backup.console.port=" + taken.getLocalPort())) {
            run.eventually(() -> assertThat(run.err()).contains("can't be listened on", "backup.console.port"));
            Files.writeString(drop.resolve("shop.sql"), "content");
            run.eventually(() -> assertThat(drop.resolve(".done/shop.sql")).exists());
        }
    }

    @Test
    @Tag("full")
    void healthAndMetricsStayWhenThePagesAreSwitchedOff() throws Exception {
        installation.watch("mysql", "/Backups");
        try (Launched run = installation.start("run", "-D", "backup.console.enabled=false")) {
            run.eventually(() -> assertThat(run.err()).containsPattern(HEALTH));
            Matcher health = HEALTH.matcher(run.err());
            assertThat(health.find()).isTrue();
            assertThat(get(health.group(1) + "/observe/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(health.group(1) + "/").statusCode()).isEqualTo(404);
            assertThat(run.err()).doesNotContain("Pages:");
        }
        assertThat(installation.expect(2, "run", "-D", "backup.console.port=70000").err()).contains("backup.console.port");
    }

    @Test
    void nobodyElsesNameAndNoOtherMethodIsServed() throws Exception {
        installation.watch("mysql", "/Backups");
        try (Launched run = installation.start("run", "-D", "backup.console.public-url=https://backup.example.org/")) {
            String address = address(run);
            assertThat(raw(address, "GET / HTTP/1.0\r\nHost: attacker.example\r\n\r\n")).startsWith("HTTP/1.1 403");
            assertThat(raw(address, "GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 403");
            assertThat(raw(address, "GET / HTTP/1.0\r\nHost: backup.example.org\r\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(raw(address, "POST / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 405");
        }
    }

    @Test
    @Tag("full")
    void aSignInLongUnusedIsRenewedAlsoWhereNoWatchUsesIt() throws Exception {
        addEnding("spare", 300);
        installation.watch("mysql", "/Backups");
        Vault vault = vault();
        Instant then = Instant.now().minus(Duration.ofDays(8));
        vault.update("spare", destination -> destination.withSignedIn(then));
        String before = installation.simulator.refreshToken();
        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(run.err()).contains("The sign-in of destination spare was renewed"));
            assertThat(run.err()).doesNotContain("offsite was renewed");
        }
        assertThat(vault.destination("spare").signedIn().orElseThrow()).isAfter(then.plus(Duration.ofDays(7)));
        assertThat(vault.destination("spare").refreshToken().orElseThrow().reveal())
                .isEqualTo(installation.simulator.refreshToken()).isNotEqualTo(before);
    }

    @Test
    @Tag("full")
    void aSignInThatCannotBeRenewedIsSaidAndTheWatchesGoOn() throws Exception {
        Path drop = installation.watch("mysql", "/Backups");
        installation.expect(0, "destination", "add", "dead", "--client-id", installation.simulator.clientId(),
                "--client-secret-file", installation.secret("client-secret", installation.simulator.clientSecret()).toString(),
                "--refresh-token-file", installation.secret("dead-token", UUID.randomUUID().toString()).toString());
        vault().update("dead", destination -> destination.withSignedIn(Instant.now().minus(Duration.ofDays(8))));
        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(run.err()).contains("The sign-in of destination dead", "can't be renewed"));
            Files.writeString(drop.resolve("shop.sql"), "content");
            run.eventually(() -> assertThat(drop.resolve(".done/shop.sql")).exists());
        }
    }

    private Vault vault() throws IOException {
        return Vault.open(directory.resolve("home/vault.json"), MasterKey.resolve(installation.environment, Optional.empty()));
    }

    @Test
    @Tag("full")
    void commandsWarnOnStandardErrorWithinThirtyDays() throws Exception {
        addEnding("soon", 29);
        addEnding("later", 40);

        assertThat(installation.expect(0, "list", "soon", "/").err())
                .contains("Warning: The client secret of destination 'soon'", "in 29 days");
        Path file = Files.writeString(directory.resolve("a.sql"), "a");
        Launched push = installation.expect(0, "push", "soon", file.toString());
        assertThat(push.err()).contains("in 29 days");
        assertThat(push.out()).doesNotContain("29 days");
        assertThat(installation.expect(0, "list", "later", "/").err()).doesNotContain("Warning");
    }

    private void addEnding(String name, int days) throws Exception {
        installation.expect(0, "destination", "add", name, "--client-id", installation.simulator.clientId(),
                "--client-secret-file", installation.secret("client-secret", installation.simulator.clientSecret()).toString(),
                "--refresh-token-file", installation.secret("token", installation.simulator.refreshToken()).toString(),
                "--secret-expires", LocalDate.now(ZoneOffset.UTC).plusDays(days).toString());
    }

    static String address(Launched run) {
        run.eventually(() -> assertThat(run.err()).containsPattern(ADDRESS));
        Matcher matcher = ADDRESS.matcher(run.err());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(String address, String request) throws IOException {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static JsonNode check(JsonNode report, String name) {
        for (JsonNode check : report.get("checks")) {
            if (check.get("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("No check " + name + " in " + report);
    }
}
