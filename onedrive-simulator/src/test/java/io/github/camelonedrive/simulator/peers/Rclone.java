package io.github.camelonedrive.simulator.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** The program rclone, unmodified, with a configuration that was made for one simulator. It calls the simulator {@code od:}. */
final class Rclone {
    static final DebianProgram PROGRAM = new DebianProgram(Path.of("/usr/bin/rclone"), "rclone");
    /** As rclone's own documentation advises. */
    private static final String USER_AGENT = "ISV|rclone.org|rclone/v1.60.1";
    private static final String CHUNK = "1280Ki";
    private static final int CHUNK_BYTES = 1280 * 1024;

    private final Path home;
    private final String proxy;

    private Rclone(Path home, String proxy) {
        this.home = home;
        this.proxy = proxy;
    }

    /** The size of its fragments, in bytes. */
    static int chunk() {
        return CHUNK_BYTES;
    }

    /**
     * Writes the configuration: Microsoft's addresses, which rclone has built in, lead to the simulator through the proxy.
     *
     * @param home an empty directory
     */
    static Rclone configure(OneDriveSimulator simulator, ConnectProxy proxy, Path home, AccountType type) throws IOException {
        Path config = Files.createFile(home.resolve("rclone.conf"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // The access token has long expired, so that rclone begins with a refresh.
        Files.writeString(config, """
                [od]
                type = onedrive
                drive_id = %s
                drive_type = %s
                client_id = %s
                client_secret = %s
                token = {"access_token":"none","token_type":"Bearer","refresh_token":"%s","expiry":"2020-01-01T00:00:00Z"}
                """.formatted(simulator.driveId(), type.driveType(), simulator.clientId(), simulator.clientSecret(),
                simulator.refreshToken()));
        Files.writeString(home.resolve("simulator.pem"), simulator.certificatePem());
        return new Rclone(home, proxy.address());
    }

    /** Runs a command that has to succeed. */
    String run(String... arguments) throws IOException, InterruptedException {
        DebianProgram.Result result = tryRun(arguments);
        assertThat(result.status()).as(String.join(" ", arguments) + "\n" + result.out() + result.err()).isZero();
        return result.out();
    }

    DebianProgram.Result tryRun(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.path().toString(),
                "--config", home.resolve("rclone.conf").toString(),
                "--user-agent", USER_AGENT, "--onedrive-chunk-size", CHUNK, "--retries", "1", "--low-level-retries", "2",
                "--stats", "0"));
        command.addAll(List.of(arguments));
        // Not by --ca-cert, which rclone does not heed where it watches a copy.
        Map<String, String> environment = Map.of("HOME", home.toString(), "HTTPS_PROXY", proxy, "LC_ALL", "C.UTF-8",
                "SSL_CERT_FILE", home.resolve("simulator.pem").toString(), "SSL_CERT_DIR", home.toString());
        return DebianProgram.end(DebianProgram.start(command, environment, home), home);
    }
}
