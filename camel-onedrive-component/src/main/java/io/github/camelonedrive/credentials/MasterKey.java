package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

import io.github.camelonedrive.credentials.VaultException.Reason;

/** The 256-bit key that a vault's sub-keys are derived from. Its text form shows nothing of it. */
public final class MasterKey {

    /** Environment variable with the key itself: 32 bytes in base64 or hex. */
    public static final String KEY_VARIABLE = "ONEDRIVE_VAULT_KEY";

    /** Environment variable with the path of a key file. */
    public static final String KEY_FILE_VARIABLE = "ONEDRIVE_VAULT_KEY_FILE";

    /** Length of the key in bytes. */
    public static final int LENGTH = 32;

    private static final int MAX_KEY_FILE_LENGTH = 4096;

    private final byte[] bytes;

    MasterKey(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A master key has " + LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /**
     * The key from exactly one source: {@code ONEDRIVE_VAULT_KEY}, {@code ONEDRIVE_VAULT_KEY_FILE} or {@code keyFile}
     * (the command line's {@code --key-file}); with none of them, the default key file if it exists. Two given: an error,
     * even when they hold the same key. Empty variables count as not given.
     *
     * @throws VaultException {@code KEY_MISSING}, {@code TWO_KEYS}, {@code MALFORMED_KEY}, {@code KEY_UNREADABLE} or
     *                        {@code LOOSE_KEY_PERMISSIONS}
     */
    public static MasterKey resolve(Map<String, String> environment, Optional<Path> keyFile) throws IOException {
        Optional<String> keyText = nonEmpty(environment, KEY_VARIABLE);
        Optional<Path> fileOfEnvironment = nonEmpty(environment, KEY_FILE_VARIABLE).map(Path::of);
        requireAtMostOne(keyText.isPresent(), fileOfEnvironment.isPresent(), keyFile.isPresent());
        if (keyText.isPresent()) {
            return KeyText.parse(keyText.get(), "The environment variable " + KEY_VARIABLE);
        }
        Optional<Path> file = keyFile.or(() -> fileOfEnvironment);
        if (file.isPresent()) {
            return read(file.get());
        }
        Path defaultFile = defaultKeyFile(environment);
        if (Files.exists(defaultFile)) {
            return read(defaultFile);
        }
        throw new VaultException(Reason.KEY_MISSING, "No key for the vault was given.", "Set " + KEY_VARIABLE
                + " (32 bytes in base64 or hex), or set " + KEY_FILE_VARIABLE + " or --key-file to a file that holds it, or put"
                + " that file at " + defaultFile + ".");
    }

    /**
     * A new random key, written in base64 to a new file of mode 600. Missing directories are made with mode 700.
     *
     * @throws VaultException {@code KEY_EXISTS} when there is a file already, {@code KEY_NOT_WRITABLE}
     */
    public static MasterKey generate(Path newKeyFile) throws IOException {
        return generate(newKeyFile, new SecureRandom());
    }

    static MasterKey generate(Path newKeyFile, SecureRandom random) throws IOException {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        String text = Base64.getEncoder().encodeToString(bytes) + "\n";
        try {
            OwnerOnlyFiles.createDirectories(newKeyFile.toAbsolutePath().getParent());
            OwnerOnlyFiles.writeNew(newKeyFile, text.getBytes(StandardCharsets.US_ASCII));
            OwnerOnlyFiles.forceDirectory(newKeyFile.toAbsolutePath().getParent());
        } catch (FileAlreadyExistsException e) {
            throw new VaultException(Reason.KEY_EXISTS, "There is a file at " + newKeyFile + " already.",
                    "Choose another place for the new key: a key that is overwritten can't be brought back.", e);
        } catch (IOException e) {
            throw new VaultException(Reason.KEY_NOT_WRITABLE, "The key file " + newKeyFile + " can't be written ("
                    + OwnerOnlyFiles.describe(e) + ").", "Check the directory's owner and permissions.", e);
        }
        return new MasterKey(bytes);
    }

    /**
     * Where {@code vault init} puts a key nobody gave: below the user's configuration directory, never inside the home.
     * {@code $XDG_CONFIG_HOME/onedrive-backup/vault.key} when that is an absolute path, else
     * {@code ~/.config/onedrive-backup/vault.key}.
     */
    public static Path defaultKeyFile(Map<String, String> environment) {
        Path configuration = nonEmpty(environment, "XDG_CONFIG_HOME").map(Path::of).filter(Path::isAbsolute)
                .orElseGet(() -> home(environment).resolve(".config"));
        return configuration.resolve("onedrive-backup").resolve("vault.key");
    }

    /** A 256-bit sub-key for one purpose: HKDF-SHA256 (RFC 5869) without salt, the purpose as info. */
    byte[] derive(String purpose) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(bytes, null, purpose.getBytes(StandardCharsets.US_ASCII)));
        byte[] derived = new byte[LENGTH];
        hkdf.generateBytes(derived, 0, derived.length);
        return derived;
    }

    @Override
    public String toString() {
        return "(vault key)";
    }

    private static MasterKey read(Path file) throws VaultException {
        byte[] content;
        try {
            content = OwnerOnlyFiles.read(file, MAX_KEY_FILE_LENGTH);
        } catch (OwnerOnlyFiles.LoosePermissionsException e) {
            throw new VaultException(Reason.LOOSE_KEY_PERMISSIONS, "The key file " + file + " is open to others ("
                    + e.permissions() + ").", "Run: chmod 600 '" + file + "'. If others could read it, make a new key.", e);
        } catch (IOException e) {
            throw new VaultException(Reason.KEY_UNREADABLE, "The key file " + file + " can't be read ("
                    + OwnerOnlyFiles.describe(e) + ").", "Check the path, its owner and its permissions.", e);
        }
        return KeyText.parse(new String(content, StandardCharsets.ISO_8859_1), "The key file " + file);
    }

    private static void requireAtMostOne(boolean text, boolean fileOfEnvironment, boolean fileOption) throws VaultException {
        List<String> given = new ArrayList<>();
        if (text) {
            given.add(KEY_VARIABLE);
        }
        if (fileOfEnvironment) {
            given.add(KEY_FILE_VARIABLE);
        }
        if (fileOption) {
            given.add("--key-file");
        }
        if (given.size() > 1) {
            throw new VaultException(Reason.TWO_KEYS, "More than one key for the vault was given: "
                    + String.join(" and ", given) + ".", "Give exactly one.");
        }
    }

    private static Path home(Map<String, String> environment) {
        return Path.of(nonEmpty(environment, "HOME").orElseGet(() -> System.getProperty("user.home")));
    }

    private static Optional<String> nonEmpty(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
