package io.github.camelonedrive.backup.runtime;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.credentials.KeySources;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Where vaults of earlier versions find their key: this place never changes. */
class DefaultKeyFileTest {

    @TempDir
    Path dir;

    @Test
    void defaultKeyFile_isBelowTheConfigurationDirectory() {
        assertThat(Credentials.defaultKeyFile(Map.of("HOME", "/home/me"))).hasToString(
                "/home/me/.config/onedrive-backup/vault.key");
        assertThat(Credentials.defaultKeyFile(Map.of("HOME", "/home/me", "XDG_CONFIG_HOME", "/etc/me"))).hasToString(
                "/etc/me/onedrive-backup/vault.key");
        assertThat(Credentials.defaultKeyFile(Map.of("HOME", "/home/me", "XDG_CONFIG_HOME", "relative"))).hasToString(
                "/home/me/.config/onedrive-backup/vault.key");
        assertThat(Credentials.defaultKeyFile(Map.of())).hasToString(
                System.getProperty("user.home") + "/.config/onedrive-backup/vault.key");
    }

    @Test
    void vaultOfBefore_opensWithTheKeyThere() throws Exception {
        Map<String, String> environment = Map.of("HOME", dir.toString());
        Path vault = dir.resolve("vault.json");
        Vault.create(vault, MasterKey.generate(dir.resolve(".config/onedrive-backup/vault.key")));

        assertThat(KeySources.of(environment, Optional.empty())
                .withDefaultKeyFile(Credentials.defaultKeyFile(environment)).open(vault).names()).isEmpty();
    }

    @Test
    void credentialsOfRun_lookThere() {
        assertThat(Credentials.whenAsked(Home.at(dir), Optional.empty()).getDefaultKeyFile())
                .isEqualTo(Credentials.defaultKeyFile(System.getenv()).toString());
    }
}
