package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/** The program rclone, unmodified, with a configuration that was made for one simulator. It calls the simulator {@code od:}. */
final class Rclone {
    /** As rclone's own documentation advises. */
    private static final String USER_AGENT = "ISV|rclone.org|rclone/v1.60.1";
    private static final Path PROGRAM = Path.of("/usr/bin/rclone");
    private static final String CHUNK = "1280Ki";
    private static final int CHUNK_BYTES = 1280 * 1024;
    private static final int TIMEOUT_SECONDS = 60;

    private final Path home;
    private final String proxy;

    /** What a run brought. */
    record Result(int status, String out, String err) {
    }

    private Rclone(Path home, String proxy) {
        this.home = home;
        this.proxy = proxy;
    }

    /** Says aloud what goes untested where there is no rclone. */
    static void warnIfMissing() {
        if (!isInstalled()) {
            System.err.println("SKIPPED: " + PROGRAM + " is missing, so no client that others wrote proves the simulator here."
                    + " Install it with 'apt-get install rclone', as .ci/run does.");
        }
    }

    /** Ends the test, as skipped, where there is no rclone. */
    static void assumeInstalled() {
        Assumptions.assumeTrue(isInstalled(), PROGRAM + " is missing: apt-get install rclone");
    }

    private static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
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
        Result result = tryRun(arguments);
        assertThat(result.status()).as(String.join(" ", arguments) + "\n" + result.out() + result.err()).isZero();
        return result.out();
    }

    Result tryRun(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--config", home.resolve("rclone.conf").toString(),
                "--user-agent", USER_AGENT, "--onedrive-chunk-size", CHUNK, "--retries", "1", "--low-level-retries", "2",
                "--stats", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(home.resolve("out").toFile()).redirectError(home.resolve("err").toFile());
        builder.environment().clear();
        // Not by --ca-cert, which rclone does not heed where it watches a copy.
        builder.environment().putAll(Map.of("HOME", home.toString(), "HTTPS_PROXY", proxy, "LC_ALL", "C.UTF-8",
                "SSL_CERT_FILE", home.resolve("simulator.pem").toString(), "SSL_CERT_DIR", home.toString()));
        Process process = builder.start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Result(ended ? process.exitValue() : -1, Files.readString(home.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(home.resolve("err"), StandardCharsets.UTF_8));
    }
}
