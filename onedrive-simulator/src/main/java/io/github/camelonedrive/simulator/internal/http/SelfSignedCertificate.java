package io.github.camelonedrive.simulator.internal.http;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A new key pair and a certificate that it signed itself, made by the JDK's own {@code keytool}, because the JDK has no API for
 * that. Key and trust store are in a private temporary directory until it is closed.
 */
public final class SelfSignedCertificate implements Closeable {
    private static final String ALIAS = "onedrive-simulator";
    private static final String STORE_TYPE = "PKCS12";
    private static final String LOOPBACK = "dns:localhost,ip:127.0.0.1,ip:::1";
    private static final int DAYS = 365;
    private static final int KEYTOOL_SECONDS = 60;
    private static final int PASSWORD_BYTES = 24;
    private static final int PEM_LINE = 64;

    private final String password = randomPassword();
    private final Path directory;
    private final KeyStore keys;
    private final KeyStore trust;

    private SelfSignedCertificate(Path directory, List<String> extraHosts) throws IOException, GeneralSecurityException {
        this.directory = directory;
        Path keyFile = directory.resolve("key.p12");
        runKeytool(keyFile, extraHosts);
        this.keys = KeyStore.getInstance(STORE_TYPE);
        keys.load(new ByteArrayInputStream(Files.readAllBytes(keyFile)), password.toCharArray());
        this.trust = KeyStore.getInstance(STORE_TYPE);
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        try (OutputStream out = Files.newOutputStream(trustStoreFile())) {
            trust.store(out, password.toCharArray());
        }
    }

    /**
     * A certificate for localhost, 127.0.0.1, ::1 and these names and addresses.
     *
     * @throws IOException if {@code keytool} is missing or fails; the message holds what it said
     */
    static SelfSignedCertificate create(List<String> extraHosts) throws IOException {
        Path directory = Files.createTempDirectory("onedrive-simulator-tls-");
        try {
            return new SelfSignedCertificate(directory, extraHosts);
        } catch (IOException | GeneralSecurityException e) {
            delete(directory);
            throw new IOException("The certificate could not be made: " + e.getMessage(), e);
        }
    }

    SSLContext sslContext() {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key that was just made cannot be used.", e);
        }
    }

    public KeyStore trustStore() {
        return trust;
    }

    public Path trustStoreFile() {
        return directory.resolve("trust.p12");
    }

    public String trustStorePassword() {
        return password;
    }

    public String pem() {
        try {
            Certificate certificate = keys.getCertificate(ALIAS);
            String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate that was just made cannot be read.", e);
        }
    }

    @Override
    public void close() throws IOException {
        delete(directory);
    }

    private void runKeytool(Path keyFile, List<String> extraHosts) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA",
                "-dname", "CN=localhost, O=OneDrive simulator", "-startdate", "-1d", "-validity", Integer.toString(DAYS),
                "-ext", "san=" + alternativeNames(extraHosts), "-ext", "eku=serverAuth", "-ext", "ku=digitalSignature",
                "-storetype", STORE_TYPE, "-keystore", keyFile.toString(), "-storepass:env", "STORE_PASSWORD"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.out").toFile());
        // Not an argument: those can be seen by everyone on the machine.
        builder.environment().put("STORE_PASSWORD", password);
        Process keytool = builder.start();
        keytool.getOutputStream().close();
        try {
            if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException(Files.readString(directory.resolve("keytool.out")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            keytool.destroyForcibly();
        }
    }

    private static String alternativeNames(List<String> extraHosts) {
        return Stream.concat(Stream.of(LOOPBACK), extraHosts.stream().map(SelfSignedCertificate::alternativeName))
                .collect(Collectors.joining(","));
    }

    private static String alternativeName(String host) {
        boolean address = host.contains(":") || host.matches("[0-9.]+");
        return (address ? "ip:" : "dns:") + host;
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
    }

    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
