package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two destinations on two accounts, each with an app registration, tenant, sign-in host and Graph host of its own. */
class TwoAccountsIT {

    @TempDir
    private Path directory;

    private OneDriveSimulator second;
    private Installation installation;

    @BeforeEach
    void install() throws Exception {
        second = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).clientId(UUID.randomUUID().toString()).port(0)
                .start();
        installation = new Installation(directory).initialized();
        installation.expect(0, "destination", "add", "office", "--client-id", second.clientId(), "--client-secret-file",
                installation.secret("office-secret", second.clientSecret()).toString(), "--refresh-token-file",
                installation.secret("office-token", second.refreshToken()).toString(), "--folder", "/Office");
    }

    @AfterEach
    void stop() {
        installation.close();
        second.close();
    }

    @Test
    void oneProgramPushesToBothAndNoTokenGoesToTheOther() throws Exception {
        Path drops = Files.createDirectory(directory.resolve("drops"));
        Path routes = Files.createDirectory(directory.resolve("my-routes"));
        for (Map.Entry<String, OneDriveSimulator> account
                : Map.of("offsite", installation.simulator, "office", second).entrySet()) {
            Files.writeString(routes.resolve(account.getKey() + ".camel.yaml"), route(drops, account.getKey(),
                    account.getValue()));
        }
        try (Launched run = installation.start("run", "-D", "backup.routes=" + routes)) {
            for (int i = 0; i < 5; i++) {
                drop(drops.resolve("offsite"), i);
                drop(drops.resolve("office"), i);
            }
            run.eventually(() -> {
                assertThat(installation.simulator.paths()).filteredOn(path -> path.endsWith(".sql")).hasSize(5);
                assertThat(second.paths()).filteredOn(path -> path.endsWith(".sql")).hasSize(5);
            });
        }
        assertThat(installation.simulator.file("/Backups/dump-3.sql").orElseThrow().bytes()).asString().contains("offsite 3");
        assertThat(second.file("/Office/dump-3.sql").orElseThrow().bytes()).asString().contains("office 3");
        assertNothingCrossed();
    }

    @Test
    void pushesOneAfterTheOtherKeepTheAccountsApart() throws Exception {
        Path dump = Files.writeString(directory.resolve("dump.sql"), "dump");
        installation.expect(0, "push", "offsite", dump.toString());
        installation.expect(0, "push", "office", dump.toString(),
                "-D", "camel.component.onedrive.graph-endpoint=" + second.graphEndpoint(),
                "-D", "camel.component.onedrive.login-endpoint=" + second.loginEndpoint());
        assertThat(installation.simulator.file("/Backups/dump.sql")).isPresent();
        assertThat(second.file("/Office/dump.sql")).isPresent();
        assertNothingCrossed();
    }

    private void assertNothingCrossed() {
        Set<String> here = tokens(installation.simulator);
        Set<String> there = tokens(second);
        assertThat(here).isNotEmpty().doesNotContainAnyElementsOf(there);
        assertThat(there).isNotEmpty();
        // A refresh token, secret or client ID of the other account would have been refused.
        for (OneDriveSimulator simulator : new OneDriveSimulator[] {installation.simulator, second}) {
            assertThat(simulator.requests()).extracting(RecordedRequest::status).allMatch(status -> status < 400
                    || status == 404);
            assertThat(simulator.violations()).isEmpty();
        }
    }

    private static Set<String> tokens(OneDriveSimulator simulator) {
        Set<String> tokens = new TreeSet<>();
        simulator.requests().forEach(request -> request.header("authorization").ifPresent(tokens::add));
        return tokens;
    }

    private static void drop(Path folder, int i) throws IOException {
        Path part = Files.writeString(folder.resolve("dump-" + i + ".part"), folder.getFileName() + " " + i + "\n");
        Files.move(part, folder.resolve("dump-" + i + ".sql"));
    }

    private static String route(Path drops, String destination, OneDriveSimulator simulator) throws IOException {
        Path drop = Files.createDirectory(drops.resolve(destination));
        return """
                - route:
                    from:
                      uri: file:%s
                      parameters: { include: ".*[.]sql", move: .done, delay: 200, initialDelay: 0 }
                      steps:
                        - process: { ref: onedriveCredentials }
                        - to:
                            uri: onedrive:%s
                            parameters: { graphEndpoint: "%s", loginEndpoint: "%s" }
                """.formatted(drop, destination, simulator.graphEndpoint(), simulator.loginEndpoint());
    }
}
