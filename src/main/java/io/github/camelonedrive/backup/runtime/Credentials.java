package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.KeySources;
import io.github.camelonedrive.credentials.Vault;

/** Opens the vault of a home with the key or passphrase that was given, or the key in the default key file. */
public final class Credentials {

    private Credentials() {
    }

    /**
     * @param  sources where its key may come from
     * @throws OneDriveException when the vault or its key is missing, damaged or wrong, each with its own message
     */
    public static Vault open(Home home, KeySources sources) throws OneDriveException {
        home.requireOurs();
        try {
            return sources.open(home.vaultFile());
        } catch (IOException e) {
            throw typed(home, e);
        }
    }

    /** Opens the vault, with the key of this process's own environment, when a route asks for it first. */
    public static EncryptedCredentialProcessor whenAsked(Home home, Optional<Path> keyFile) {
        EncryptedCredentialProcessor processor = new EncryptedCredentialProcessor();
        processor.setVaultFile(home.vaultFile().toString());
        keyFile.map(Path::toString).ifPresent(processor::setKeyFile);
        processor.setDefaultKeyFile(defaultKeyFile(System.getenv()).toString());
        return processor;
    }

    /**
     * Returns where {@code vault init} puts a key that nothing names, below the user's configuration directory and never inside
     * the home: {@code $XDG_CONFIG_HOME/onedrive-backup/vault.key} when that is an absolute path, else
     * {@code ~/.config/onedrive-backup/vault.key}.
     */
    public static Path defaultKeyFile(Map<String, String> environment) {
        Path configuration = given(environment, "XDG_CONFIG_HOME").map(Path::of).filter(Path::isAbsolute).orElseGet(
                () -> Path.of(given(environment, "HOME").orElseGet(() -> System.getProperty("user.home"))).resolve(".config"));
        return configuration.resolve("onedrive-backup").resolve("vault.key");
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Trouble with the vault's file system, as a failure of ours. */
    public static OneDriveException typed(Home home, IOException e) {
        return e instanceof OneDriveException ours ? ours
                : new BackupException(FailureKind.VAULT, "The vault " + home.vaultFile() + " can't be used: " + e.getMessage()
                        + ".", "Check the file and its rights.", e);
    }
}
