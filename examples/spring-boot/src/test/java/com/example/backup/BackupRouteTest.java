package com.example.backup;

import java.nio.file.Files;
import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The route against OneDrive on this machine: no account, no network. */
@SpringBootTest(properties = "camel.main.run-controller=false")
class BackupRouteTest {

    @RegisterExtension
    static final OneDriveSimulatorExtension ONEDRIVE = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    static Path directory;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        OneDriveSimulator simulator = ONEDRIVE.simulator();
        properties.add("backup.directory", directory::toString);
        properties.add("backup.quiet-period", () -> "10ms");
        properties.add("camel.component.onedrive.graph-endpoint", simulator::graphEndpoint);
        properties.add("camel.component.onedrive.login-endpoint", simulator::loginEndpoint);
        properties.add("camel.component.onedrive.client-id", simulator::clientId);
        properties.add("camel.component.onedrive.client-secret", simulator::clientSecret);
        properties.add("camel.component.onedrive.refresh-token", simulator::refreshToken);
    }

    @Test
    void aDumpIsUploaded() throws Exception {
        Files.writeString(directory.resolve("dump.sql"), "the dump");
        Awaitility.await().until(() -> Files.exists(directory.resolve(".done/dump.sql")));
        assertThat(ONEDRIVE.simulator().file("/Backups/dump.sql").orElseThrow().bytes()).asString().isEqualTo("the dump");
    }
}
