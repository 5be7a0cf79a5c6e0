package io.github.camelonedrive.simulator;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A session from creation to commit, as `graph-contract.md` §3 describes it, used by a client that makes no mistake. */
class UploadSessionTest {
    private static final int UNIT = 320 * 1024;

    private OneDriveSimulator simulator;
    private GraphClient client;

    @BeforeEach
    void start() {
        simulator = OneDriveSimulator.builder().start();
        client = new GraphClient(simulator).signIn();
    }

    @AfterEach
    void stop() {
        assertThat(simulator.violations()).isEmpty();
        simulator.close();
    }

    @Test
    void fragmentsInOrderBecomeAFile() {
        byte[] file = GraphClient.bytes(2 * UNIT + 1);

        HttpResponse<String> last = client.upload(client.session("/x.sql"), file, UNIT);

        assertThat(last.statusCode()).isEqualTo(201);
        assertThat(GraphClient.json(last).path("name").asText()).isEqualTo("x.sql");
        StoredFile stored = simulator.file("/X.SQL").orElseThrow();
        assertThat(stored.bytes()).isEqualTo(file);
        assertThat(GraphClient.json(last).at("/file/hashes/quickXorHash").asText()).isEqualTo(stored.quickXorHash());
        assertThat(simulator.openSessions()).isEmpty();
    }
}
