package io.github.camelonedrive.simulator.readme;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.StoredFile;

import static org.junit.jupiter.api.Assertions.assertEquals;

class UploadTest {
    @RegisterExtension
    static final OneDriveSimulatorExtension ONEDRIVE = OneDriveSimulatorExtension
            .with(builder -> builder.accountType(AccountType.BUSINESS)).failOnViolations();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void anUploadIsRepeatedAfterAnError(OneDriveSimulator onedrive) throws Exception {
        // Script: the first upload fails.
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(503).header("Retry-After", "0"));

        // Run the client under test. Yours takes these endpoints and secrets as its configuration.
        String token = accessToken(onedrive);
        URI target = URI.create(onedrive.graphEndpoint() + "/me/drive/root:/Backups/dump.sql:/content");
        int status = 503;
        while (status == 503) {
            status = send(HttpRequest.newBuilder(target).header("Authorization", "Bearer " + token)
                    .PUT(BodyPublishers.ofString("select 1;"))).statusCode();
        }

        // Verify what is stored, and what was sent.
        StoredFile stored = onedrive.file("/backups/DUMP.SQL").orElseThrow();   // names are case-insensitive
        assertEquals("/Backups/dump.sql", stored.path());
        assertEquals("select 1;", new String(stored.bytes(), StandardCharsets.UTF_8));
        assertEquals(1, stored.versionCount());
        List<RecordedRequest> uploads = onedrive.requests(Step.SIMPLE_UPLOAD);
        assertEquals(List.of(503, 201), uploads.stream().map(RecordedRequest::status).toList());
    }

    private String accessToken(OneDriveSimulator onedrive) throws Exception {
        String form = "grant_type=refresh_token&client_id=" + onedrive.clientId()
                + "&client_secret=" + URLEncoder.encode(onedrive.clientSecret(), StandardCharsets.UTF_8)
                + "&refresh_token=" + URLEncoder.encode(onedrive.refreshToken(), StandardCharsets.UTF_8);
        String body = send(HttpRequest.newBuilder(URI.create(onedrive.loginEndpoint() + "/common/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))).body();
        return body.replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.header("User-Agent", "NONISV|Example|Backup/1.0").build(), BodyHandlers.ofString());
    }
}
