package io.github.camelonedrive.credentials;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ClientCertificateTest {

    private static final KeyPair KEY = TestCertificates.KEY;
    private static final KeyPair OTHER = TestCertificates.keyPair("RSA", 2048);
    private static final X509Certificate LEAF = TestCertificates.certificate("CN=backup", KEY);
    private static final X509Certificate ISSUER = TestCertificates.certificate("CN=issuer", OTHER);
    private static final ClientCertificate EXPECTED = new ClientCertificate(KEY.getPrivate(), LEAF);

    private final Secret password = Secret.of(TestVaults.randomValue());

    @Test
    void keyAndCertificateAreReadInAnyOrder() throws Exception {
        assertThat(parse(pkcs8(KEY) + pem(LEAF))).isEqualTo(EXPECTED);
        assertThat(parse(pem(LEAF) + pkcs8(KEY))).isEqualTo(EXPECTED);
        assertThat(parse("Bag Attributes\r\n    friendlyName: x\r\n" + (pkcs8(KEY) + pem(LEAF)).replace("\n", "\r\n")))
                .isEqualTo(EXPECTED);
    }

    @Test
    void traditionalKeyIsRead() throws Exception {
        String traditional = pem(KEY.getPrivate());
        assertThat(traditional).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(parse(traditional + pem(LEAF))).isEqualTo(EXPECTED);
    }

    @Test
    void amongAChainTheOneWhoseKeyIsThereIsMeant() throws Exception {
        assertThat(parse(pem(ISSUER) + pem(LEAF) + pkcs8(KEY))).isEqualTo(EXPECTED);
        assertThat(parse(pkcs8(KEY) + pem(LEAF) + pem(ISSUER))).isEqualTo(EXPECTED);
    }

    @Test
    void encryptedKeysOpenWithTheirPasswordOnly() throws Exception {
        for (String encrypted : new String[] {encryptedPkcs8(), encryptedTraditional()}) {
            byte[] file = bytes(encrypted + pem(LEAF));

            assertThat(ClientCertificate.parse(file, Optional.of(password))).isEqualTo(EXPECTED);
            assertThat(failure(file, Optional.empty())).hasMessageContaining("encrypted and no password was given");
            Secret wrong = Secret.of(TestVaults.randomValue());
            assertThat(failure(file, Optional.of(wrong))).hasMessageContaining("password does not open").hasNoCause();
        }
    }

    @Test
    void pkcs12OpensWithItsPasswordOnly() throws Exception {
        Secret ascii = Secret.of(TestVaults.randomValue().replace("ü", "u"));
        byte[] file = pkcs12(ascii.reveal(), KEY, LEAF, ISSUER);

        assertThat(ClientCertificate.parse(file, Optional.of(ascii))).isEqualTo(EXPECTED);
        assertThat(failure(file, Optional.empty())).hasMessageContaining("none was given");
        assertThat(failure(file, Optional.of(Secret.of(TestVaults.randomValue())))).hasMessageContaining("does not open it");
        assertThat(failure(Arrays.copyOf(file, file.length / 2), Optional.of(ascii))).hasMessageContaining("PKCS #12");
    }

    @Test
    void pkcs12WithAnEmptyPasswordNeedsNone() throws Exception {
        assertThat(ClientCertificate.parse(pkcs12("", KEY, LEAF), Optional.empty())).isEqualTo(EXPECTED);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        assertThat(failure(pem(LEAF))).hasMessageContaining("no private key");
        assertThat(failure(pkcs8(KEY))).hasMessageContaining("no certificate");
        assertThat(failure("")).hasMessageContaining("neither PEM nor PKCS #12");
        assertThat(failure("a secret by mistake")).hasMessageContaining("neither PEM nor PKCS #12")
                .hasMessageNotContaining("mistake");
    }

    @Test
    void twoKeysLeaveOpenWhichIsMeant() throws Exception {
        assertThat(failure(pkcs8(KEY) + pkcs8(OTHER) + pem(LEAF))).hasMessageContaining("2 private keys");
    }

    @Test
    void keyOfAnotherCertificateIsRefused() throws Exception {
        assertThat(failure(pkcs8(OTHER) + pem(LEAF))).hasMessageContaining("not that of the certificate of CN=backup");
    }

    @Test
    void keysThatCantSignAreRefused() throws Exception {
        KeyPair curve = TestCertificates.keyPair("EC", 256);
        KeyPair weak = TestCertificates.keyPair("RSA", 1024);

        assertThat(failure(pkcs8(curve) + pem(TestCertificates.certificate("CN=c", curve)))).hasMessageContaining("RSA");
        assertThat(failure(pkcs12("", curve, TestCertificates.certificate("CN=c", curve)), Optional.empty()))
                .hasMessageContaining("kind EC").hasMessageContaining("RSA");
        assertThat(failure(pkcs8(weak) + pem(TestCertificates.certificate("CN=w", weak))))
                .hasMessageContaining("1024 bits").hasMessageContaining("2048");
    }

    @Test
    void damageIsSaidWithoutQuotingTheFile() throws Exception {
        String key = pkcs8(KEY);
        String cut = key.substring(0, key.length() / 2);

        assertThat(failure(pem(LEAF) + cut)).hasMessageContaining("damaged").hasNoCause();
        assertThat(failure(pem(LEAF) + key.replace("M", "!"))).hasMessageContaining("damaged").hasNoCause();
    }

    @Test
    void itsPemTextIsReadBack() {
        assertThat(parse(EXPECTED.pem().reveal())).isEqualTo(EXPECTED);
    }

    @Test
    void noPartOfTheKeyIsShown() throws Exception {
        KeyPair fresh = TestCertificates.keyPair("RSA", 2048);
        String text = pkcs8(fresh);
        ClientCertificate certificate = parse(text + pem(TestCertificates.certificate("CN=fresh", fresh)));

        assertThat(certificate.toString()).contains("CN=fresh").doesNotContain("MII");
        for (String line : text.lines().filter(line -> line.length() == 64).toList()) {
            assertThat(Redactor.redact("x " + line + " y")).isEqualTo("x (secret) y");
        }
        String oneLine = Base64.getEncoder().encodeToString(fresh.getPrivate().getEncoded());
        assertThat(Redactor.redact("x " + oneLine + " y")).isEqualTo("x (secret) y");
    }

    private static ClientCertificate parse(String pem) {
        return ClientCertificate.parse(bytes(pem), Optional.empty());
    }

    private static IllegalArgumentException failure(String pem) {
        return failure(bytes(pem), Optional.empty());
    }

    private static IllegalArgumentException failure(byte[] file, Optional<Secret> password) {
        return catchThrowableOfType(IllegalArgumentException.class, () -> ClientCertificate.parse(file, password));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String pkcs8(KeyPair key) throws IOException {
        return pem(new JcaPKCS8Generator(key.getPrivate(), null));
    }

    private String encryptedPkcs8() throws IOException, OperatorCreationException {
        OutputEncryptor encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider()).setPassword(password.reveal().toCharArray()).build();
        return pem(new JcaPKCS8Generator(KEY.getPrivate(), encryptor));
    }

    private String encryptedTraditional() throws IOException {
        return pem(new JcaMiscPEMGenerator(KEY.getPrivate(), new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(new BouncyCastleProvider()).setSecureRandom(new SecureRandom())
                .build(password.reveal().toCharArray())));
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    private static byte[] pkcs12(String password, KeyPair key, Certificate... chain) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        PrivateKey privateKey = key.getPrivate();
        store.setKeyEntry("key", privateKey, password.toCharArray(), new Certificate[] {chain[0]});
        for (int i = 1; i < chain.length; i++) {
            store.setCertificateEntry("issuer" + i, chain[i]);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password.toCharArray());
        return out.toByteArray();
    }
}
