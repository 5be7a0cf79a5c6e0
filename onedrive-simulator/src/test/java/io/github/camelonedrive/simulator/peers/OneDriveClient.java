package io.github.camelonedrive.simulator.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;

import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program onedrive, unmodified, which keeps a directory and a drive the same. It trusts only the certificates of the
 * system, so it runs where another file stands in their place: in a mount namespace of its own.
 */
final class OneDriveClient {
    static final DebianProgram PROGRAM = new DebianProgram(Path.of("/usr/bin/onedrive"), "onedrive");
    /** The registration that is built into it, of a public client. */
    static final String CLIENT_ID = "d50ca740-c83f-4d1b-b616-12c519384f0c";
    private static final String CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    /** As root, and as a user where users may have namespaces. */
    private static final List<List<String>> OWN_MOUNTS = List.of(
            List.of("/usr/bin/unshare", "--mount"), List.of("/usr/bin/unshare", "--map-root-user", "--mount"));

    private final Path home;
    private final Path files;
    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment;

    /**
     * Signed in, with neither files nor memory. It cannot sign in at the simulator by itself: it takes authorization codes
     * without decoding them, and the simulator's need to be decoded.
     *
     * @param home an empty directory
     */
    OneDriveClient(OneDriveSimulator simulator, ConnectProxy proxy, Path home) throws IOException {
        this.home = home;
        this.files = Files.createDirectory(home.resolve("files"));
        Path certificates = Files.writeString(home.resolve("simulator.pem"), simulator.certificatePem());
        this.environment = Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8",
                "https_proxy", proxy.address());
        Path configuration = Files.createDirectory(home.resolve("configuration"));
        Files.createFile(configuration.resolve("refresh_token"), OWNER_ONLY);
        Files.writeString(configuration.resolve("refresh_token"), simulator.refreshToken());
        command.addAll(ownMounts().orElseThrow());
        command.addAll(List.of("sh", "-c", "mount --bind \"$0\" " + CERTIFICATES + " && exec \"$@\"", certificates.toString(),
                PROGRAM.path().toString(), "--confdir", configuration.toString(), "--syncdir", files.toString(), "--verbose"));
    }

    /** Ends the test, as skipped, where it is not installed or no namespace can be made. */
    static void assumeUsable() throws IOException {
        PROGRAM.assumeInstalled();
        Assumptions.assumeTrue(ownMounts().isPresent(), "SKIPPED: mount namespaces are not allowed here");
    }

    private static Optional<List<String>> ownMounts() throws IOException {
        for (List<String> unshare : OWN_MOUNTS) {
            List<String> attempt = new ArrayList<>(unshare);
            attempt.addAll(List.of("sh", "-c", "mount --bind /dev/null " + CERTIFICATES));
            try {
                if (new ProcessBuilder(attempt).start().waitFor() == 0) {
                    return Optional.of(unshare);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return Optional.empty();
    }

    /** The directory that it synchronizes. */
    Path files() {
        return files;
    }

    /** Synchronizes once, which has to succeed. @return what it reported */
    String synchronize(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.add("--synchronize");
        all.addAll(List.of(options));
        DebianProgram.Result result = DebianProgram.end(DebianProgram.start(all, environment, home), home);
        assertThat(result.status()).as(List.of(options) + "\n" + result.out() + result.err()).isZero();
        assertThat(result.out() + result.err()).doesNotContain("ERROR");
        return result.out();
    }
}
