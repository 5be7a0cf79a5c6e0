package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The commands of docs/azure-registration.md, run as they stand there. */
class RegistrationGuideTest {

    private static final Path GUIDE = Path.of("../docs/azure-registration.md");

    @Test
    void certificateMadeAsTheGuideSaysIsOneThatWeTake(@TempDir Path directory) throws Exception {
        assumeThat(runs(directory, "openssl version")).as("openssl is there").isTrue();
        for (String script : scripts("openssl ")) {
            assertThat(runs(directory, script)).as(script).isTrue();
        }

        Secret password = Secret.of(Files.readString(directory.resolve("certificate-password.txt")).strip());
        ClientCertificate pem = ClientCertificate.parse(read(directory, "onedrive-backup.pem"), Optional.empty());
        ClientCertificate pkcs12 = ClientCertificate.parse(read(directory, "onedrive-backup.p12"), Optional.of(password));

        assertThat(pem).isEqualTo(pkcs12);
        assertThat(pem.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=onedrive-backup");
        assertThat(Duration.between(Instant.now(), pem.notAfter()).toDays()).isCloseTo(730, within(1L));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("onedrive-backup.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void everyCloudIsNamedAsTheOptionTakesIt() throws IOException {
        String guide = Files.readString(GUIDE);

        for (Cloud cloud : Cloud.values()) {
            assertThat(guide).contains("| " + cloud.loginEndpoint().replace("https://", "") + " |");
        }
        List<String> names = Pattern.compile("\\| `([a-z-]+)` \\| login\\.").matcher(guide).results()
                .map(row -> row.group(1)).toList();
        assertThat(names.stream().map(Cloud::parse)).containsExactlyInAnyOrder(Cloud.values());
    }

    @Test
    void linksWithinTheGuideLeadSomewhere() throws IOException {
        String guide = Files.readString(GUIDE);
        List<String> headings = Pattern.compile("(?m)^#+ (.*)$").matcher(guide).results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-')).toList();

        assertThat(Pattern.compile("\\(#([^)]*)\\)").matcher(guide).results().map(found -> found.group(1)).distinct())
                .isNotEmpty().isSubsetOf(headings);
    }

    private static List<String> scripts(String command) throws IOException {
        List<String> scripts = Pattern.compile("(?s)```sh\\n(.*?)```").matcher(Files.readString(GUIDE)).results()
                .map(block -> block.group(1)).filter(block -> block.contains(command)).toList();
        assertThat(scripts).hasSize(2);
        return scripts;
    }

    private static boolean runs(Path directory, String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-e", "-c", script).directory(directory.toFile())
                .redirectErrorStream(true).redirectOutput(directory.resolve("output.txt").toFile()).start();
        return shell.waitFor(1, TimeUnit.MINUTES) && shell.exitValue() == 0;
    }

    private static byte[] read(Path directory, String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }
}
