package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.SecretSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server signs in as an application, with a certificate, out of a vault that a passphrase seals: nobody is asked for
 * anything, and nothing of key, passwords and assertions shows, with everything logged at TRACE.
 */
class ApplicationIT {

    private static final String[] TRACE = {"-v", "-D", "logging.level.root=TRACE", "-D", "logging.level.org.apache.hc=TRACE"};

    @TempDir
    private Path directory;

    private final String certificatePassword = UUID.randomUUID().toString();
    private final String passphrase = UUID.randomUUID() + " old";
    private final String newPassphrase = UUID.randomUUID() + " new";
    private RSAPrivateCrtKey key;
    private Installation installation;

    @BeforeEach
    void install() throws Exception {
        X509Certificate certificate = makeCertificate(directory.resolve("app.p12"));
        installation = new Installation(directory, OneDriveSimulator.builder().accountType(AccountType.BUSINESS).port(0)
                .certificate(certificate).start());
        installation.environment.remove("ONEDRIVE_VAULT_KEY_FILE");
        installation.environment.put("ONEDRIVE_VAULT_PASSPHRASE_FILE",
                installation.secret("passphrase", passphrase).toString());
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void certificateAndPassphraseServeFromTheFirstCommandToTheRotatedVault() throws Exception {
        traced("vault", "init");
        traced("destination", "add", "offsite", "--client-id", installation.simulator.clientId(),
                "--certificate", directory.resolve("app.p12").toString(),
                "--certificate-password-file", installation.secret("p12-password", certificatePassword).toString(),
                "--tenant", installation.simulator.tenantId(),
                "--user", installation.simulator.userId(), "--folder", "/Backups");
        assertThat(traced("destination", "test", "offsite").out()).contains("as the application itself, with a certificate");
        Path dump = Files.write(directory.resolve("dump.sql"), new byte[5 * 1024 * 1024]);
        traced("push", "offsite", dump.toString());
        assertThat(installation.simulator.file("/Backups/dump.sql")).isPresent();

        traced("vault", "rotate", "--new-passphrase-file", installation.secret("new-passphrase", newPassphrase).toString());
        assertThat(installation.expect(1, "vault", "check").err()).contains("passphrase");
        installation.environment.put("ONEDRIVE_VAULT_PASSPHRASE_FILE", directory.resolve("new-passphrase").toString());
        traced("vault", "check");
        traced("push", "offsite", dump.toString());

        assertThat(installation.simulator.tokenCalls()).containsOnlyKeys("client_credentials");
        assertThat(installation.simulator.violations()).isEmpty();
        nothingShows();
    }

    private Launched traced(String... command) throws IOException, InterruptedException {
        return installation.expect(0, Stream.concat(Stream.of(TRACE), Stream.of(command)).toArray(String[]::new));
    }

    private void nothingShows() throws IOException {
        SecretSearch secrets = installation.simulator.secrets().add("certificate key", key.getEncoded())
                .add("certificate key", key.getPrivateExponent()).add("certificate password", certificatePassword)
                .add("passphrase", passphrase).add("passphrase", newPassphrase);
        assertThat(secrets.kinds()).contains("client_assertion", "access_token", "certificate key");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile).filter(file -> file.startsWith(directory.resolve("home"))
                    || file.getFileName().toString().matches("(out|err)\\d+\\.txt")).forEach(files::add);
        }
        assertThat(files).hasSizeGreaterThan(12);
        for (Path file : files) {
            assertThat(secrets.in(Files.readAllBytes(file))).as("secrets in %s", file).isEmpty();
        }
    }

    private X509Certificate makeCertificate(Path file) throws Exception {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "app", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=backup", "-validity", "400",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", certificatePassword)
                .redirectErrorStream(true).start();
        assertThat(new String(keytool.getInputStream().readAllBytes())).isNotNull();
        assertThat(keytool.waitFor()).isZero();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, certificatePassword.toCharArray());
        }
        key = (RSAPrivateCrtKey) store.getKey("app", certificatePassword.toCharArray());
        return (X509Certificate) store.getCertificate("app");
    }
}
