package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.files.OwnerOnlyFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What others put where a vault or a key file has its lock and temporary files leads nowhere. */
class PlantedFilesTest {

    private static final int NOBODY = 65_534;

    @TempDir
    Path dir;

    private Path foreign;
    private Path keyFile;
    private Path vaultFile;

    @BeforeEach
    void vaultAndForeignFile() throws IOException {
        foreign = Files.writeString(dir.resolve("foreign"), "not ours");
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-r--r--"));
        keyFile = Files.createDirectory(dir.resolve("keys")).resolve("vault.key");
        vaultFile = Files.createDirectory(dir.resolve("home")).resolve("vault.json");
        Vault.create(vaultFile, MasterKey.generate(keyFile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "dangling link", "pipe", "directory", "foreign file"})
    void vaultsLock_planted_isRefusedAndLeadsNowhere(String kind) throws Exception {
        Path lock = vaultFile.resolveSibling("vault.json.lock");
        Files.delete(lock);
        plant(kind, lock);

        assertThatThrownBy(() -> vault().add(TestVaults.publicClient("a"))).isInstanceOf(VaultException.class)
                .hasMessageContaining("can't be written");
        assertUntouched();
        assertThat(vault().names()).isEmpty();
    }

    /** Root's own file under another name: it is locked for a moment, and nothing else happens to it. */
    @Test
    void vaultsLock_thatIsAHardLink_isLockedOnly() throws Exception {
        assumeTrue(OwnerOnlyFiles.isRoot(), "as another user than the link's owner it is refused");
        Path lock = vaultFile.resolveSibling("vault.json.lock");
        Files.delete(lock);
        Files.createLink(lock, foreign);
        Object before = Files.getAttribute(foreign, "unix:ctime");

        vault().add(TestVaults.publicClient("a"));

        assertUntouched();
        assertThat(Files.getAttribute(foreign, "unix:ctime")).as("neither owner nor mode was changed").isEqualTo(before);
    }

    @Test
    void vault_exchangedForALinkAfterItWasOpened_isRefused() throws Exception {
        Vault open = vault();
        Files.move(vaultFile, vaultFile.resolveSibling("moved"));
        Files.createSymbolicLink(vaultFile, vaultFile.resolveSibling("moved"));

        assertThatThrownBy(open::names).hasMessageContaining("symbolic link");
        assertThat(vault().names()).as("opened anew, a link of our own is followed").isEmpty();
    }

    @Test
    void vaultBehindALinkOfAnotherUser_isRefused() throws Exception {
        assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give links away");
        Path link = Files.createSymbolicLink(dir.resolve("link"), vaultFile.getParent());
        Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);

        assertThatThrownBy(() -> keys().open(link.resolve("vault.json"))).isInstanceOf(VaultException.class)
                .hasMessageContaining("symbolic link of the user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "dangling link"})
    void leftoverOfAWrite_thatIsALink_isRemovedAndNotFollowed(String kind) throws Exception {
        Path leftover = vaultFile.resolveSibling("vault.json.planted.tmp");
        plant(kind, leftover);

        vault().add(TestVaults.publicClient("a"));

        assertThat(leftover).doesNotExist();
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "dangling link", "directory", "foreign file"})
    void keyFilesLock_planted_stopsTheRotationAndLosesNothing(String kind) throws Exception {
        plant(kind, keyFile.resolveSibling("vault.key.lock"));

        assertThatThrownBy(() -> new KeyRotation(vaultFile, keys()).renew()).isInstanceOf(VaultException.class);

        assertUntouched();
        assertThat(vault().names()).as("opens with the key that lies beside the key file").isEmpty();
    }

    @Test
    void keyFileOfAnotherUser_isRefused() throws Exception {
        assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give files away");
        Files.setAttribute(keyFile, "unix:uid", NOBODY);

        assertThatThrownBy(this::vault).isInstanceOf(VaultException.class).hasMessageContaining("belongs to the user");
    }

    @Test
    void homeThatAGroupMayWriteTo_isUsed_asItsFilesAreChecked() throws Exception {
        Files.setPosixFilePermissions(vaultFile.getParent(), PosixFilePermissions.fromString("rwxrwxr-x"));

        vault().add(TestVaults.publicClient("a"));

        assertThat(vault().names()).containsExactly("a");
    }

    private Vault vault() throws IOException {
        return keys().open(vaultFile);
    }

    private KeySources keys() {
        return KeySources.of(Map.of(), Optional.of(keyFile));
    }

    private void plant(String kind, Path name) throws Exception {
        switch (kind) {
            case "link" -> Files.createSymbolicLink(name, foreign);
            case "dangling link" -> Files.createSymbolicLink(name, dir.resolve("not-there"));
            case "pipe" -> assertThat(new ProcessBuilder("mkfifo", name.toString()).start().waitFor()).isZero();
            case "directory" -> Files.createDirectory(name);
            default -> {
                assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give files away");
                Files.setAttribute(Files.createFile(name), "unix:uid", NOBODY);
            }
        }
    }

    private void assertUntouched() throws IOException {
        assertThat(foreign).hasContent("not ours");
        assertThat(Files.getPosixFilePermissions(foreign)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(dir.resolve("not-there")).doesNotExist();
    }
}
