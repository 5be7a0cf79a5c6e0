package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.camelonedrive.Remedy;
import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.credentials.VaultException.Reason;

/**
 * Where a vault's key may come from, exactly one of: {@code ONEDRIVE_VAULT_KEY}; {@code ONEDRIVE_VAULT_KEY_FILE} or a key
 * file named otherwise; {@code ONEDRIVE_VAULT_PASSPHRASE_FILE} or a passphrase file named otherwise. With none of them: for a
 * vault that is sealed with a passphrase, the prompt; else the default key file, if there is one. Empty variables count as not
 * given.
 *
 * @param environment    the environment's variables
 * @param keyFile        a key file that something else than the environment names
 * @param passphraseFile a passphrase file that something else than the environment names
 * @param defaultKeyFile counts where nothing was given and the file exists
 * @param prompt         asks a person
 */
public record KeySources(Map<String, String> environment, Optional<Path> keyFile, Optional<Path> passphraseFile,
        Optional<Path> defaultKeyFile, Optional<Prompt> prompt) {

    public KeySources {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(keyFile);
        Objects.requireNonNull(passphraseFile);
        Objects.requireNonNull(defaultKeyFile);
        Objects.requireNonNull(prompt);
    }

    /** The environment and a key file that something else names. */
    public static KeySources of(Map<String, String> environment, Optional<Path> keyFile) {
        return new KeySources(environment, keyFile, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Asks a person for the passphrase where a vault needs one and nothing gives it. */
    public KeySources withPrompt(Prompt other) {
        return new KeySources(environment, keyFile, passphraseFile, defaultKeyFile, Optional.of(other));
    }

    /** Takes the passphrase from that file. */
    public KeySources withPassphraseFile(Path file) {
        return new KeySources(environment, keyFile, Optional.of(file), defaultKeyFile, prompt);
    }

    /** Takes the key from that file where nothing else gives one and the file exists. */
    public KeySources withDefaultKeyFile(Path file) {
        return new KeySources(environment, keyFile, passphraseFile, Optional.of(file), prompt);
    }

    /** Which sources were given, by name: none, or the one that counts. */
    public Optional<String> given() throws VaultException {
        List<String> given = new ArrayList<>();
        variable(MasterKey.KEY_VARIABLE).ifPresent(value -> given.add(MasterKey.KEY_VARIABLE));
        variable(MasterKey.KEY_FILE_VARIABLE).ifPresent(value -> given.add(MasterKey.KEY_FILE_VARIABLE));
        keyFile.ifPresent(value -> given.add("the key file " + value));
        variable(Passphrase.FILE_VARIABLE).ifPresent(value -> given.add(Passphrase.FILE_VARIABLE));
        passphraseFile.ifPresent(value -> given.add("the passphrase file " + value));
        if (given.size() > 1) {
            throw new VaultException(Reason.TWO_KEYS, "More than one key for the vault was given: "
                    + String.join(" and ", given) + ".", "Give exactly one.");
        }
        return given.stream().findFirst();
    }

    /**
     * The key that was given, for a vault that is to be made; without any, the default key file.
     *
     * @throws VaultException {@code KEY_MISSING}, {@code TWO_KEYS}, {@code MALFORMED_KEY}, {@code KEY_UNREADABLE} or
     *                        {@code LOOSE_KEY_PERMISSIONS}
     */
    public VaultKey key() throws VaultException {
        given();
        Optional<Path> phrase = passphraseSource();
        return phrase.isPresent() ? Passphrase.read(phrase.get()) : masterKey();
    }

    /**
     * Opens a vault with the key that was given, and finishes a rotation of a key file that was interrupted.
     *
     * @throws VaultException whose reason tells the kinds of trouble apart
     */
    public Vault open(Path vaultFile) throws IOException {
        if (given().isEmpty() && isSealedWithPassphrase(vaultFile)) {
            Prompt asked = prompt.orElseThrow(() -> new VaultException(Reason.KEY_MISSING, "The vault " + vaultFile
                    + " is sealed with a passphrase and none was given.", "Set " + Passphrase.FILE_VARIABLE
                    + " to a file that holds it, or run this on a terminal, where you are asked for it."));
            return Vault.open(vaultFile, asked.passphrase("Passphrase of the vault"));
        }
        Optional<Path> file = keyFileInUse();
        return file.isPresent() ? new KeyFile(file.get()).open(vaultFile) : Vault.open(vaultFile, key());
    }

    /** The key file that counts, if it is one: the one given, or the default one where nothing was given and it is there. */
    public Optional<Path> keyFileInUse() throws VaultException {
        if (given().isPresent()) {
            return keyFile.or(() -> variable(MasterKey.KEY_FILE_VARIABLE).map(Path::of));
        }
        return defaultKeyFile.filter(Files::exists);
    }

    MasterKey masterKey() throws VaultException {
        Optional<String> keyText = variable(MasterKey.KEY_VARIABLE);
        if (keyText.isPresent()) {
            return KeyText.parse(keyText.get(), "The environment variable " + MasterKey.KEY_VARIABLE);
        }
        Optional<Path> file = keyFileInUse();
        if (file.isPresent()) {
            return MasterKey.read(file.get());
        }
        throw new VaultException(Reason.KEY_MISSING, "No key for the vault was given.", Remedy.of("Set "
                + MasterKey.KEY_VARIABLE + " (32 bytes in base64 or hex), or set " + MasterKey.KEY_FILE_VARIABLE
                + " to a file that holds it, " + defaultKeyFile.map(place -> "or put that file at " + place + ", ").orElse("")
                + "or set " + Passphrase.FILE_VARIABLE + " to a file with the vault's passphrase.",
                RemedyAction.NAME_KEY_FILE), null);
    }

    private Optional<Path> passphraseSource() {
        return passphraseFile.or(() -> variable(Passphrase.FILE_VARIABLE).map(Path::of));
    }

    private static boolean isSealedWithPassphrase(Path vaultFile) {
        try {
            return Vault.isSealedWithPassphrase(vaultFile);
        } catch (IOException e) {
            // Whoever opens it says what is wrong with it.
            return false;
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Nothing of the environment, which may hold the key itself. */
    @Override
    public String toString() {
        return "KeySources";
    }

    /** Asks a person for a passphrase, without showing what is typed. */
    @FunctionalInterface
    public interface Prompt {

        /**
         * @param  what              the question, without punctuation at its end
         * @throws VaultException    when it can't be one
         */
        Passphrase passphrase(String what) throws VaultException;
    }
}
