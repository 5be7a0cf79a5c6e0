package com.example.backup;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** The route against OneDrive on this machine: no account, no network. */
class BackupRouteTest {

    @RegisterExtension
    final OneDriveSimulatorExtension onedrive = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    Path directory;

    @Test
    void aDumpIsUploaded() throws Exception {
        OneDriveSimulator simulator = onedrive.simulator();
        Main main = new Main(BackupRoute.class);
        main.addOverrideProperty("backup.directory", directory.toString());
        main.addOverrideProperty("backup.quiet-period", "10ms");
        main.addOverrideProperty("camel.component.onedrive.graph-endpoint", simulator.graphEndpoint().toString());
        main.addOverrideProperty("camel.component.onedrive.login-endpoint", simulator.loginEndpoint().toString());
        main.addOverrideProperty("camel.component.onedrive.client-id", simulator.clientId());
        main.addOverrideProperty("camel.component.onedrive.client-secret", simulator.clientSecret());
        main.addOverrideProperty("camel.component.onedrive.refresh-token", simulator.refreshToken());
        main.start();
        try {
            Files.writeString(directory.resolve("dump.sql"), "the dump");
            Awaitility.await().until(() -> Files.exists(directory.resolve(".done/dump.sql")));
            assertArrayEquals("the dump".getBytes(), simulator.file("/Backups/dump.sql").orElseThrow().bytes());
        } finally {
            main.stop();
        }
    }
}
