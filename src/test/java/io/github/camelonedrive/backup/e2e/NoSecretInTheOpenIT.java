package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.SecretSearch;
import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Law 4, end to end: whatever is logged at TRACE, printed or stored, no secret of it can be read anywhere. */
@Tag("C13")
@Tag("full")
class NoSecretInTheOpenIT {

    private static final String[] TRACE = {"-v", "-D", "logging.level.root=TRACE", "-D", "logging.level.org.apache.hc=TRACE"};
    private static final int SESSION_SIZE = 12 * 1024 * 1024;

    @TempDir
    private Path directory;

    private Installation installation;
    private final HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    @BeforeEach
    void install() throws Exception {
        installation = new Installation(directory, OneDriveSimulator.builder().accountType(AccountType.PERSONAL).port(0)
                .allowPublicClientFlows().deviceCodes(Duration.ofMinutes(15), Duration.ofSeconds(1))
                .onSignIn(SignInOutcome.accept()).start());
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void nothingThatIsPrintedOrStoredHoldsASecretEvenAtTrace() throws Exception {
        addTestAndShow();
        authorizeWithABrowser();
        authorizeWithADevice();
        push();
        Path drop = runThroughAFaultAndARevokedGrant();

        SecretSearch secrets = secrets();
        assertThat(secrets.kinds()).contains("client_secret", "refresh_token", "access_token", "vault key", "code",
                "code_verifier", "device_code", "upload URL tempauth", "download URL tempauth");
        List<Path> files = new ArrayList<>(outputs());
        files.addAll(below(directory.resolve("home")));
        files.addAll(below(drop));
        assertThat(files).hasSizeGreaterThan(10).contains(directory.resolve("home/vault.json"), drop.resolve("revoked.sql"));
        for (Path file : files) {
            assertThat(secrets.in(Files.readAllBytes(file))).as("secrets in %s", file).isEmpty();
        }
    }

    private void addTestAndShow() throws Exception {
        installation.expect(0, traced("vault", "init"));
        installation.expect(0, traced("destination", "add", "offsite", "--client-id", installation.simulator.clientId(),
                "--client-secret-file", installation.secret("client-secret", installation.simulator.clientSecret()).toString(),
                "--refresh-token-file", installation.secret("refresh-token", installation.simulator.refreshToken()).toString(),
                "--folder", "/Backups"));
        expectTrace(installation.expect(0, traced("destination", "test", "offsite")));
        installation.expect(0, traced("destination", "show", "offsite"));
        installation.expect(0, traced("destination", "show", "offsite", "--json"));
        installation.expect(0, traced("destination", "list", "--json"));
        installation.expect(0, traced("browse", "offsite", "--json"));
        installation.expect(0, traced("vault", "check"));
    }

    private void authorizeWithABrowser() throws Exception {
        try (Launched authorize = installation.start(traced("authorize", "offsite", "--no-browser"))) {
            Matcher address = shown(authorize, "(?m)^(http\\S+/authorize\\?\\S+)$");
            assertThat(get(address.group(1))).isNotEmpty();
            assertThat(authorize.exitCode()).as(authorize::err).isZero();
        }
    }

    private void authorizeWithADevice() throws Exception {
        installation.expect(0, traced("destination", "add", "phone", "--client-id", installation.simulator.clientId()));
        installation.expect(0, traced("authorize", "phone", "--device"));
    }

    /** Waits until the program has shown it. */
    private static Matcher shown(Launched program, String pattern) {
        Matcher[] found = new Matcher[1];
        program.eventually(() -> {
            found[0] = Pattern.compile(pattern).matcher(program.out() + "\n" + program.err());
            assertThat(found[0].find()).isTrue();
        });
        return found[0];
    }

    private String get(String address) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Pages, threads and command line of the running program, kept beside its output. */
    private void look(Launched run) throws Exception {
        String pages = shown(run, "Pages: (http://127\\.0\\.0\\.1:\\d+)/").group(1);
        String[] paths = {"/", "/observe/health", "/observe/metrics"};
        for (int i = 0; i < paths.length; i++) {
            Files.writeString(directory.resolve("out100" + i + ".txt"), get(pages + paths[i]));
        }
        String pid = Long.toString(run.pid());
        Files.write(directory.resolve("out2000.txt"), Files.readAllBytes(Path.of("/proc", pid, "cmdline")));
        Path threads = directory.resolve("out2001.txt");
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid, "Thread.print", "-l")
                .redirectOutput(threads.toFile()).start().waitFor();
        assertThat(threads).content().contains("main");
    }

    private void push() throws Exception {
        Path small = Files.writeString(directory.resolve("small.sql"), "small");
        Path large = Files.write(directory.resolve("large.sql"), new byte[SESSION_SIZE]);
        expectTrace(installation.expect(0, traced("push", "offsite", small.toString(), large.toString(),
                "-D", "camel.component.onedrive.verify=readback")));
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
            look(run);
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

    private SecretSearch secrets() throws IOException {
        Path keyFile = Path.of(installation.environment.get("ONEDRIVE_VAULT_KEY_FILE"));
        return installation.simulator.secrets().add("vault key", HexFormat.of().parseHex(Files.readString(keyFile).strip()));
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
