package io.github.camelonedrive.backup.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code authorize}, against the simulator, with an HTTP client in the browser's place. Runs command lines in this JVM. */
@Timeout(120)
class AuthorizeTest {

    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/\\S+/oauth2/v2\\.0/authorize\\?\\S+)");
    private static final Pattern USER_CODE = Pattern.compile("enter the code (\\S+) and");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient browser = HttpClient.newHttpClient();
    private InputStream in = new ByteArrayInputStream(new byte[0]);
    private OneDriveSimulator simulator;

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void browserSignsInAndPushWorksFromThenOn() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent, true);
        assertThat(run("push", "offsite", dump())).isEqualTo(3);

        CompletableFuture<Integer> command = inBackground("authorize", "offsite");
        URI answer = follow(address());
        assertThat(answer.toString()).startsWith("http://localhost:" + answer.getPort() + "/?");
        assertThat(open(URI.create(answer.toString().replaceFirst("state=[^&]+", "state=wrong"))).statusCode()).isEqualTo(400);
        assertThat(open(answer.resolve("/favicon.ico")).statusCode()).isEqualTo(404);
        assertThat(command).isNotDone();
        HttpResponse<String> page = open(answer);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("You can close this window");
        assertThat(command.get(60, TimeUnit.SECONDS)).as(err()).isZero();
        assertThat(out()).contains("is authorized as Ada").contains("destination test offsite");
        assertThatThrownBy(() -> new Socket("127.0.0.1", answer.getPort()).close()).isInstanceOf(ConnectException.class);
        assertThat(out() + err()).doesNotContain(simulator.refreshToken()).doesNotContain(query(answer).get("code"));
        assertThat(run("push", "offsite", dump())).as(err()).isZero();
        assertThat(simulator.file("/dump.sql")).isPresent();
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void jsonHoldsTheResultAndNoSecret() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent, true);

        CompletableFuture<Integer> command = inBackground("authorize", "--json", "offsite");
        open(follow(address()));

        assertThat(command.get(60, TimeUnit.SECONDS)).as(err()).isZero();
        JsonNode result = new ObjectMapper().readTree(out());
        assertThat(result.fieldNames()).toIterable().containsExactly("destination", "authorized", "signsInAs", "account");
        assertThat(result.get("account").asText()).contains("Ada");
    }

    @Test
    void desktopsBrowserGetsTheAddressAsItsOneArgumentAndNotTheVaultsKey() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent, true);
        Path seen = directory.resolve("seen");
        Path opener = Files.createDirectories(directory.resolve("bin")).resolve("xdg-open");
        Files.writeString(opener, "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" > '" + seen + ".tmp'\nmv '" + seen + ".tmp' '" + seen
                + "'\n");
        Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
        environment.put("PATH", opener.getParent() + ":/usr/bin:/bin");
        environment.put("DISPLAY", ":0");

        CompletableFuture<Integer> command = inBackground("authorize", "offsite");
        URI address = address();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(seen));

        assertThat(Files.readAllLines(seen)).containsExactly("1", address.toString());
        assertThat(query(address)).containsKeys("state", "code_challenge").doesNotContainKeys("code_verifier", "client_secret");
        open(follow(address));
        assertThat(command.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void personWhoDeclinesIsExitCodeThreeWithTheReason() throws Exception {
        start(builder -> builder.onSignIn(SignInOutcome.decline()), true);

        CompletableFuture<Integer> command = inBackground("authorize", "offsite");
        assertThat(open(follow(address())).statusCode()).isEqualTo(200);

        assertThat(command.get(60, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(err()).contains("AADSTS65004").contains("declined");
        assertThat(simulator.requests(Step.TOKEN)).isEmpty();
    }

    @Test
    void pastedAddressIsAnAnswerTooAndAWrongOneSaysWhy() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent, true);
        PipedOutputStream keyboard = new PipedOutputStream();
        in = new PipedInputStream(keyboard, 65536);

        CompletableFuture<Integer> command = inBackground("authorize", "offsite", "--no-browser");
        String answer = follow(address()).toString();
        type(keyboard, "hello");
        eventually("not the whole address");
        type(keyboard, answer.replaceFirst("state=[^&]+", "state=wrong"));
        eventually("another sign-in");
        type(keyboard, answer.replaceFirst("\\?code=[^&]+&", "?"));
        eventually("no answer of a sign-in in it");
        assertThat(command).isNotDone();
        type(keyboard, "");
        type(keyboard, answer);

        assertThat(command.get(60, TimeUnit.SECONDS)).as(err()).isZero();
        assertThat(err()).doesNotContain(query(URI.create(answer)).get("code"));
        assertThat(run("push", "offsite", dump())).as(err()).isZero();
    }

    @Test
    void browserOnThisMachineAnswersInPasteModeToo() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent, true);

        CompletableFuture<Integer> command = inBackground("authorize", "offsite", "--no-browser");
        assertThat(open(follow(address())).statusCode()).isEqualTo(200);

        assertThat(command.get(60, TimeUnit.SECONDS)).as(err()).isZero();
    }

    @Test
    void portCanBeChosenAndATakenOneIsSaid() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent, true);
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
            assertThat(run("authorize", "offsite", "--port", Integer.toString(port))).isEqualTo(2);
            assertThat(err()).contains("port " + port).contains("another port");
        }
        CompletableFuture<Integer> command = inBackground("authorize", "offsite", "--port", Integer.toString(port));
        assertThat(query(address())).containsEntry("redirect_uri", "http://localhost:" + port + "/");
        open(follow(address()));

        assertThat(command.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void wrongUsageIsSaidBeforeAnythingHappens() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent, true);

        assertThat(run("authorize", "nowhere")).isEqualTo(2);
        assertThat(run("authorize", "offsite", "--port", "70000")).isEqualTo(2);
        assertThat(run("authorize", "offsite", "--device", "--port", "1234")).isEqualTo(2);
        assertThat(run("authorize")).isEqualTo(2);
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void codeEnteredOnAnotherDeviceSignsIn() throws Exception {
        start(builder -> builder.publicClient().deviceCodes(Duration.ofMinutes(15), Duration.ofSeconds(1)), false);

        CompletableFuture<Integer> command = inBackground("authorize", "offsite", "--device");
        String userCode = find(USER_CODE);
        assertThat(err()).contains(simulator.deviceLoginPage().toString());
        simulator.approveDevice(userCode);

        assertThat(command.get(60, TimeUnit.SECONDS)).as(err()).isZero();
        assertThat(out()).contains("is authorized as Ada");
        assertThat(run("push", "offsite", dump())).as(err()).isZero();
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void codeThatIsDeclinedIsExitCodeThree() throws Exception {
        start(builder -> builder.publicClient().deviceCodes(Duration.ofMinutes(15), Duration.ofSeconds(1)), false);

        CompletableFuture<Integer> command = inBackground("authorize", "offsite", "--device");
        simulator.declineDevice(find(USER_CODE));

        assertThat(command.get(60, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void deviceCodeForADestinationWithASecretSaysWhatToDo() throws Exception {
        start(UnaryOperator.identity(), true);

        assertThat(run("authorize", "offsite", "--device", "--json")).isEqualTo(3);
        JsonNode error = new ObjectMapper().readTree(out()).get("error");
        assertThat(error.get("kind").asText()).isEqualTo("sign_in");
        assertThat(error.get("problem").asText()).contains("AADSTS7000218");
        assertThat(error.get("remedy").asText()).contains("Allow public client flows");
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void applicationNeedsNobodyAndItsSignInIsTried() throws Exception {
        simulator = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).start();
        assertThat(run("vault", "init")).isZero();
        assertThat(run("destination", "add", "offsite", "--client-id", simulator.clientId(), "--client-secret-file",
                secret("client-secret", simulator.clientSecret()), "--tenant", simulator.tenantId(), "--user",
                simulator.userId())).as(err()).isZero();

        assertThat(run("authorize", "offsite")).as(err()).isZero();
        assertThat(out()).contains("as an application");
        assertThat(run("push", "offsite", dump())).as(err()).isZero();
        assertThat(simulator.tokenCalls()).containsOnlyKeys("client_credentials");

        simulator.expireClientSecret();
        assertThat(run("authorize", "offsite")).isEqualTo(3);
        assertThat(err()).contains("7000222");
    }

    @Test
    void personMaySignInWhereAnApplicationCould() throws Exception {
        simulator = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).autoConsent().start();
        assertThat(run("vault", "init")).isZero();
        assertThat(run("destination", "add", "offsite", "--client-id", simulator.clientId(), "--client-secret-file",
                secret("client-secret", simulator.clientSecret()), "--tenant", simulator.tenantId(), "--user",
                simulator.userId())).as(err()).isZero();

        CompletableFuture<Integer> command = inBackground("authorize", "offsite", "--person");
        open(follow(address()));
        assertThat(command.get(60, TimeUnit.SECONDS)).as(err()).isZero();

        assertThat(run("push", "offsite", dump())).as(err()).isZero();
        assertThat(simulator.tokenCalls()).containsOnlyKeys("authorization_code", "refresh_token");
    }

    @Test
    void accountThatIsNotToldIsNoFailure() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent, true);
        simulator.fault(Fault.on(Step.USER).answer(403).error("accessDenied", "No."));

        CompletableFuture<Integer> command = inBackground("authorize", "offsite");
        open(follow(address()));

        assertThat(command.get(60, TimeUnit.SECONDS)).as(err()).isZero();
        assertThat(out()).contains("is authorized.").doesNotContain("Ada");
    }

    private void start(UnaryOperator<OneDriveSimulatorBuilder> options, boolean withSecret) throws Exception {
        simulator = options.apply(OneDriveSimulator.builder()).start();
        assertThat(run("vault", "init")).isZero();
        List<String> add = new ArrayList<>(List.of("destination", "add", "offsite", "--client-id", simulator.clientId()));
        if (withSecret) {
            add.addAll(List.of("--client-secret-file", secret("client-secret", simulator.clientSecret())));
        }
        assertThat(run(add.toArray(String[]::new))).as(err()).isZero();
    }

    private URI address() {
        return URI.create(find(ADDRESS));
    }

    private String find(Pattern pattern) {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            Matcher found = pattern.matcher(err());
            return found.find() ? Optional.of(found.group(1)) : Optional.<String>empty();
        }, Optional::isPresent).orElseThrow();
    }

    private void eventually(String said) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(err()).contains(said));
    }

    /** Where the sign-in page sends the browser. */
    private URI follow(URI address) throws Exception {
        return URI.create(open(address).headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> open(URI address) throws Exception {
        return browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> query = new HashMap<>();
        for (String pair : address.getRawQuery().split("&")) {
            query.put(pair.split("=", 2)[0], java.net.URLDecoder.decode(pair.split("=", 2)[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void type(PipedOutputStream keyboard, String line) throws Exception {
        keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private String dump() throws Exception {
        return Files.writeString(directory.resolve("dump.sql"), "dump").toString();
    }

    private String secret(String name, String value) throws Exception {
        Path file = Files.writeString(directory.resolve(name), value);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")).toString();
    }

    private CompletableFuture<Integer> inBackground(String... arguments) {
        out.reset();
        err.reset();
        return CompletableFuture.supplyAsync(() -> execute(arguments));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return execute(arguments);
    }

    private int execute(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-D", "camel.component.onedrive.graph-endpoint=" + simulator.graphEndpoint(),
                "-D", "camel.component.onedrive.login-endpoint=" + simulator.loginEndpoint()));
        environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
        return new CommandLineProgram(new Environment(Map.copyOf(environment), directory, directory, false,
                StandardCharsets.UTF_8, in, stream(out), stream(err))).run(all.toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
