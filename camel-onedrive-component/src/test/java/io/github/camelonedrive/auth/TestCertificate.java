package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.UUID;

import io.github.camelonedrive.credentials.ClientCertificate;

/** A self-signed certificate with an RSA key, made at run time by the JDK's own tool, in a PKCS #12 file. */
public final class TestCertificate {

    public final Path file;
    public final String password = UUID.randomUUID().toString();

    /** @param days from today; it ends then */
    public TestCertificate(Path directory, int days) throws IOException, InterruptedException {
        file = directory.resolve("certificate-" + UUID.randomUUID() + ".p12");
        Process tool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "backup", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=backup",
                "-startdate", "-2d", "-validity", Integer.toString(days + 2),
                "-keystore", file.toString(), "-storetype", "PKCS12",
                "-storepass", password).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes());
        if (tool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    public ClientCertificate read() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return new ClientCertificate((PrivateKey) store.getKey("backup", password.toCharArray()),
                (X509Certificate) store.getCertificate("backup"));
    }
}
