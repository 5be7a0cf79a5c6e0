package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Law 4, end to end: whatever is logged at TRACE, printed or stored, no secret of it can be read anywhere. */
class NoSecretInTheOpenIT {

    private static final String[] TRACE = {"-v", "-D", "logging.level.root=TRACE", "-D", "logging.level.org.apache.hc=TRACE"};
    private static final int SESSION_SIZE = 12 * 1024 * 1024;

    @TempDir
    private Path directory;

    private Installation installation;
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void install() throws Exception {
        installation = new Installation(directory);
        watchRefreshTokens();
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void nothingThatIsPrintedOrStoredHoldsASecretEvenAtTrace() throws Exception {
        addTestAndShow();
        push();
        Path drop = runThroughAFaultAndARevokedGrant();

        Canaries canaries = canaries();
        assertThat(canaries.kinds()).contains("client secret", "refresh token", "access token", "vault key",
                "FRAGMENT tempauth", "CONTENT tempauth");
        List<Path> files = new ArrayList<>(outputs());
        files.addAll(below(directory.resolve("home")));
        files.addAll(below(drop));
        assertThat(files).hasSizeGreaterThan(10).contains(directory.resolve("home/vault.json"), drop.resolve("revoked.sql"));
        for (Path file : files) {
            assertThat(canaries.in(Files.readAllBytes(file))).as("secrets in %s", file).isEmpty();
        }
    }

    @Test
    void theSearchFindsASecretInEveryForm() {
        Canaries canaries = new Canaries();
        String secret = "v1.a+b/c=d~e&f%g*!$";
        canaries.add("x", secret);
        canaries.add("y", new byte[32]);
        for (String form : Canaries.formsOf(secret.getBytes(StandardCharsets.UTF_8), secret)) {
            assertThat(canaries.in(("before" + form + "after").getBytes(StandardCharsets.UTF_8))).contains("x");
        }
        for (String before : List.of("", "u", "us", "use", "user")) {
            byte[] whole = (before + secret + "after").getBytes(StandardCharsets.UTF_8);
            assertThat(canaries.in(Base64.getEncoder().encode(whole))).containsExactly("x");
            assertThat(canaries.in(Base64.getUrlEncoder().encode(whole))).containsExactly("x");
        }
        assertThat(canaries.in(new byte[32])).containsExactly("y");
        assertThat(canaries.in("harmless".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private void addTestAndShow() throws Exception {
        installation.expect(0, traced("vault", "init"));
        installation.expect(0, traced("destination", "add", "offsite", "--client-id", installation.simulator.clientId(),
                "--client-secret-file", installation.secret("client-secret", installation.simulator.clientSecret()).toString(),
                "--refresh-token-file", installation.secret("refresh-token", installation.simulator.refreshToken()).toString(),
                "--folder", "/Backups"));
        expectTrace(installation.expect(0, traced("destination", "test", "offsite")));
        installation.expect(0, traced("destination", "show", "offsite"));
        installation.expect(0, traced("destination", "list", "--json"));
    }

    private void push() throws Exception {
        Path small = Files.writeString(directory.resolve("small.sql"), "small");
        Path large = Files.write(directory.resolve("large.sql"), new byte[SESSION_SIZE]);
        expectTrace(installation.expect(0, traced("push", "offsite", small.toString(), large.toString(),
                "-D", "camel.component.onedrive.verify=readback")));
    }

    // What monitoring and browsers get is searched as well.
    private void readPages(Launched run) throws Exception {
        String address = ObservedRunIT.address(run);
        for (String page : List.of("/", "/observe/health", "/observe/metrics")) {
            Files.writeString(Files.createTempFile(directory, "out", ".txt"), ObservedRunIT.get(address + page).body());
        }
    }

    private Path runThroughAFaultAndARevokedGrant() throws Exception {
        Path drop = installation.watch("traced", "/Backups/traced");
        installation.simulator.fault(Fault.on(Step.FRAGMENT).fileName("dropped.sql").nth(2).answer(500));
        installation.simulator.fault(Fault.on(Step.FRAGMENT).fileName("dropped.sql").nth(2).cutWithin(1000));
        installation.simulator.fault(Fault.on(Step.CREATE_SESSION).fileName("revoked.sql").revokeGrant().expireAccessTokens());
        try (Launched run = installation.start(traced("run"))) {
            Files.write(drop.resolve("dropped.sql"), new byte[SESSION_SIZE]);
            run.eventually(() -> assertThat(drop.resolve(".done/dropped.sql")).exists());
            Files.write(drop.resolve("revoked.sql"), new byte[SESSION_SIZE]);
            run.eventually(() -> assertThat(run.err()).contains("revoked.sql stays where it is"));
            readPages(run);
            run.terminate();
            run.exitCode();
            expectTrace(run);
            assertThat(run.err()).contains("invalid_grant");
        }
        return drop;
    }

    private static void expectTrace(Launched program) {
        assertThat(program.err()).contains("TRACE [").contains("org.apache.camel");
        assertThat(program.err().lines().filter(line -> line.contains(" org.apache.hc."))
                .filter(line -> line.contains("TRACE [") || line.contains("DEBUG ["))).isEmpty();
    }

    private static String[] traced(String... command) {
        List<String> all = new ArrayList<>(List.of(TRACE));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    // The simulator tells only the newest one, so each request looks at it.
    private void watchRefreshTokens() {
        installation.simulator.fault(Fault.onAny().always().when(request -> {
            refreshTokens.add(installation.simulator.refreshToken());
            return false;
        }));
    }

    private Canaries canaries() throws IOException {
        Canaries canaries = new Canaries();
        canaries.add("client secret", installation.simulator.clientSecret());
        refreshTokens.add(installation.simulator.refreshToken());
        long rotations = installation.simulator.requests(Step.TOKEN).stream()
                .filter(request -> request.status() == 200).count();
        assertThat(refreshTokens).as("the first one and those of %s rotations", rotations).hasSize((int) rotations + 1)
                .hasSizeGreaterThan(3);
        refreshTokens.forEach(token -> canaries.add("refresh token", token));
        accessTokens().forEach(token -> canaries.add("access token", token));
        Path keyFile = Path.of(installation.environment.get("ONEDRIVE_VAULT_KEY_FILE"));
        canaries.add("vault key", HexFormat.of().parseHex(Files.readString(keyFile).strip()));
        for (RecordedRequest request : installation.simulator.requests()) {
            boolean secretUrl = request.path().startsWith("/upload-host/") || request.step() == Step.CONTENT;
            if (secretUrl && request.query() != null) {
                canaries.addQuery(request.step().name(), request.query());
            }
        }
        return canaries;
    }

    private Set<String> accessTokens() {
        Set<String> tokens = new LinkedHashSet<>();
        installation.simulator.requests().forEach(request -> request.header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .ifPresent(value -> tokens.add(value.substring("Bearer ".length()))));
        assertThat(tokens).hasSizeGreaterThanOrEqualTo(3);
        return tokens;
    }

    private List<Path> outputs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("(out|err)\\d+\\.txt")).toList();
        }
    }

    private static List<Path> below(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
