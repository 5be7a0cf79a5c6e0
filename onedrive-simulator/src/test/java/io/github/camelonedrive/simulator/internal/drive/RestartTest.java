package io.github.camelonedrive.simulator.internal.drive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.StoredFile;
import io.github.camelonedrive.simulator.UploadSessionView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A simulator started again on its state directory is the same OneDrive. */
class RestartTest extends SimulatorTestBase {
    private static final byte[] CONTENT = GraphClient.bytes(1000);

    private final AdjustableClock clock = AdjustableClock.stopped();
    private AccountType accountType = AccountType.PERSONAL;
    @TempDir
    private Path directory;

    private OneDriveSimulatorBuilder kept(OneDriveSimulatorBuilder builder) {
        return builder.accountType(accountType).clock(clock).stateDirectory(directory);
    }

    private void restart() {
        restart(builder -> builder);
    }

    private void restart(UnaryOperator<OneDriveSimulatorBuilder> configuration) {
        simulator.close();
        start(builder -> configuration.apply(kept(builder)));
    }

    /** What a process that was killed just now would have left, started in its place. */
    private void restartAfterKill() throws IOException {
        Path copy = Files.createTempDirectory(directory.getParent(), "killed-");
        copyTo(copy);
        simulator.close();
        directory = copy;
        start(this::kept);
    }

    private void copyTo(Path copy) throws IOException {
        Files.createDirectory(copy.resolve("content"));
        for (Path file : contentFiles()) {
            Files.copy(file, copy.resolve("content").resolve(file.getFileName()));
        }
        Files.copy(directory.resolve("state.jsonl"), copy.resolve("state.jsonl"));
    }

    private List<Path> contentFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("content"))) {
            return files.toList();
        }
    }

    private static String onDrive(OneDriveSimulator simulator, String id) {
        return "/drives/" + simulator.driveId() + "/items/" + id;
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void itemsAreTheSameToTheLastProperty(AccountType type) throws IOException {
        accountType = type;
        start(this::kept);
        client.put("/me/drive/root:/a/b/x.txt:/content", CONTENT);
        client.put("/me/drive/root:/a/b/x.txt:/content", new byte[] {1, 2, 3});
        client.patch("/me/drive/root:/a/b/x.txt",
                "{\"name\":\"Y.txt\",\"fileSystemInfo\":{\"lastModifiedDateTime\":\"2026-02-28T11:22:33Z\"}}");
        client.patch("/me/drive/root:/a", "{\"name\":\"renamed\"}");
        simulator.putFile("/gone", CONTENT);
        simulator.delete("/gone");
        JsonNode file = withoutUrl(client.get("/me/drive/root:/renamed/b/y.txt").body());
        JsonNode folder = withoutUrl(client.get("/me/drive/root:/renamed").body());
        JsonNode root = withoutUrl(client.get("/me/drive/root").body());
        JsonNode drive = withoutUrl(client.get("/me/drive").body());
        int versions = simulator.file("/renamed/b/Y.txt").orElseThrow().versionCount();

        restartAfterKill();
        assertThat(withoutUrl(client.get(onDrive(simulator, file.path("id").asText())).body())).isEqualTo(file);
        assertThat(withoutUrl(client.get("/me/drive/root:/renamed").body())).isEqualTo(folder);
        assertThat(withoutUrl(client.get("/me/drive/root").body())).isEqualTo(root);
        assertThat(withoutUrl(client.get("/me/drive").body())).isEqualTo(drive);
        assertThat(simulator.paths()).containsExactly("/renamed/b/Y.txt");
        assertThat(simulator.file("/renamed/b/Y.txt").orElseThrow().versionCount()).isEqualTo(versions);
        assertThat(simulator.file("/renamed/b/Y.txt").orElseThrow().bytes()).containsExactly(1, 2, 3);
    }

    private static JsonNode withoutUrl(String body) throws IOException {
        ObjectNode json = (ObjectNode)
                new ObjectMapper().readTree(body);
        json.remove("@microsoft.graph.downloadUrl");
        assertThat(json.has("id")).isTrue();
        return json;
    }

    @Test
    void numberedIdsNeverComeTwice() {
        accountType = AccountType.PERSONAL_LEGACY;
        start(this::kept);
        String id = simulator.putFile("/x", CONTENT).id();
        simulator.delete("/x");
        restart();
        assertThat(simulator.putFile("/x", CONTENT).id()).isNotEqualTo(id);
    }

    @Test
    void clientAndTokensStayGood() throws IOException {
        start(this::kept);
        String accessToken = GraphClient.json(client.token("common", client.refreshForm())).path("access_token").asText();
        List<String> before = List.of(simulator.clientId(), simulator.clientSecret(), simulator.tenantId(),
                simulator.refreshToken(), simulator.userId(), simulator.siteId(), simulator.groupId());
        Path copy = Files.createTempDirectory(directory.getParent(), "killed-");
        copyTo(copy);
        simulator.close();
        directory = copy;
        simulator = kept(OneDriveSimulator.builder()).start();
        assertThat(List.of(simulator.clientId(), simulator.clientSecret(), simulator.tenantId(), simulator.refreshToken(),
                simulator.userId(), simulator.siteId(), simulator.groupId())).isEqualTo(before);
        client = new GraphClient(simulator);
        client.use(accessToken);
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
        client.signIn();
    }

    @Test
    void aTokenGivenAgainDoesNotUndoItsRotation() {
        start(builder -> kept(builder).refreshToken("test-refresh-token").invalidateOldRefreshTokens(true));
        String rotated = simulator.refreshToken();
        assertThat(rotated).isNotEqualTo("test-refresh-token");
        simulator.close();
        simulator = kept(OneDriveSimulator.builder()).refreshToken("test-refresh-token").start();
        assertThat(simulator.refreshToken()).isEqualTo(rotated);
        simulator.close();
        simulator = kept(OneDriveSimulator.builder()).refreshToken("another-refresh-token").start();
        assertThat(simulator.refreshToken()).isEqualTo("another-refresh-token");
    }

    @Test
    void aRefreshTokensAgePermissionsAndOwnerAreKept() {
        start(builder -> kept(builder).userName("Grace Hopper").grantedScopes("Files.Read", "offline_access"));
        clock.advance(Duration.ofDays(89));
        restart(builder -> builder.grantedScopes("Files.ReadWrite.All"));
        assertThat(GraphClient.json(client.token("common", client.refreshForm())).path("scope").asText())
                .isEqualTo("Files.Read");
        assertThat(simulator.userName()).isEqualTo("Grace Hopper");
        clock.advance(Duration.ofDays(90));
        simulator.close();
        simulator = kept(OneDriveSimulator.builder()).start();
        client = new GraphClient(simulator);
        assertThat(client.token("common", client.refreshForm()).body()).contains("AADSTS700082");
    }

    @Test
    void anExpiredSecretStaysExpiredAndAPermissionStaysAPermission() {
        start(builder -> kept(builder).grantedScopes("Files.Read"));
        String accessToken = GraphClient.json(client.token("common", client.refreshForm())).path("access_token").asText();
        simulator.expireClientSecret();
        simulator.close();
        simulator = kept(OneDriveSimulator.builder()).start();
        client = new GraphClient(simulator);
        client.use(accessToken);
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
        assertError(client.delete("/me/drive/root:/x"), 403, "accessDenied");
        assertThat(client.token("common", client.refreshForm()).body()).contains("AADSTS7000222");
    }

    @Test
    void aRevokedGrantStaysRevoked() {
        start(this::kept);
        simulator.revokeGrant();
        simulator.close();
        simulator = kept(OneDriveSimulator.builder()).start();
        client = new GraphClient(simulator);
        assertThat(client.token("common", client.refreshForm()).body()).contains("AADSTS700082");
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void anUploadGoesOnWhereItWas(AccountType type) throws IOException {
        accountType = type;
        start(this::kept);
        simulator.putFile("/x", new byte[] {1});
        byte[] content = GraphClient.bytes(3 * UNIT + 1);
        String url = client.session("/x");
        client.fragment(url, content, 0, UNIT);
        simulator.fault(Fault.on(Step.FRAGMENT).keepBytes(1000).answer(503));
        client.fragment(url, content, UNIT, UNIT);
        String target = url.substring(simulator.loginEndpoint().toString().length());

        restartAfterKill();
        url = simulator.loginEndpoint() + target;
        assertThat(simulator.createdSessions()).isZero();
        assertThat(simulator.openSessions()).singleElement()
                .satisfies(session -> assertThat(session.received()).isEqualTo(UNIT + 1000));
        assertThat(client.status(url).body()).contains("\"" + (UNIT + 1000) + "-\"");
        assertThat(client.fragment(url, content, UNIT + 1000, 2 * UNIT - 999).statusCode()).isEqualTo(200);
        StoredFile file = simulator.file("/x").orElseThrow();
        assertThat(file.bytes()).isEqualTo(content);
        QuickXor expected = new QuickXor();
        expected.update(content, 0, content.length);
        assertThat(file.quickXorHash()).isEqualTo(expected.base64());
        assertThat(file.versionCount()).isEqualTo(2);

        restartAfterKill();
        assertError(client.status(simulator.loginEndpoint() + target), 404, "itemNotFound");
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(content);
    }

    @Test
    void noContentIsLeftThatBelongsToNothing() throws IOException {
        start(this::kept);
        simulator.putFile("/kept", CONTENT);
        simulator.putFile("/deleted", CONTENT);
        simulator.delete("/deleted");
        client.cancel(client.session("/cancelled"));
        client.fragment(client.session("/expired"), GraphClient.bytes(2 * UNIT), 0, UNIT);
        clock.advance(Duration.ofMinutes(16));
        client.fragment(client.session("/open"), GraphClient.bytes(2 * UNIT), 0, UNIT);
        Files.writeString(directory.resolve("content").resolve("from-a-killed-process"), "x");
        restart();
        assertThat(contentFiles()).hasSize(2);
        assertThat(simulator.openSessions()).extracting(UploadSessionView::path).containsExactly("/open");
        clock.advance(Duration.ofMinutes(16));
        restart();
        assertThat(contentFiles()).hasSize(1);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("content", "lock", "state.jsonl");
        }
    }

    @Test
    void aDeletionThatWasCutShortLeavesNothingWithoutItsFolder() throws IOException {
        start(this::kept);
        simulator.putFile("/a/b/x", CONTENT);
        simulator.putFile("/a/y", CONTENT);
        Path state = directory.resolve("state.jsonl");
        List<String> before = Files.readAllLines(state);
        simulator.delete("/a");
        List<String> lines = Files.readAllLines(state);
        simulator.close();
        for (int kept = before.size(); kept <= lines.size(); kept++) {
            Files.write(state, lines.subList(0, kept));
            start(builder -> kept(builder).discardContent());
            assertThat(simulator.paths()).allMatch(path -> path.startsWith("/a/"));
            assertThat(client.get("/me/drive/root/delta").statusCode()).isEqualTo(200);
            simulator.close();
        }
        start(this::kept);
        assertThat(simulator.paths()).isEmpty();
    }

    @Test
    void halfALineAtTheEndCostsNothingElse() throws IOException {
        start(this::kept);
        simulator.putFile("/x", CONTENT);
        simulator.close();
        Files.writeString(directory.resolve("state.jsonl"), "{\"kind\":\"ITEM\",\"key\":\"01", StandardOpenOption.APPEND);
        start(this::kept);
        simulator.putFile("/y", CONTENT);
        restart();
        assertThat(simulator.paths()).containsExactly("/x", "/y");
    }

    @Test
    void refusesADamagedStateAndAnotherKindOfAccountAndASecondSimulator() throws IOException {
        start(this::kept);
        assertThatThrownBy(() -> kept(OneDriveSimulator.builder()).start()).hasMessageContaining("Another simulator uses");
        simulator.close();
        assertThatThrownBy(() -> kept(OneDriveSimulator.builder()).accountType(AccountType.BUSINESS).start())
                .hasMessageContaining("kind PERSONAL, not BUSINESS");
        Path state = directory.resolve("state.jsonl");
        String good = Files.readString(state, StandardCharsets.UTF_8);
        Files.writeString(state, "nonsense\n" + good);
        assertThatThrownBy(() -> kept(OneDriveSimulator.builder()).start()).hasMessageContaining("Line 1 of");
        Files.writeString(state, good);
        start(this::kept);
    }
}
