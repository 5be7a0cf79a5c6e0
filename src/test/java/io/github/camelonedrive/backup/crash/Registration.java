package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.camelonedrive.backup.e2e.Launched;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** One vault with the destination "offsite", as an operator makes it, for any number of homes and simulators. */
final class Registration {

    private final Path directory;
    private final String clientId = UUID.randomUUID().toString();
    private final String clientSecret = random();
    private final String refreshToken = random();

    private Registration(Path directory) {
        this.directory = directory;
    }

    /** @param directory private to this */
    static Registration make(Path directory) throws IOException, InterruptedException {
        Registration registration = new Registration(directory);
        registration.secret("vault.key", random());
        registration.expectDone("vault", "init");
        registration.expectDone("destination", "add", "offsite", "--client-id", registration.clientId,
                "--client-secret-file", registration.secret("client-secret", registration.clientSecret).toString(),
                "--refresh-token-file", registration.secret("refresh-token", registration.refreshToken).toString(),
                "--folder", "/Backups");
        return registration;
    }

    /** A simulator that knows this application and user. */
    OneDriveSimulatorBuilder of(OneDriveSimulatorBuilder simulator) {
        return simulator.clientId(clientId).clientSecret(clientSecret).refreshToken(refreshToken);
    }

    /** @param home made here, with a copy of the vault */
    Path copyTo(Path home) throws IOException {
        Files.createDirectory(home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path vault = Files.copy(directory.resolve("home/vault.json"), home.resolve("vault.json"));
        Files.setPosixFilePermissions(vault, PosixFilePermissions.fromString("rw-------"));
        return home;
    }

    Map<String, String> environment() {
        return Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8",
                "ONEDRIVE_VAULT_KEY_FILE", directory.resolve("vault.key").toString());
    }

    private void expectDone(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--home", directory.resolve("home").toString()));
        all.addAll(List.of(arguments));
        try (Launched program = Launched.start(directory, environment(), all)) {
            assertThat(program.exitCode()).as(program.err()).isZero();
        }
    }

    private Path secret(String name, String value) throws IOException {
        Path file = Files.writeString(directory.resolve(name), value + "\n", StandardCharsets.UTF_8);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
