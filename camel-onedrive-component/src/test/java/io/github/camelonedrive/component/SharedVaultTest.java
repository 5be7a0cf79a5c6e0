package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.LoginClient;
import io.github.camelonedrive.auth.LoginSettings;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.auth.VaultTokenProvider;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.KeySources;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Two real processes with one vault, against a service that takes each refresh token once. */
@Timeout(300)
class SharedVaultTest {

    private static final int ROUNDS = 10;

    @TempDir
    private Path dir;

    @Test
    @Tag("C87")
    void processesNeverSendAUsedRefreshTokenAndNeverLoseTheNewestOne() throws Exception {
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().port(0).invalidateOldRefreshTokens(true).start()) {
            Path vaultFile = dir.resolve("vault.json");
            Path keyFile = dir.resolve("vault.key");
            Vault vault = Vault.create(vaultFile, MasterKey.generate(keyFile));
            vault.add(Destination.of("offsite", Secret.of(onedrive.clientId()))
                    .withCredential(new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret())))
                    .withRefreshToken(Secret.of(onedrive.refreshToken())));

            List<Process> processes = new ArrayList<>();
            for (String name : List.of("first", "second")) {
                processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                        System.getProperty("java.class.path"), Refresher.class.getName(), vaultFile.toString(),
                        keyFile.toString(), onedrive.loginEndpoint().toString()).redirectErrorStream(true)
                        .redirectOutput(dir.resolve(name + ".log").toFile()).start());
            }
            for (Process process : processes) {
                assertThat(process.waitFor()).as("%s", logs()).isZero();
            }

            assertThat(onedrive.requests(Step.TOKEN)).hasSize(2 * ROUNDS).extracting(RecordedRequest::status)
                    .containsOnly(200);
            assertThat(vault.destination("offsite").refreshToken()).contains(Secret.of(onedrive.refreshToken()));
            assertThat(onedrive.violations()).isEmpty();
        }
    }

    private String logs() throws IOException {
        return Files.readString(dir.resolve("first.log")) + Files.readString(dir.resolve("second.log"));
    }

    /** Asks for a new access token again and again. */
    static final class Refresher {

        public static void main(String[] arguments) throws IOException {
            try (CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries()
                    .setUserAgent("NONISV|camel-onedrive|SharedVaultTest/1").build()) {
                Vault vault = KeySources.of(Map.of(), Optional.of(Path.of(arguments[1]))).open(Path.of(arguments[0]));
                LoginClient login = new LoginClient(http, LoginSettings.defaults().withLoginEndpoint(arguments[2]));
                TokenProvider provider = new VaultTokenProvider(vault, "offsite", login);
                AccessToken token = provider.accessToken();
                for (int round = 1; round < ROUNDS; round++) {
                    token = provider.replace(token);
                }
            }
        }
    }
}
