package io.github.camelonedrive.credentials;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
        Destination offsite = TestVaults.confidential("offsite");
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
    }

    private static String open(byte[] key, JsonNode node, String field, String keyId, String id) throws Exception {
        return new String(openBytes(key, node, field, keyId, id), StandardCharsets.UTF_8);
    }

    private static byte[] openBytes(byte[] key, JsonNode node, String field, String keyId, String id) throws Exception {
        byte[] sealed = Base64.getDecoder().decode(node.get(field).asText());
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, sealed, 0, 12));
        cipher.updateAAD(("[\"onedrive-vault\",1,\"" + keyId + "\",\"" + id + "\",\"" + field + "\",2]")
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
