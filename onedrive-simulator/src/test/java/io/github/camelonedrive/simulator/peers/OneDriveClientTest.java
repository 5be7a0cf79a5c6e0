package io.github.camelonedrive.simulator.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second client that nobody here wrote: Debian's onedrive, unmodified, keeps directories and the simulator's drive the same.
 * It deletes local files when a response lacks what the service sends.
 */
@Tag("full")
class OneDriveClientTest extends PeerTestBase {
    private static final Instant MODIFIED = Instant.parse("2026-02-28T11:22:33Z");
    /** More than two of its fragments of 10 MiB. */
    private static final int LARGE = 25_000_000;
    private static final int PAGE_OF_CHANGES = 200;

    /** What 2.4.23 does that a good client does not do. */
    private static final String[] KNOWN_MANNERS = {
        "upload session without a conflict behavior", "percent-encoded slashes between the names of a path",
        "started over without the Location of the 410 answer",
        // Only where it looks whether there is a network.
        "undecorated User-Agent 'Phobos-std.net.curl/2.100 (libcurl/7.88.1)'; use NONISV|Company|Application/Version"};

    @TempDir
    private Path directory;
    private OneDriveClient first;

    @BeforeAll
    static void saysWhatGoesUntested() {
        OneDriveClient.PROGRAM.warnIfMissing();
    }

    @BeforeEach
    void needsTheProgram() throws IOException {
        OneDriveClient.assumeUsable();
    }

    private void startWithClient(AccountType type) throws Exception {
        startForPeer(type, builder -> builder.publicClient().clientId(OneDriveClient.CLIENT_ID));
        first = newClient("first");
    }

    private OneDriveClient newClient(String name) throws IOException {
        return new OneDriveClient(simulator, proxy, Files.createDirectory(directory.resolve(name)));
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = first.files().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    }

    private void writeFiles() throws IOException {
        write("empty", new byte[0]);
        write("small.txt", GraphClient.bytes(17));
        write("with space #1 100%.txt", GraphClient.bytes(1000));
        write("deep/er/a+b & c=d;'[1].sql", GraphClient.bytes(2000));
        write("deep/%41 ü 日本😀.sql", GraphClient.bytes(3000));
        write("deep/café.sql", GraphClient.bytes(4000));
        write("large.bin", GraphClient.bytes(LARGE));
        Files.createDirectory(first.files().resolve("empty folder"));
    }

    /** Relative path to content, folders included. */
    private static Map<String, Integer> local(OneDriveClient client) {
        try (Stream<Path> all = Files.walk(client.files())) {
            return all.filter(file -> !file.equals(client.files())).collect(Collectors.toMap(
                    file -> "/" + client.files().relativize(file), OneDriveClientTest::fingerprint, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int fingerprint(Path file) {
        try {
            return Files.isDirectory(file) ? -1 : Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> files(OneDriveClient client) {
        Map<String, Integer> files = local(client);
        files.keySet().removeIf(path -> Files.isDirectory(client.files().resolve(path.substring(1))));
        return files;
    }

    private Map<String, Integer> remote() {
        return simulator.paths().stream().collect(Collectors.toMap(path -> path,
                path -> Arrays.hashCode(simulator.file(path).orElseThrow().bytes()), (a, b) -> a, TreeMap::new));
    }

    private void assertSame(OneDriveClient client) {
        assertThat(files(client)).isEqualTo(remote());
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSONAL", "PERSONAL_LEGACY", "BUSINESS"})
    void keepsDirectoriesAndADriveTheSame(AccountType type) throws Exception {
        startWithClient(type);
        uploads();
        takesRemoteChanges();
        keepsAllWhenItForgets();
        propagatesDeletions();
        aSecondDirectoryBecomesTheSame();
        assertThat(proxy.asked()).contains("graph.microsoft.com", "login.microsoftonline.com")
                .isSubsetOf(Stream.concat(HOSTS.stream(), Stream.of("api.github.com")).collect(Collectors.toSet()));
        assertThat(manners()).isSubsetOf(KNOWN_MANNERS);
    }

    private void uploads() throws Exception {
        writeFiles();
        Map<String, Integer> written = local(first);
        first.synchronize("--upload-only");
        assertSame(first);
        assertThat(local(first)).isEqualTo(written);
        for (String path : simulator.paths()) {
            assertThat(simulator.file(path).orElseThrow().lastModified()).as(path).isEqualTo(MODIFIED);
        }
        assertThat(simulator.openSessions()).isEmpty();
        assertThat(simulator.requests(Step.FRAGMENT)).filteredOn(request -> request.itemPath().equals("/large.bin")).hasSize(3);
    }

    private void takesRemoteChanges() throws Exception {
        assertNothingSent(() -> first.synchronize());
        simulator.putFile("/deep/er/more/new ü.sql", GraphClient.bytes(5000));
        simulator.putFile("/small.txt", GraphClient.bytes(18));
        simulator.move("/deep/café.sql", "/deep/er/moved.sql");
        simulator.delete("/with space #1 100%.txt");
        for (int i = 0; i <= PAGE_OF_CHANGES; i++) {
            simulator.putFile("/many/%03d".formatted(i), new byte[] {(byte) i});
        }
        first.synchronize();
        assertSame(first);
        assertThat(first.files().resolve("empty folder")).isEmptyDirectory();
        assertNothingSent(() -> first.synchronize());
    }

    /** A full enumeration, in which each item is known already. */
    private void keepsAllWhenItForgets() throws Exception {
        Map<String, Integer> before = local(first);
        assertNothingSent(() -> first.synchronize("--resync", "--resync-auth"));
        assertThat(local(first)).isEqualTo(before);
        simulator.expireDeltaTokens();
        assertNothingSent(() -> first.synchronize());
        assertThat(local(first)).isEqualTo(before);
        assertSame(first);
    }

    private void propagatesDeletions() throws Exception {
        delete("large.bin");
        delete("deep/er/more/new ü.sql");
        delete("deep/er/more");
        simulator.delete("/many");
        Map<String, Integer> left = local(first);
        left.keySet().removeIf(path -> path.startsWith("/many"));
        first.synchronize();
        assertThat(simulator.paths()).doesNotContain("/large.bin", "/deep/er/more/new ü.sql").contains("/small.txt");
        assertThat(local(first)).isEqualTo(left);
        assertSame(first);
    }

    private void delete(String name) throws IOException {
        Files.delete(first.files().resolve(name));
    }

    private void aSecondDirectoryBecomesTheSame() throws Exception {
        OneDriveClient second = newClient("second");
        assertNothingSent(() -> second.synchronize());
        assertThat(local(second)).isEqualTo(local(first));
        delete("small.txt");
        first.synchronize();
        second.synchronize();
        assertThat(second.files().resolve("small.txt")).doesNotExist();
        assertThat(local(second)).isEqualTo(local(first));
        assertSame(second);
    }

    private interface Action {
        void run() throws Exception;
    }

    /** Neither an upload nor a change nor a deletion in the drive. */
    private void assertNothingSent(Action action) throws Exception {
        int before = simulator.requests().size();
        action.run();
        assertThat(simulator.requests().stream().skip(before))
                .allMatch(request -> Set.of("GET", "HEAD").contains(request.method()) || request.step() == Step.TOKEN);
    }
}
