package io.github.camelonedrive.credentials;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;

/**
 * The certificate that an app registration signs in with, and its private key. Its text form shows the certificate's subject
 * and end, never the key.
 */
public final class ClientCertificate {

    private final PrivateKey privateKey;
    private final X509Certificate certificate;

    /** @throws IllegalArgumentException when the key is not the certificate's, or of a kind that can't sign PS256 */
    public ClientCertificate(PrivateKey privateKey, X509Certificate certificate) {
        this.privateKey = Objects.requireNonNull(privateKey);
        this.certificate = Objects.requireNonNull(certificate);
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
