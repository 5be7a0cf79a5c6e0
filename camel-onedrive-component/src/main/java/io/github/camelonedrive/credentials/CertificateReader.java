package io.github.camelonedrive.credentials;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Finds the one private key and its certificate in a file. Failures name no content of the file, not even as their cause. */
final class CertificateReader {

    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final int DER_SEQUENCE = 0x30;

    private final Optional<Secret> password;
    private final List<PrivateKey> keys = new ArrayList<>();
    private final List<X509Certificate> certificates = new ArrayList<>();

    CertificateReader(Optional<Secret> password) {
        this.password = password;
    }

    /** @throws IllegalArgumentException saying what is wrong */
    ClientCertificate read(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.contains(PEM_BEGIN)) {
            readPem(text);
        } else if (content.length > 0 && content[0] == DER_SEQUENCE) {
            readPkcs12(content);
        } else {
            throw new IllegalArgumentException("This is neither PEM nor PKCS #12. Give a file that holds both certificate and "
                    + "private key.");
        }
        return matching();
    }

    private ClientCertificate matching() {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("There is no private key in it. Give a file that holds both the certificate and "
                    + "its private key: in PEM, one after the other.");
        }
        if (keys.size() > 1) {
            throw new IllegalArgumentException("There are " + keys.size() + " private keys in it. Give a file with one.");
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("There is no certificate in it. Give a file that holds both the certificate and "
                    + "its private key: in PEM, one after the other.");
        }
        PrivateKey key = keys.get(0);
        // Where none fits, the constructor says so of the first one.
        X509Certificate leaf = certificates.stream().filter(certificate -> ClientCertificate.fits(key, certificate))
                .findFirst().orElse(certificates.get(0));
        return new ClientCertificate(key, leaf);
    }

    private void readPem(String text) {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                readPart(part);
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof Unreadable ours ? ours : new Unreadable("It is PEM, but damaged or cut off.");
        }
    }

    private void readPart(Object part) throws IOException {
        if (part instanceof X509CertificateHolder holder) {
            certificates.add(certificate(holder.getEncoded()));
        } else if (part instanceof X509TrustedCertificateBlock trusted) {
            certificates.add(certificate(trusted.getCertificateHolder().getEncoded()));
        } else if (part instanceof PrivateKeyInfo info) {
            keys.add(key(info));
        } else if (part instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
            keys.add(key(decrypt(encrypted)));
        } else if (part instanceof PEMKeyPair pair) {
            keys.add(key(pair.getPrivateKeyInfo()));
        } else if (part instanceof PEMEncryptedKeyPair encrypted) {
            keys.add(key(decrypt(encrypted)));
        }
    }

    private PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted) throws IOException {
        try {
            return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider()).build(requirePassword()));
        } catch (PKCSException | OperatorCreationException e) {
            throw wrongPassword();
        }
    }

    private PrivateKeyInfo decrypt(PEMEncryptedKeyPair encrypted) throws IOException {
        try {
            return encrypted.decryptKeyPair(new JcePEMDecryptorProviderBuilder().setProvider(new BouncyCastleProvider())
                    .build(requirePassword())).getPrivateKeyInfo();
        } catch (PEMException e) {
            throw wrongPassword();
        }
    }

    private char[] requirePassword() {
        return password.orElseThrow(() -> new Unreadable("Its private key is encrypted and no password was given.")).reveal()
                .toCharArray();
    }

    private static Unreadable wrongPassword() {
        return new Unreadable("The password does not open its private key.");
    }

    private void readPkcs12(byte[] content) {
        char[] opener = password.map(Secret::reveal).orElse("").toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), opener);
            for (String alias : Collections.list(store.aliases())) {
                readEntry(store, alias, opener);
            }
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException ? wrongOrMissingPassword()
                    : new Unreadable("It is neither PEM nor a PKCS #12 that is whole.");
        } catch (GeneralSecurityException e) {
            throw wrongOrMissingPassword();
        }
    }

    private void readEntry(KeyStore store, String alias, char[] opener) throws GeneralSecurityException {
        if (store.getKey(alias, opener) instanceof PrivateKey key) {
            keys.add(key);
            for (Certificate certificate : Optional.ofNullable(store.getCertificateChain(alias)).orElse(new Certificate[0])) {
                certificates.add((X509Certificate) certificate);
            }
        } else if (store.getCertificate(alias) instanceof X509Certificate certificate) {
            certificates.add(certificate);
        }
    }

    private Unreadable wrongOrMissingPassword() {
        return new Unreadable(password.isPresent() ? "The password does not open it."
                : "It is protected by a password and none was given.");
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException {
        if (!PKCSObjectIdentifiers.rsaEncryption.equals(info.getPrivateKeyAlgorithm().getAlgorithm())) {
            throw new Unreadable("Its private key is no RSA key. Microsoft takes RSA keys only. Make a certificate with an RSA "
                    + "key of " + ClientCertificate.MIN_KEY_LENGTH + " bits or more.");
        }
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new Unreadable("Its private key is damaged.");
        }
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new Unreadable("Its certificate is damaged.");
        }
    }

    /** Told apart from the libraries' own exceptions, whose messages may quote what they read. */
    private static final class Unreadable extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
