package io.github.camelonedrive.simulator.internal.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.UUID;

/** A new RSA key with a certificate that it signed itself, by the JDK's own keytool. */
record TestKey(PrivateKey key, X509Certificate certificate) {

    /** @param startDate as keytool takes it: {@code -1d} for yesterday */
    static TestKey create(Path directory, String startDate, int days) throws Exception {
        String password = UUID.randomUUID().toString();
        Path file = directory.resolve(UUID.randomUUID() + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "app", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=test", "-startdate",
                startDate, "-validity", Integer.toString(days), "-storetype", "PKCS12", "-keystore", file.toString(),
                "-storepass", password).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        return read(file, password);
    }

    private static TestKey read(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return new TestKey((PrivateKey) store.getKey("app", password.toCharArray()),
                (X509Certificate) store.getCertificate("app"));
    }

    String thumbprint() {
        try {
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
