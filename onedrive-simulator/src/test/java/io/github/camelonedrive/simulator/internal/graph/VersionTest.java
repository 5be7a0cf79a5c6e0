package io.github.camelonedrive.simulator.internal.graph;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.StoredFile;

import static org.assertj.core.api.Assertions.assertThat;

/** The versions of a file. */
class VersionTest extends SimulatorTestBase {
    private static final String VERSIONS = "/me/drive/root:/x:/versions";

    private final AdjustableClock clock = AdjustableClock.stopped();
    @TempDir
    private Path directory;

    private void startWithVersions(AccountType type, int count) {
        start(builder -> builder.accountType(type).clock(clock).stateDirectory(directory));
        for (int i = 1; i <= count; i++) {
            simulator.putFile("/x", new byte[i]);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private static List<String> ids(JsonNode versions) {
        List<String> ids = new ArrayList<>();
        versions.forEach(version -> ids.add(version.path("id").asText()));
        return ids;
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void listsThemNewestFirstAndReadsAnOldOne(AccountType type) {
        startWithVersions(type, 3);
        JsonNode versions = GraphClient.json(client.get(VERSIONS)).path("value");
        assertThat(ids(versions)).containsExactly("3.0", "2.0", "1.0");
        assertThat(versions.findValuesAsText("size")).containsExactly("3", "2", "1");
        assertThat(versions.at("/0/lastModifiedDateTime").asText())
                .isGreaterThan(versions.at("/1/lastModifiedDateTime").asText());
        assertThat(versions.toString()).doesNotContain("hash");
        HttpResponse<String> redirect = client.get(VERSIONS + "/2.0/content");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(client.status(redirect.headers().firstValue("Location").orElseThrow()).body()).hasSize(2);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void restoringMakesTheOldContentTheNewestVersion() {
        startWithVersions(AccountType.BUSINESS, 2);
        String before = simulator.file("/x").orElseThrow().eTag();
        assertThat(client.post(VERSIONS + "/1.0/restoreVersion", "").statusCode()).isEqualTo(204);
        StoredFile file = simulator.file("/x").orElseThrow();
        assertThat(file.size()).isEqualTo(1);
        assertThat(file.versionCount()).isEqualTo(3);
        assertThat(file.eTag()).isNotEqualTo(before);
        assertThat(GraphClient.json(client.get("/me/drive/root")).path("size").asInt()).isEqualTo(1);
        JsonNode versions = GraphClient.json(client.get(VERSIONS));
        simulator.close();
        start(builder -> builder.accountType(AccountType.BUSINESS).clock(clock).stateDirectory(directory));
        assertThat(GraphClient.json(client.get(VERSIONS))).isEqualTo(versions);
    }

    @Test
    void pagesWhereThereAreMany() {
        startWithVersions(AccountType.BUSINESS, 5);
        JsonNode page = GraphClient.json(client.get(VERSIONS + "?$top=3"));
        assertThat(ids(page.path("value"))).containsExactly("5.0", "4.0", "3.0");
        String next = page.path("@odata.nextLink").asText().replace(simulator.graphEndpoint().toString(), "");
        JsonNode last = GraphClient.json(client.get(next));
        assertThat(ids(last.path("value"))).containsExactly("2.0", "1.0");
        assertThat(last.has("@odata.nextLink")).isFalse();
    }

    @Test
    void refusesWhatIsNotThere() {
        startWithVersions(AccountType.BUSINESS, 2);
        simulator.createFolder("/d");
        assertError(client.get("/me/drive/root:/d:/versions"), 400, "invalidRequest");
        assertError(client.get(VERSIONS + "/3.0/content"), 404, "itemNotFound");
        assertError(client.get(VERSIONS + "/none/content"), 404, "itemNotFound");
        assertError(client.post(VERSIONS + "/0.0/restoreVersion", ""), 404, "itemNotFound");
        assertError(client.send(client.graph(VERSIONS + "/1.0/restoreVersion").header("if-match", "older")
                .POST(HttpRequest.BodyPublishers.noBody())), 412, "resourceModified");
        assertThat(simulator.file("/x").orElseThrow().versionCount()).isEqualTo(2);
    }
}
