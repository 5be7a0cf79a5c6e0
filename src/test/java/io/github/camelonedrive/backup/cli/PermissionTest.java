package io.github.camelonedrive.backup.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person is asked for, and what a refresh asks for again. The simulator refuses what was not consented to. */
@Timeout(120)
class PermissionTest {

    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/\\S+/oauth2/v2\\.0/authorize\\?\\S+)");

    @TempDir
    private Path directory;

    private final OneDriveSimulator simulator =
            OneDriveSimulator.builder().grantedScopes("User.Read", "offline_access").autoConsent().start();
    private ProgramInThisJvm program;
    private String dump;

    @BeforeEach
    void home() throws Exception {
        program = new ProgramInThisJvm(directory).on(simulator).expect(0, "vault", "init");
        dump = Files.writeString(directory.resolve("dump.sql"), "dump").toString();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource({"own, Files.ReadWrite", "all, Files.ReadWrite.All"})
    void permission_isAskedFor_keptAndAskedForAgain(String permission, String scope) throws Exception {
        add("--permission", permission);

        assertThat(asked(authorize())).isEqualTo(scope + " User.Read offline_access");

        program.expect(0, "push", "offsite", dump);
        JsonNode shown = shown();
        assertThat(shown.get("permission").asText()).isEqualTo(permission);
        assertThat(shown.get("awaitsPermission").asBoolean()).isFalse();
        assertThat(shown.get("granted")).extracting(JsonNode::asText).containsExactly(scope, "User.Read", "offline_access");
        assertThat(shown.get("account").asText()).contains("Ada");
        assertThat(shown.get("driveId").asText()).isEqualTo(simulator.driveId());
        assertThat(program.expect(0, "destination", "show", "offsite").out()).contains("permission").contains(scope)
                .contains("Ada").contains(simulator.driveId());
        assertThat(program.expect(0, "destination", "list").out()).contains("PERMISSION").contains(permission);
    }

    @Test
    void newDestination_hasThePermissionOwn() throws Exception {
        add();

        assertThat(shown().get("permission").asText()).isEqualTo("own");
        assertThat(asked(authorize())).startsWith("Files.ReadWrite ");
    }

    @Test
    void appFolder_isAskedForAsSuch() throws Exception {
        add("--permission", "app-folder");

        assertThat(asked(authorize())).isEqualTo("Files.ReadWrite.AppFolder User.Read offline_access");
    }

    @Test
    void changedPermission_countsFromTheNextSignIn_andUntilThenTheOldOneIsAskedFor() throws Exception {
        add();
        authorize();

        program.expect(0, "destination", "update", "offsite", "--permission", "all");

        assertThat(program.out()).contains("authorize offsite");
        assertThat(shown().get("awaitsPermission").asBoolean()).isTrue();
        assertThat(program.expect(0, "destination", "show", "offsite").out()).contains("all (not authorized yet)")
                .contains("authorize offsite");
        program.expect(0, "push", "offsite", dump);

        assertThat(asked(authorize())).startsWith("Files.ReadWrite.All ");
        assertThat(shown().get("awaitsPermission").asBoolean()).isFalse();
        program.expect(0, "push", "offsite", dump);
    }

    @Test
    void authorize_withAnotherPermission_keepsIt() throws Exception {
        add();
        authorize();

        assertThat(asked(authorize("--permission", "all"))).startsWith("Files.ReadWrite.All ");

        assertThat(shown().get("permission").asText()).isEqualTo("all");
        assertThat(asked(authorize("--permission", "own"))).startsWith("Files.ReadWrite ");
        assertThat(shown().get("granted").get(0).asText()).isEqualTo("Files.ReadWrite");
        program.expect(0, "push", "offsite", dump);
    }

    @Test
    void tokenGivenByHand_grantedForSomethingElse_namesWhatToDo() throws Exception {
        add("--refresh-token-file", program.secret("token", simulator.refreshToken()));

        program.expect(3, "push", "offsite", dump);

        assertThat(program.err()).contains("AADSTS65001").contains("onedrive-backup authorize offsite");
    }

    @ParameterizedTest
    @CsvSource({"own, --drive", "own, --site", "own, --user", "own, --group", "app-folder, --site", "everything, --site"})
    void permissionThatDoesNotFit_isUsage(String permission, String selector) throws Exception {
        program.expect(2, "destination", "add", "offsite", "--client-id", simulator.clientId(), "--permission", permission,
                selector, "some,id");
        assertThat(program.err()).contains("permission");

        program.expect(0, "destination", "add", "offsite", "--client-id", simulator.clientId(), selector, "some,id");
        assertThat(shown().get("permission").asText()).isEqualTo("all");
        program.expect(2, "destination", "update", "offsite", "--permission", permission);
        program.expect(2, "authorize", "offsite", "--permission", permission);
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void scopeInTheSettings_andAPermission_areOneTooMany() throws Exception {
        add();

        program.expect(2, "authorize", "offsite", "--permission", "all", "-D", "camel.component.onedrive.scope=Files.Read");

        assertThat(program.err()).contains("camel.component.onedrive.scope");
    }

    private void add(String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("destination", "add", "offsite", "--client-id", simulator.clientId(),
                "--client-secret-file", program.secret("secret", simulator.clientSecret())));
        all.addAll(List.of(more));
        program.expect(0, all.toArray(String[]::new));
    }

    /** Signs in as a browser does. Returns the address of the sign-in page. */
    private URI authorize(String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("authorize", "offsite", "--no-browser"));
        all.addAll(List.of(more));
        program.expect(0, "destination", "list");
        CompletableFuture<Integer> command = CompletableFuture.supplyAsync(() -> program.run(all.toArray(String[]::new)));
        Matcher found = Awaitility.await().atMost(Duration.ofSeconds(60))
                .until(() -> ADDRESS.matcher(program.err()), Matcher::find);
        URI address = URI.create(found.group(1));
        HttpClient browser = HttpClient.newHttpClient();
        URI answer = URI.create(open(browser, address).headers().firstValue("Location").orElseThrow());
        open(browser, answer);
        assertThat(command.get(60, TimeUnit.SECONDS)).as(program.err()).isZero();
        return address;
    }

    private static HttpResponse<String> open(HttpClient browser, URI address) throws Exception {
        return browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String asked(URI address) {
        for (String pair : address.getQuery().split("&")) {
            if (pair.startsWith("scope=")) {
                return pair.substring("scope=".length()).replace('+', ' ');
            }
        }
        return "";
    }

    private JsonNode shown() throws Exception {
        return program.expect(0, "destination", "show", "--json", "offsite").json().get("destinations").get(0);
    }
}
