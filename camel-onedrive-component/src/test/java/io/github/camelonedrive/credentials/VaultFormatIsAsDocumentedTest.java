package io.github.camelonedrive.credentials;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads a vault by {@code docs/security.md} alone, with the JDK's cryptography instead of Bouncy Castle. */
class VaultFormatIsAsDocumentedTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @TempDir
    Path dir;

    @Test
    void otherCryptographyOpensTheFileByTheSpecification() throws Exception {
        byte[] master = new byte[32];
        new SecureRandom().nextBytes(master);
        Destination offsite = TestVaults.authorized("offsite");
        Path file = dir.resolve("vault.json");
        Vault vault = Vault.create(file, new MasterKey(master));
        vault.add(offsite);

        JsonNode root = JSON.readTree(Files.readAllBytes(file));
        String keyId = HexFormat.of().formatHex(hkdf(master, "onedrive-vault/1/key-id"), 0, 8);
        assertThat(root.get("keyId").asText()).isEqualTo(keyId);

        TreeMap<?, ?> untagged = JSON.convertValue(root, TreeMap.class);
        untagged.remove("tag");
        byte[] tag = hmac(hkdf(master, "onedrive-vault/1/tag"), JSON.writeValueAsBytes(untagged));
        assertThat(root.get("tag").asText()).isEqualTo(Base64.getEncoder().encodeToString(tag));

        byte[] fieldKey = hkdf(master, "onedrive-vault/1/fields");
        JsonNode destination = root.get("destinations").get(0);
        String id = destination.get("id").asText();
        assertThat(open(fieldKey, destination, "clientId", keyId, id)).isEqualTo(offsite.clientId().reveal());
        assertThat(open(fieldKey, destination, "clientSecret", keyId, id))
                .isEqualTo(offsite.credential().secret().orElseThrow().reveal());
        assertThat(open(fieldKey, destination, "refreshToken", keyId, id))
                .isEqualTo(offsite.refreshToken().orElseThrow().reveal());
        assertThat(openBytes(fieldKey, root, "journalKey", keyId, "")).isEqualTo(vault.journalKey());
        assertThat(destination.get("signedIn").asText()).isEqualTo("2026-11-25T20:15:00Z");
        assertThat(root.get("version").intValue()).isEqualTo(2);
        assertThat(root.get("keyDerivation")).isEqualTo(JSON.readTree("{\"kind\":\"raw\"}"));
        assertThat(destination.get("permission").asText()).isEqualTo("all");
        assertThat(destination.get("granted")).isEqualTo(JSON.readTree(
                "[\"Files.ReadWrite.All\",\"User.Read\",\"offline_access\"]"));
        assertThat(destination.get("account").asText()).isEqualTo("Ada (ada@contoso.example)");
        assertThat(destination.get("driveId").asText()).isEqualTo("b!example");
    }

    @Test
    void certificateIsPemOfPkcs8KeyAndCertificate() throws Exception {
        byte[] master = new byte[32];
        new SecureRandom().nextBytes(master);
        Path file = dir.resolve("vault.json");
        Vault.create(file, new MasterKey(master)).add(TestVaults.certified("app"));

        JsonNode root = JSON.readTree(Files.readAllBytes(file));
        JsonNode destination = root.get("destinations").get(0);
        String pem = open(hkdf(master, "onedrive-vault/1/fields"), destination, "certificate", root.get("keyId").asText(),
                destination.get("id").asText());

        ClientCertificate expected = TestCertificates.clientCertificate();
        Matcher parts = Pattern.compile("-----BEGIN PRIVATE KEY-----\n([^-]+)-----END PRIVATE KEY-----\n"
                + "(-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n)").matcher(pem);
        assertThat(parts.matches()).isTrue();
        byte[] key = Base64.getMimeDecoder().decode(parts.group(1));
        assertThat(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)))
                .isEqualTo(expected.privateKey());
        assertThat(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(
                parts.group(2).getBytes(StandardCharsets.US_ASCII))).getPublicKey())
                .isEqualTo(expected.certificate().getPublicKey());
    }

    @Test
    void federatedTokensFileIsInTheClear() throws Exception {
        Path file = dir.resolve("vault.json");
        Vault.create(file, TestVaults.randomKey()).add(TestVaults.federated("app"));

        assertThat(JSON.readTree(Files.readAllBytes(file)).at("/destinations/0/federatedTokenFile").asText())
                .isEqualTo("/var/run/secrets/f\u00f6deriert/token");
    }

    /** The JDK has no Argon2id, so only that is Bouncy Castle's. */
    @Test
    void passphraseGivesTheKeyByTheSpecification() throws Exception {
        Path file = dir.resolve("vault.json");
        String passphrase = TestVaults.randomValue().replace("\u00fc", "u\u0308");
        Vault.create(file, Passphrase.of(passphrase)).add(TestVaults.publicClient("app"));

        JsonNode root = JSON.readTree(Files.readAllBytes(file));
        JsonNode derivation = root.get("keyDerivation");
        assertThat(derivation.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("kind", "version", "salt",
                "memoryKiB", "iterations", "parallelism");
        assertThat(derivation.get("kind").asText()).isEqualTo("argon2id");
        assertThat(derivation.get("version").intValue()).isEqualTo(19);
        assertThat(derivation.get("memoryKiB").intValue()).isEqualTo(19456);
        assertThat(derivation.get("iterations").intValue()).isEqualTo(4);
        assertThat(derivation.get("parallelism").intValue()).isEqualTo(1);
        Argon2BytesGenerator argon2id = new Argon2BytesGenerator();
        argon2id.init(new Argon2Parameters.Builder(2).withVersion(19).withMemoryAsKB(19456).withIterations(4)
                .withParallelism(1).withSalt(Base64.getDecoder().decode(derivation.get("salt").asText())).build());
        byte[] master = new byte[32];
        argon2id.generateBytes(Normalizer.normalize(passphrase, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8), master);

        assertThat(root.get("keyId").asText())
                .isEqualTo(HexFormat.of().formatHex(hkdf(master, "onedrive-vault/1/key-id"), 0, 8));
        TreeMap<?, ?> untagged = JSON.convertValue(root, TreeMap.class);
        untagged.remove("tag");
        assertThat(root.get("tag").asText()).isEqualTo(Base64.getEncoder().encodeToString(
                hmac(hkdf(master, "onedrive-vault/1/tag"), JSON.writeValueAsBytes(untagged))));
    }

    private static String open(byte[] key, JsonNode node, String field, String keyId, String id) throws Exception {
        return new String(openBytes(key, node, field, keyId, id), StandardCharsets.UTF_8);
    }

    private static byte[] openBytes(byte[] key, JsonNode node, String field, String keyId, String id) throws Exception {
        byte[] sealed = Base64.getDecoder().decode(node.get(field).asText());
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, sealed, 0, 12));
        cipher.updateAAD(("[\"onedrive-vault\",2,\"" + keyId + "\",\"" + id + "\",\"" + field + "\",2]")
                .getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(sealed, 12, sealed.length - 12);
    }

    private static byte[] hkdf(byte[] master, String info) throws GeneralSecurityException {
        byte[] pseudoRandomKey = hmac(new byte[32], master);
        byte[] expandInput = Arrays.copyOf(info.getBytes(StandardCharsets.US_ASCII), info.length() + 1);
        expandInput[info.length()] = 1;
        return hmac(pseudoRandomKey, expandInput);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }
}
