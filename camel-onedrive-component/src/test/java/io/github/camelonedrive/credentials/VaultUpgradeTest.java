package io.github.camelonedrive.credentials;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.credentials.VaultException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Vaults of the format before this one, and of one after it; what a vault keeps of a sign-in. */
class VaultUpgradeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final MasterKey key = TestVaults.randomKey();
    private final Destination mine = TestVaults.publicClient("mine").withRefreshToken(Secret.of(TestVaults.randomValue()));
    private final Destination site = TestVaults.authorized("site");
    private Path file;

    @BeforeEach
    void vaultInTheFirstFormat() throws Exception {
        file = dir.resolve("vault.json");
        Vault vault = Vault.create(file, key);
        vault.add(mine);
        vault.add(site);
        Files.write(file, TestVaults.inFirstFormat(Files.readAllBytes(file), key));
    }

    @Test
    void firstFormat_read_countsAsAllAndStaysAsItIs() throws Exception {
        byte[] before = Files.readAllBytes(file);

        Destination read = Vault.open(file, key).destination("mine");

        assertThat(read.permission()).isEqualTo(Permission.ALL);
        assertThat(read.grant()).isEmpty();
        assertThat(read.refreshToken()).isEqualTo(mine.refreshToken());
        assertThat(Vault.open(file, key).destination("site").drive()).isEqualTo(site.drive());
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void firstFormat_written_becomesTheSecondAndKeepsEverything() throws Exception {
        Vault vault = Vault.open(file, key);
        byte[] journalKey = vault.journalKey();
        Destination before = vault.destination("site");

        vault.update("mine", destination -> destination.withFolderPath("/Other"));

        JsonNode root = JSON.readTree(Files.readAllBytes(file));
        assertThat(root.get("version").intValue()).isEqualTo(2);
        assertThat(root.at("/destinations/0/permission").asText()).isEqualTo("all");
        Vault again = Vault.open(file, key);
        assertThat(again.destination("site")).isEqualTo(before);
        assertThat(again.journalKey()).isEqualTo(journalKey);
    }

    @Test
    void newMembers_inTheFirstFormat_areUnknown() throws Exception {
        ObjectNode root = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        ((ObjectNode) root.at("/destinations/0")).put("permission", "own");
        root.remove("tag");
        root.put("tag", Base64.getEncoder().encodeToString(
                new VaultKeys(key, new SecureRandom()).tag(CanonicalJson.canonical(root))));
        Files.write(file, JSON.writeValueAsBytes(root));

        assertThat(failure().reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
    }

    @Test
    void laterFormat_isRefusedByNameAndNotAsDamage() throws Exception {
        ObjectNode root = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        root.put("version", 3);
        Files.write(file, JSON.writeValueAsBytes(root));

        VaultException failure = failure();

        assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(failure).hasMessageContaining("format version is 3, made by a newer version");
    }

    @Test
    void signIn_withItsGrant_survivesRotationsButNotATokenOfUnknownOrigin() throws Exception {
        Vault vault = Vault.open(file, key);
        Grant grant = Grant.of(Permission.OWN.scopes());
        Secret token = Secret.of(TestVaults.randomValue());
        vault.update("mine", now -> now.withPermission(Permission.OWN).withRefreshToken(token, Optional.of(grant)));
        vault.noteAccount("mine", token, Optional.of("Ada"), Optional.of("b!1"));
        vault.noteAccount("mine", Secret.of("another-token"), Optional.of("Eve"), Optional.of("b!2"));

        vault.rotateRefreshToken(vault.entry("mine"), Optional.of(Secret.of(TestVaults.randomValue())), Instant.EPOCH);

        assertThat(vault.destination("mine").grant()).contains(
                grant.withAccount(Optional.of("Ada"), Optional.of("b!1")));
        vault.updateRefreshToken("mine", Secret.of(TestVaults.randomValue()));
        assertThat(vault.destination("mine").grant()).isEmpty();
        assertThat(vault.destination("mine").permission()).isEqualTo(Permission.OWN);
    }

    @Test
    void otherPermission_countsFromTheNextSignIn() throws Exception {
        Vault vault = Vault.open(file, key);

        vault.update("mine", now -> now.withPermission(Permission.OWN));

        Destination changed = vault.destination("mine");
        assertThat(changed.awaitsPermission()).isTrue();
        assertThat(changed.grant().orElseThrow().scopes()).isEqualTo(Permission.ALL.scopes());
        assertThat(changed.withPermission(Permission.ALL).awaitsPermission()).isFalse();
    }

    @Test
    void scopesThatCannotBeOnes_areRefused() {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> Grant.of(Set.of("two words")))).isNotNull();
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> Grant.of(Set.of()))).isNotNull();
        assertThat(Grant.of(Set.of("a")).withAccount(Optional.of("A\u0007da"), Optional.of("\n")))
                .isEqualTo(new Grant(Grant.of(Set.of("a")).scopes(), Optional.of("Ada"), Optional.empty()));
    }

    private VaultException failure() {
        return catchThrowableOfType(VaultException.class, () -> Vault.open(file, key));
    }
}
