package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The certificate that an app registration signs in with, and its private key: RSA, because assertions are signed PS256
 * ({@code graph-contract.md} statement 90). Its text form shows the certificate's subject and end, never the key.
 */
public final class ClientCertificate {

    /** In bits; Microsoft's own minimum. */
    static final int MIN_KEY_LENGTH = 2048;

    private static final int LINE_WORTH_HIDING = 24;

    private final PrivateKey privateKey;
    private final X509Certificate certificate;

    /**
     * Whether the certificate is still valid is not checked here: a destination must be shown, and mended, after its end too.
     *
     * @throws IllegalArgumentException when the key is not the certificate's, or of a kind that can't sign PS256
     */
    public ClientCertificate(PrivateKey privateKey, X509Certificate certificate) {
        this.privateKey = Objects.requireNonNull(privateKey);
        this.certificate = Objects.requireNonNull(certificate);
        RSAKey rsa = requireRsa(privateKey);
        if (rsa.getModulus().bitLength() < MIN_KEY_LENGTH) {
            throw new IllegalArgumentException("The certificate's key has " + rsa.getModulus().bitLength() + " bits. It needs "
                    + MIN_KEY_LENGTH + " or more.");
        }
        if (!fits(privateKey, certificate)) {
            throw new IllegalArgumentException("The private key is not that of the certificate of "
                    + certificate.getSubjectX500Principal().getName() + ".");
        }
        if (privateKey.getEncoded() != null) {
            hide(pemOf("PRIVATE KEY", privateKey.getEncoded()));
        }
    }

    /**
     * Reads a certificate with its private key, as tools write them: PEM (PKCS #8, also encrypted, or a traditional RSA key;
     * key and certificates in any order) or PKCS #12. Among several certificates, a chain, the one whose key is there is
     * meant.
     *
     * @param pemOrPkcs12 the file's content
     * @param password    opens an encrypted key or PKCS #12
     * @throws IllegalArgumentException with what is wrong and what to do, in whole sentences that name no file
     */
    public static ClientCertificate parse(byte[] pemOrPkcs12, Optional<Secret> password) {
        return new CertificateReader(password).read(pemOrPkcs12);
    }

    /** Whether the certificate is that of the key. */
    static boolean fits(PrivateKey key, X509Certificate certificate) {
        return key instanceof RSAKey one && certificate.getPublicKey() instanceof RSAKey other
                && one.getModulus().equals(other.getModulus());
    }

    private static RSAKey requireRsa(PrivateKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa;
        }
        throw new IllegalArgumentException("The certificate's key is of the kind " + key.getAlgorithm() + ". Microsoft takes "
                + "RSA keys only. Make a certificate with an RSA key of " + MIN_KEY_LENGTH + " bits or more.");
    }

    /** Signs the assertions. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** Its public part is what the app registration knows. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** When it ends. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** The private key (PKCS #8, not encrypted) and the certificate in PEM, which {@link #parse} reads. */
    Secret pem() {
        try {
            return Secret.of(pemOf("PRIVATE KEY", privateKey.getEncoded())
                    + pemOf("CERTIFICATE", certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read can't be written", e);
        }
    }

    /** A key is shown line by line, if at all. */
    private static void hide(String pem) {
        Secret.of(pem);
        pem.lines().filter(line -> line.length() >= LINE_WORTH_HIDING && !line.startsWith("-----")).forEach(Secret::of);
        Secret.of(pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat));
    }

    private static String pemOf(String type, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().replace("\r\n", "\n");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientCertificate that && certificate.equals(that.certificate)
                && privateKey.equals(that.privateKey);
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }

    @Override
    public String toString() {
        return "(certificate " + certificate.getSubjectX500Principal().getName() + ", ends " + notAfter() + ")";
    }
}
