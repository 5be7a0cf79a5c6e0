package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.StoredFile;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.ContentStore;
import io.github.camelonedrive.simulator.internal.drive.Hashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where content is, what is known of it, and several uploads at once. */
class ContentTest extends SimulatorTestBase {
    @TempDir
    private Path directory;

    @Test
    void knowsTheHashesOfWhatIsStored() {
        start();
        StoredFile file = simulator.putFile("/a/Hello.txt", "Hello, OneDrive!\n".getBytes());
        assertThat(file.name()).isEqualTo("Hello.txt");
        assertThat(file.path()).isEqualTo("/a/Hello.txt");
        assertThat(file.quickXorHash()).isEqualTo("aSwJG9jwBhaA4AluOQMR5JAGO5Q=");
        assertThat(file.sha256()).isEqualToIgnoringCase("5D06BF4F6CDDA8249360B9DE6D73D6965DA36AF5C41E7E0ADC18F7BA6174A677");
    }

    @Test
    void discardedContentStillHasSizeAndHashes() throws Exception {
        start(builder -> builder.discardContent().computeSha256());
        byte[] file = GraphClient.bytes(2 * UNIT + 5);
        simulator.fault(Fault.on(Step.FRAGMENT).fragment(1).cutWithin(1000));
        String url = client.session("/x");
        client.fragment(url, file, 0, UNIT);
        assertThatThrownBy(() -> client.fragment(url, file, UNIT, UNIT)).isNotNull();
        client.fragment(url, file, UNIT, UNIT);
        client.fragment(url, file, 2 * UNIT, 5);

        StoredFile stored = simulator.file("/x").orElseThrow();
        assertThat(stored.size()).isEqualTo(file.length);
        assertThat(stored.sha256()).isEqualTo(HexFormat.of().formatHex(Hashes.newDigest("SHA-256").digest(file)));
        assertThat(client.get("/me/drive/root:/x").body()).contains(stored.sha256().toUpperCase());
        assertThatThrownBy(stored::bytes).isInstanceOf(IllegalStateException.class).hasMessageContaining("discardContent");
    }

    @Test
    void theOldVersionStaysReadableThroughItsDownloadUrl() {
        start();
        simulator.putFile("/x", new byte[] {1});
        String location = client.get("/me/drive/root:/x:/content").headers().firstValue("Location").orElseThrow();
        simulator.putFile("/x", new byte[] {2});
        assertThat(client.status(location).body()).isEqualTo("\1");
        assertThat(simulator.file("/x").orElseThrow().versionCount()).isEqualTo(2);
    }

    @Test
    void severalClientsUploadAtOnce() {
        start();
        List<Integer> statuses = IntStream.range(0, 8).parallel().map(i -> {
            byte[] file = GraphClient.filled(3 * UNIT + i, i);
            return client.upload(client.session("/f" + i), file, UNIT).statusCode();
        }).boxed().toList();
        assertThat(statuses).containsOnly(201);
        for (int i = 0; i < 8; i++) {
            assertThat(simulator.file("/f" + i).orElseThrow().bytes()).isEqualTo(GraphClient.filled(3 * UNIT + i, i));
        }
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void readersSeeTheOldOrTheNewContentNeverAMixture() {
        start();
        simulator.putFile("/x", GraphClient.filled(100_000, 0));
        Thread writer = new Thread(() -> IntStream.range(1, 30)
                .forEach(i -> client.put("/me/drive/root:/x:/content", GraphClient.filled(100_000, i))));
        writer.start();
        while (writer.isAlive()) {
            byte[] seen = simulator.file("/x").orElseThrow().bytes();
            assertThat(seen).isEqualTo(GraphClient.filled(100_000, seen[0]));
        }
        assertThat(simulator.file("/x").orElseThrow().versionCount()).isEqualTo(30);
    }

    @Test
    void closingDeletesThePrivateDirectory() throws IOException {
        ContentStore store = ContentStore.open(new SimulatorSettings());
        Path file = store.receive().content().file();
        assertThat(file).exists();
        store.close();
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void closingTwiceIsFine() {
        start();
        simulator.close();
        simulator.close();
    }

    @Test
    void foldersAndFilesCanBePutAndDeletedDirectly() {
        start();
        simulator.createFolder("/a/b");
        simulator.putFile("/a/b/c.txt", new byte[1]);
        assertThat(client.get("/me/drive/root:/a/b:/children").body()).contains("c.txt");
        simulator.delete("/A");
        simulator.delete("/A");
        assertThat(simulator.paths()).isEmpty();
        assertThat(Arrays.asList("/a/b", "/a/b/c.txt")).allMatch(path -> simulator.file(path).isEmpty());
    }
}
