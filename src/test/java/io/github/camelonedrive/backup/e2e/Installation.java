package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** A home with a vault, a destination "offsite" in a simulator of this JVM, and the means to start the program on it. */
final class Installation implements AutoCloseable {

    final Path directory;
    final OneDriveSimulator simulator;
    final Map<String, String> environment = new LinkedHashMap<>();

    private final Path settings;

    Installation(Path directory) throws IOException {
        this(directory, OneDriveSimulator.builder().accountType(AccountType.PERSONAL).port(0).start());
    }

    /** @param simulator closed with this */
    Installation(Path directory, OneDriveSimulator simulator) throws IOException {
        this.directory = directory;
        this.simulator = simulator;
        this.settings = Files.writeString(directory.resolve("settings.properties"),
                "camel.component.onedrive.graph-endpoint = " + simulator.graphEndpoint() + "\n"
                        + "camel.component.onedrive.login-endpoint = " + simulator.loginEndpoint() + "\n"
                        + "backup.console.port = 0\n");
        environment.put("PATH", System.getenv("PATH"));
        environment.put("ONEDRIVE_VAULT_KEY_FILE", newKey("vault.key").toString());
    }

    Path newKey(String name) throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return secret(name, HexFormat.of().formatHex(key));
    }

    Path secret(String name, String value) throws IOException {
        Path file = Files.writeString(directory.resolve(name), value + "\n", StandardCharsets.UTF_8);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Makes the vault and the destination, as an operator does. */
    Installation initialized() throws IOException, InterruptedException {
        expect(0, "vault", "init");
        expect(0, "destination", "add", "offsite", "--client-id", simulator.clientId(),
                "--client-secret-file", secret("client-secret", simulator.clientSecret()).toString(),
                "--refresh-token-file", secret("refresh-token", simulator.refreshToken()).toString(),
                "--folder", "/Backups");
        return this;
    }

    Installation setting(String name, Object value) throws IOException {
        Files.writeString(settings, Files.readString(settings) + name + " = " + value + "\n");
        return this;
    }

    /** A watched directory that exists. */
    Path watch(String name, String folder) throws IOException {
        return watch(name, "drop-" + name, folder);
    }

    /** @param directoryName of the watched directory, which is made */
    Path watch(String name, String directoryName, String folder) throws IOException {
        Path drop = Files.createDirectories(directory.resolve(directoryName));
        setting("backup.watch." + name + ".directory", drop);
        setting("backup.watch." + name + ".destination", "offsite");
        setting("backup.watch." + name + ".folder", folder);
        setting("backup.watch." + name + ".quiet-period", "500ms");
        return drop;
    }

    /** What the upload journal in the home remembers. */
    List<String> records() {
        Path journal = directory.resolve("home/journal");
        if (Files.notExists(journal)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(journal)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".upload")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Launched start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--home", directory.resolve("home").toString(), "--config",
                settings.toString()));
        all.addAll(List.of(arguments));
        return Launched.start(directory, environment, all);
    }

    Launched expect(int exitCode, String... arguments) throws IOException, InterruptedException {
        try (Launched program = start(arguments)) {
            int actual = program.exitCode();
            assertThat(actual).as("exit code of %s\n%s\n%s", List.of(arguments), program.out(), program.err())
                    .isEqualTo(exitCode);
            return program;
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
