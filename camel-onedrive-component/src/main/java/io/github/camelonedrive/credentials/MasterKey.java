package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

import io.github.camelonedrive.credentials.VaultException.Reason;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.files.UnsafeFileException;
import io.github.camelonedrive.files.UnsafeFileException.Problem;

/** The 256-bit key that a vault's sub-keys are derived from. Its text form shows nothing of it. */
public final class MasterKey implements VaultKey {

    /** Environment variable with the key itself: 32 bytes in base64 or hex. */
    public static final String KEY_VARIABLE = "ONEDRIVE_VAULT_KEY";

    /** Environment variable with the path of a key file. */
    public static final String KEY_FILE_VARIABLE = "ONEDRIVE_VAULT_KEY_FILE";

    /** Length of the key in bytes. */
    public static final int LENGTH = 32;

    private static final int MAX_KEY_FILE_LENGTH = 4096;
    private static final String ID_PURPOSE = "onedrive-vault/1/key-id";
    private static final int ID_LENGTH = 8;

    /** Of the key in base64. */
    private static final int TEXT_LENGTH = 44;

    private final byte[] bytes;

    MasterKey(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A master key has " + LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /**
     * The key from exactly one source: {@code ONEDRIVE_VAULT_KEY}, {@code ONEDRIVE_VAULT_KEY_FILE} or {@code keyFile}. Two
     * given: an error, even when they hold the same key. Empty variables count as not given. {@link KeySources} takes
     * passphrases and a default key file too.
     *
     * @throws VaultException {@code KEY_MISSING}, {@code TWO_KEYS}, {@code MALFORMED_KEY}, {@code KEY_UNREADABLE} or
     *                        {@code LOOSE_KEY_PERMISSIONS}
     */
    public static MasterKey resolve(Map<String, String> environment, Optional<Path> keyFile) throws IOException {
        KeySources sources = KeySources.of(environment, keyFile);
        sources.given();
        return sources.masterKey();
    }

    /**
     * A new random key, written in base64 to a new file of mode 600. Missing directories are made with mode 700.
     *
     * @throws VaultException {@code KEY_EXISTS} when there is a file already, {@code KEY_NOT_WRITABLE}
     */
    public static MasterKey generate(Path newKeyFile) throws IOException {
        MasterKey key = random();
        key.write(newKeyFile);
        return key;
    }

    static MasterKey random() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        MasterKey key = new MasterKey(bytes);
        Arrays.fill(bytes, (byte) 0);
        return key;
    }

    /** Writes the key in base64 to a new file of mode 600, durably; see {@link #generate}. */
    void write(Path newKeyFile) throws VaultException {
        byte[] text = Arrays.copyOf(Base64.getEncoder().encode(bytes), TEXT_LENGTH + 1);
        text[TEXT_LENGTH] = '\n';
        try {
            OwnerOnlyFiles.createDirectories(newKeyFile.toAbsolutePath().getParent());
            OwnerOnlyFiles.writeNew(newKeyFile, text);
            OwnerOnlyFiles.forceDirectory(newKeyFile.toAbsolutePath().getParent());
        } catch (FileAlreadyExistsException e) {
            throw new VaultException(Reason.KEY_EXISTS, "There is a file at " + newKeyFile + " already.",
                    "Choose another place for the new key: a key that is overwritten can't be brought back.", e);
        } catch (IOException e) {
            throw new VaultException(Reason.KEY_NOT_WRITABLE, "The key file " + newKeyFile + " can't be written ("
                    + OwnerOnlyFiles.describe(e) + ").", "Check the directory's owner and permissions.", e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** Names the key without revealing anything of it: 16 hex digits. */
    String id() {
        return HexFormat.of().formatHex(derive(ID_PURPOSE), 0, ID_LENGTH);
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

    /** @throws VaultException {@code MALFORMED_KEY}, {@code KEY_UNREADABLE} or {@code LOOSE_KEY_PERMISSIONS} */
    static MasterKey read(Path file) throws VaultException {
        byte[] content = content(file, MAX_KEY_FILE_LENGTH, "key file");
        try {
            return KeyText.parse(new String(content, StandardCharsets.ISO_8859_1), "The key file " + file);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** What a file holds that nobody else may read; {@code what} it is called in errors. */
    static byte[] content(Path file, int maxLength, String what) throws VaultException {
        try {
            return OwnerOnlyFiles.read(OwnerOnlyFiles.resolveLinks(file), maxLength);
        } catch (UnsafeFileException e) {
            if (e.problem() != Problem.OPEN_TO_OTHERS) {
                throw unreadable(file, what, e);
            }
            throw new VaultException(Reason.LOOSE_KEY_PERMISSIONS, "The " + what + " " + file + " is open to others ("
                    + e.permissions() + ").",
                    "Run: chmod 600 '" + file + "'. If others could read it, make a new one.", e);
        } catch (IOException e) {
            throw unreadable(file, what, e);
        }
    }

    private static VaultException unreadable(Path file, String what, IOException e) {
        return new VaultException(Reason.KEY_UNREADABLE, "The " + what + " " + file + " can't be read ("
                + OwnerOnlyFiles.describe(e) + ").", "Check the path, its owner and its permissions.", e);
    }
}
