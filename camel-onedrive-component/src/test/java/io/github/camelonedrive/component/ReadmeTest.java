package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The route that the README shows is a route that works. */
class ReadmeTest {

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    Path home;

    @Test
    void theRouteOfTheReadmePushesADump() throws Exception {
        OneDriveSimulator onedrive = extension.simulator();
        Path drop = Files.createDirectory(home.resolve("mysql"));
        try (SimulatedRoute route = new SimulatedRoute(onedrive)) {
            Vault vault = Vault.create(home.resolve("vault.json"), MasterKey.generate(home.resolve("key")));
            vault.add(new Destination("offsite", Secret.of(onedrive.clientId()),
                    new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret())),
                    Optional.of(Secret.of(onedrive.refreshToken())), "common", Cloud.GLOBAL, "/",
                    DriveSelector.ME, Optional.empty(), Optional.empty()));
            route.context().getRegistry().bind("onedriveCredentials", new EncryptedCredentialProcessor(vault));

            PluginHelper.getRoutesLoader(route.context()).loadRoutes(
                    ResourceHelper.fromString("readme.camel.yaml", yaml().replace("/var/backups/mysql", drop.toString())));
            Files.write(drop.resolve("dump.sql"), SimulatedRoute.content(5 * 1024 * 1024));

            Awaitility.await().until(() -> Files.exists(drop.resolve(".done/dump.sql")));
            assertThat(route.holds("/Backups/mysql/dump.sql", SimulatedRoute.content(5 * 1024 * 1024))).isTrue();
        }
    }

    private static String yaml() throws Exception {
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
