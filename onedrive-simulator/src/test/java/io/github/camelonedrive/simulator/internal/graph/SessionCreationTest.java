package io.github.camelonedrive.simulator.internal.graph;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 23–31. */
class SessionCreationTest extends SimulatorTestBase {
    private static final String CREATE = "/me/drive/root:/x.sql:/createUploadSession";
    private static final String REPLACE = GraphClient.behavior("replace");

    @Test
    @Tag("S8")
    void answersAnOpaqueUrlAnExpiryAndTheFirstRange() {
        start();
        JsonNode session = GraphClient.json(client.createSession("/x.sql", REPLACE));
        assertThat(session.path("uploadUrl").asText()).contains("'", "%2B", "&tempauth=");
        assertThat(session.path("nextExpectedRanges").get(0).asText()).isEqualTo("0-");
        assertThat(Instant.parse(session.path("expirationDateTime").asText())).isAfter(Instant.now());
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S24")
    void ignoresAConflictBehaviorOutsideOfItem() {
        start();
        simulator.putFile("/x.sql", new byte[] {1});
        HttpResponse<String> session = client.post(CREATE, "{\"@microsoft.graph.conflictBehavior\":\"fail\"}");
        assertThat(session.statusCode()).isEqualTo(200);
        assertThat(simulator.violations()).anyMatch(v -> v.contains("outside of 'item'"));
        HttpResponse<String> last = client.upload(GraphClient.json(session).path("uploadUrl").asText(), new byte[] {2}, UNIT);
        assertThat(last.statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("S24")
    void theDefaultConflictBehaviorCanBeSwitched() {
        start(builder -> builder.sessionConflictDefault("fail"));
        simulator.putFile("/x.sql", new byte[] {1});
        assertError(client.post(CREATE, "{}"), 409, "nameAlreadyExists");
    }

    @Test
    void failMeetsAnExistingNameAtCreation() {
        start();
        simulator.putFile("/x.sql", new byte[] {1});
        assertError(client.createSession("/X.SQL", GraphClient.behavior("fail")), 409, "nameAlreadyExists");
    }

    @Test
    @Tag("S25")
    void aPersonalDriveWantsTheNameInTheUrl() {
        start();
        String id = simulator.putFile("/x.sql", new byte[1]).id();
        HttpResponse<String> answer =
                client.post("/me/drive/items/" + id + "/createUploadSession", "{\"item\":" + REPLACE + "}");
        assertError(answer, 400, "invalidRequest");
        assertThat(answer.body()).contains("File name not provided in url");
    }

    @Test
    void aBusinessDriveTakesTheIdOfAnExistingFile() {
        start(AccountType.BUSINESS);
        String id = simulator.putFile("/x.sql", new byte[1]).id();
        HttpResponse<String> answer =
                client.post("/me/drive/items/" + id + "/createUploadSession", "{\"item\":" + REPLACE + "}");
        client.upload(GraphClient.json(answer).path("uploadUrl").asText(), new byte[] {7, 7}, UNIT);
        assertThat(simulator.file("/x.sql").orElseThrow().bytes()).containsExactly(7, 7);
    }

    @Test
    @Tag("S26")
    void theNameInTheBodyMustBeTheNameInTheUrl() {
        start();
        String body = "{\"name\":\"%s\",\"@microsoft.graph.conflictBehavior\":\"replace\"}";
        assertThat(client.createSession("/x.sql", body.formatted("x.sql")).statusCode()).isEqualTo(200);
        assertError(client.createSession("/x.sql", body.formatted("y.sql")), 400, "invalidRequest");
    }

    @Test
    @Tag("S27")
    void fileTimesAreAppliedAtCommitInWholeSeconds() {
        start();
        String item = "{\"@microsoft.graph.conflictBehavior\":\"replace\",\"fileSystemInfo\":{"
                + "\"createdDateTime\":\"2026-02-27T10:00:00.5Z\",\"lastModifiedDateTime\":\"2026-02-28T11:22:33.789Z\"}}";
        String url = GraphClient.json(client.createSession("/x.sql", item)).path("uploadUrl").asText();
        JsonNode committed = GraphClient.json(client.upload(url, new byte[1], UNIT));
        assertThat(committed.at("/fileSystemInfo/lastModifiedDateTime").asText()).isEqualTo("2026-02-28T11:22:33Z");
        assertThat(simulator.file("/x.sql").orElseThrow().lastModified()).isEqualTo(Instant.parse("2026-02-28T11:22:33Z"));
        assertThat(simulator.file("/x.sql").orElseThrow().created()).isEqualTo(Instant.parse("2026-02-27T10:00:00Z"));
        assertThat(simulator.file("/x.sql").orElseThrow().versionCount()).isEqualTo(1);
    }

    @Test
    @Tag("S28")
    void anAnnouncedSizeBeyondTheQuotaIs507() {
        start(builder -> builder.quota(1000));
        String item = "{\"fileSize\":%d,\"@microsoft.graph.conflictBehavior\":\"replace\"}";
        assertThat(client.createSession("/x.sql", item.formatted(1000)).statusCode()).isEqualTo(200);
        assertError(client.createSession("/x.sql", item.formatted(1001)), 507, "quotaLimitReached");
    }

    @Test
    void aFileBeyond250GigabytesIsTooLarge() {
        start();
        String item = "{\"fileSize\":268435456001,\"@microsoft.graph.conflictBehavior\":\"replace\"}";
        assertError(client.createSession("/x.sql", item), 400, "invalidRequest", "maxFileSizeExceeded");
    }

    @Test
    @Tag("S29")
    void aBusinessDriveAllowsOneOpenSessionPerName() {
        start(AccountType.BUSINESS);
        String first = client.session("/x.sql");
        assertError(client.createSession("/X.sql", REPLACE), 409, "nameAlreadyExists");
        assertThat(client.createSession("/y.sql", REPLACE).statusCode()).isEqualTo(200);
        client.cancel(first);
        assertThat(client.createSession("/x.sql", REPLACE).statusCode()).isEqualTo(200);
    }

    @Test
    void aPersonalDriveAllowsManySessionsPerName() {
        start();
        client.session("/x.sql");
        client.session("/x.sql");
        assertThat(simulator.openSessions()).hasSize(2).allMatch(session -> session.path().equals("/x.sql"));
    }

    @Test
    @Tag("S30")
    void honoursIfMatchAndIfNoneMatch() {
        start();
        String eTag = simulator.putFile("/x.sql", new byte[1]).eTag();
        String body = "{\"item\":" + REPLACE + "}";
        assertThat(client.send(client.graph(CREATE).header("Content-Type", "application/json").header("if-match", eTag)
                .POST(BodyPublishers.ofString(body))).statusCode()).isEqualTo(200);
        assertError(client.send(client.graph(CREATE).header("if-match", "other").POST(BodyPublishers.ofString(body))),
                412, "resourceModified");
        assertError(client.send(client.graph(CREATE).header("if-none-match", "*").POST(BodyPublishers.ofString(body))),
                412, "resourceModified");
    }

    @Test
    void missingFoldersAre404UnlessSwitchedOn() {
        start();
        assertError(client.createSession("/a/b/x.sql", REPLACE), 404, "itemNotFound");
        simulator.close();
        start(builder -> builder.sessionsCreateMissingFolders());
        assertThat(client.createSession("/a/b/x.sql", REPLACE).statusCode()).isEqualTo(200);
    }

    @Test
    void notesSloppyRequests() {
        start();
        client.post(CREATE, "{\"item\":{\"@odata.type\":\"microsoft.graph.driveItemUploadableProperties\"}}");
        assertError(client.post(CREATE, "{\"item\":" + REPLACE + ",\"deferCommit\":true}"), 400, "notSupported");
        assertThat(simulator.violations())
                .anyMatch(v -> v.contains("without a conflict behavior"))
                .anyMatch(v -> v.contains("@odata.type"))
                .anyMatch(v -> v.contains("deferCommit"));
        assertError(client.post(CREATE, "no json"), 400, "invalidRequest");
    }
}
