package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JournalSealerTest {

    private static final String PLACE = "0123-4567.upload";

    @TempDir
    Path dir;

    private final MasterKey key = TestVaults.randomKey();
    private Vault vault;

    @BeforeEach
    void makeVault() throws IOException {
        vault = Vault.create(dir.resolve("vault.json"), key);
    }

    @Test
    void whatWasSealedOpensAtItsPlaceOnly() throws IOException {
        Secret url = Secret.of("https://upload.example/" + TestVaults.randomValue());
        String sealed = vault.journalSealer().seal(url, PLACE);

        assertThat(sealed).matches("[A-Za-z0-9+/=]+");
        assertThat(vault.journalSealer().open(sealed, PLACE)).contains(url);
        assertThat(vault.journalSealer().open(sealed, "other.upload")).isEmpty();
        assertThat(vault.journalSealer().open(sealed, "")).isEmpty();
    }

    @Test
    void everySealingIsAnother() throws IOException {
        JournalSealer sealer = vault.journalSealer();
        Secret url = Secret.of(TestVaults.randomValue());
        assertThat(sealer.seal(url, PLACE)).isNotEqualTo(sealer.seal(url, PLACE));
    }

    @Test
    void alteredTextDoesNotOpen() throws IOException {
        JournalSealer sealer = vault.journalSealer();
        byte[] sealed = Base64.getDecoder().decode(sealer.seal(Secret.of(TestVaults.randomValue()), PLACE));
        for (int at = 0; at < sealed.length; at++) {
            byte[] altered = sealed.clone();
            altered[at] ^= 1;
            assertThat(sealer.open(Base64.getEncoder().encodeToString(altered), PLACE)).isEmpty();
        }
        assertThat(sealer.open("", PLACE)).isEmpty();
        assertThat(sealer.open("AAAA", PLACE)).isEmpty();
        assertThat(sealer.open("not base64!", PLACE)).isEmpty();
    }

    @Test
    void otherVaultDoesNotOpenIt() throws IOException {
        String sealed = vault.journalSealer().seal(Secret.of(TestVaults.randomValue()), PLACE);
        Vault other = Vault.create(dir.resolve("other.json"), key);
        assertThat(other.journalSealer().open(sealed, PLACE)).isEmpty();
    }

    @Test
    void changesOfTheVaultLeaveSealedTextsAlone() throws IOException {
        Secret url = Secret.of(TestVaults.randomValue());
        String sealed = vault.journalSealer().seal(url, PLACE);

        vault.add(TestVaults.publicClient("a"));
        vault.add(TestVaults.confidential("b"));
        assertThat(vault.journalSealer().open(sealed, PLACE)).contains(url);
        vault.update("a", destination -> destination);
        vault.updateRefreshToken("a", Secret.of(TestVaults.randomValue()));
        assertThat(vault.rotateRefreshToken(vault.entry("b"), Optional.of(Secret.of(TestVaults.randomValue())), Instant.now()))
                .isTrue();
        assertThat(vault.journalSealer().open(sealed, PLACE)).contains(url);
        vault.remove("a");

        assertThat(vault.journalSealer().open(sealed, PLACE)).contains(url);
        assertThat(Vault.open(dir.resolve("vault.json"), key).journalSealer().open(sealed, PLACE)).contains(url);
    }

    @Test
    void showsNothing() throws IOException {
        assertThat(vault.journalSealer()).hasToString("(journal sealer)");
    }

    /** By {@code docs/security.md} alone, with the JDK's cryptography instead of Bouncy Castle. */
    @Test
    void otherCryptographyOpensItByTheSpecification() throws Exception {
        Secret url = Secret.of("https://upload.example/" + TestVaults.randomValue());
        byte[] sealed = Base64.getDecoder().decode(vault.journalSealer().seal(url, PLACE));

        byte[] urlKey = hkdf(vault.journalKey(), "onedrive-upload-journal/1/url");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(urlKey, "AES"), new GCMParameterSpec(128, sealed, 0, 12));
        cipher.updateAAD(("[\"onedrive-upload-journal\",1,\"" + PLACE + "\"]").getBytes(StandardCharsets.UTF_8));
        byte[] plain = cipher.doFinal(sealed, 12, sealed.length - 12);

        assertThat(Optional.of(Secret.of(new String(plain, StandardCharsets.UTF_8)))).contains(url);
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
