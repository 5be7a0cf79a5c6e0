package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.camelonedrive.credentials.VaultException.Reason;

/**
 * Seals a vault with another key, so that a crash at any moment leaves a vault that opens ({@code docs/security.md}). The
 * upload journal stays readable. Other processes that have the vault open notice, and stop using it.
 */
public final class KeyRotation {

    private final Path vaultFile;
    private final KeySources current;
    private final Consumer<RotationStep> steps;

    /** @param current opens the vault as it is now */
    public KeyRotation(Path vaultFile, KeySources current) {
        this(vaultFile, current, step -> { });
    }

    KeyRotation(Path vaultFile, KeySources current, Consumer<RotationStep> steps) {
        this.vaultFile = Objects.requireNonNull(vaultFile);
        this.current = Objects.requireNonNull(current);
        this.steps = Objects.requireNonNull(steps);
    }

    /**
     * With a new key in place of the one in the key file; a vault sealed with a passphrase gets a new salt and today's
     * parameters with the same passphrase.
     *
     * @throws IllegalArgumentException when the key is no file, so that it can't be replaced from here
     */
    public Result renew() throws IOException {
        Vault vault = current.open(vaultFile);
        if (vault.key() instanceof Passphrase passphrase) {
            vault.rotate(passphrase);
            return new Result(Optional.empty(), Optional.empty(), false);
        }
        Path keyFile = current.keyFileInUse().orElseThrow(() -> new IllegalArgumentException("The vault's key is in the "
                + "environment variable " + MasterKey.KEY_VARIABLE + ", which only you can replace."));
        Path old = new KeyFile(keyFile).rotate(vault, steps);
        return new Result(Optional.of(keyFile), Optional.of(old), true);
    }

    /**
     * With the key in that file, which is made when it is missing. The old key stays where it is. Does nothing when the vault
     * is sealed with it already, as after an interrupted attempt.
     *
     * @throws IllegalArgumentException when that is the file the vault's key is in now
     */
    public Result toKeyFile(Path newKeyFile) throws IOException {
        boolean made = !Files.exists(newKeyFile);
        Optional<Path> inUse = current.keyFileInUse();
        if (!made && inUse.isPresent() && Files.isSameFile(inUse.get(), newKeyFile)) {
            throw new IllegalArgumentException("The vault's key is in " + newKeyFile + " already.");
        }
        Optional<Vault> vault = openUnlessDone(newKeyFile, made);
        if (vault.isPresent()) {
            MasterKey key = made ? MasterKey.generate(newKeyFile) : MasterKey.read(newKeyFile);
            steps.accept(RotationStep.NEW_KEY_WRITTEN);
            vault.get().rotate(key);
            steps.accept(RotationStep.VAULT_REPLACED);
        }
        return new Result(Optional.of(newKeyFile), Optional.empty(), made);
    }

    private Optional<Vault> openUnlessDone(Path newKeyFile, boolean made) throws IOException {
        try {
            return Optional.of(current.open(vaultFile));
        } catch (VaultException e) {
            if (made || e.reason() != Reason.WRONG_KEY || !isSealedWith(MasterKey.read(newKeyFile))) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private boolean isSealedWith(MasterKey key) throws IOException {
        return Vault.keyId(vaultFile).equals(Optional.of(key.id())) && Vault.open(vaultFile, key).info().generation() > 0;
    }

    /** With that passphrase, a new salt and today's parameters. The old key stays where it is. */
    public Result toPassphrase(Passphrase passphrase) throws IOException {
        Vault vault = current.open(vaultFile);
        vault.rotate(passphrase.requireStrong());
        return new Result(Optional.empty(), Optional.empty(), false);
    }

    /**
     * Keys that rotations left beside the key file in use: old ones ({@code .old}), and new ones that no vault was seen to need
     * ({@code .new}). Sorted; empty where the key is no file.
     */
    public static List<Path> otherKeys(KeySources sources) throws IOException {
        Optional<Path> file = sources.keyFileInUse();
        return file.isPresent() ? new KeyFile(file.get()).leftovers() : List.of();
    }

    /**
     * What a rotation leaves.
     *
     * @param keyFile where the vault's key is now; empty for a passphrase
     * @param oldKey  where the old one was put, when that is another place than before
     * @param made    whether the key is a new one, made here
     */
    public record Result(Optional<Path> keyFile, Optional<Path> oldKey, boolean made) {
    }
}
