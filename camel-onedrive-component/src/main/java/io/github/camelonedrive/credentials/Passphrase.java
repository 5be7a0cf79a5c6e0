package io.github.camelonedrive.credentials;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import io.github.camelonedrive.credentials.VaultException.Reason;

/**
 * A passphrase that a vault's key is derived from ({@link Argon2id}): Unicode in the normal form C, so that it does not
 * matter which keyboard it was typed on. Its text form shows nothing of it.
 */
public final class Passphrase implements VaultKey {

    /** Environment variable with the path of a file that holds the passphrase. */
    public static final String FILE_VARIABLE = "ONEDRIVE_VAULT_PASSPHRASE_FILE";

    /** A new passphrase has at least so many characters. */
    public static final int MIN_LENGTH = 12;

    private static final int MAX_FILE_LENGTH = 4096;
    private static final Pattern ONE_TRAILING_NEWLINE = Pattern.compile("\r?\n\\z");

    private static final ReentrantLock DERIVING = new ReentrantLock();

    /** Derived once in a process, because that is slow on purpose; a few, for vaults that are rotated. */
    private static final Map<Derivation, MasterKey> DERIVED = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Derivation, MasterKey> eldest) {
            return size() > 4;
        }
    };

    private final Secret text;

    private Passphrase(String text) {
        this.text = Secret.of(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    /**
     * A passphrase as somebody typed it.
     *
     * @throws VaultException {@code MALFORMED_KEY} when it is empty or holds control characters
     */
    public static Passphrase of(String text) throws VaultException {
        return of(text, "The passphrase");
    }

    /**
     * The passphrase in a file; one newline at its end is ignored.
     *
     * @throws VaultException {@code MALFORMED_KEY}, {@code KEY_UNREADABLE} or {@code LOOSE_KEY_PERMISSIONS}
     */
    public static Passphrase read(Path file) throws VaultException {
        byte[] content = MasterKey.content(file, MAX_FILE_LENGTH, "passphrase file");
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return of(ONE_TRAILING_NEWLINE.matcher(text).replaceFirst(""), "The passphrase file " + file);
        } catch (CharacterCodingException e) {
            // Its message quotes nothing, but says nothing either.
            throw malformed("The passphrase file " + file + " is not text in UTF-8.");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static Passphrase of(String text, String source) throws VaultException {
        if (text.isBlank()) {
            throw malformed(source + " is empty.");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw malformed(source + " holds line breaks or other control characters.");
        }
        return new Passphrase(text);
    }

    /**
     * The same passphrase, for a vault that is to be sealed with it.
     *
     * @throws VaultException {@code MALFORMED_KEY} when it is too short
     */
    public Passphrase requireStrong() throws VaultException {
        String value = text.reveal();
        if (value.codePointCount(0, value.length()) < MIN_LENGTH) {
            throw new VaultException(Reason.MALFORMED_KEY, "The new passphrase is shorter than " + MIN_LENGTH + " characters.",
                    "Whoever gets the vault file can try passphrases at leisure. Take five or more random words.");
        }
        return this;
    }

    private static VaultException malformed(String problem) {
        return new VaultException(Reason.MALFORMED_KEY, problem, "A passphrase is one line of text.");
    }

    /** The key that the passphrase gives with these parameters. Slow the first time, remembered afterwards. */
    MasterKey derive(Argon2id parameters) throws VaultFormat.Unusable {
        DERIVING.lock();
        try {
            Derivation derivation = new Derivation(text, parameters);
            MasterKey known = DERIVED.get(derivation);
            if (known == null) {
                known = derive(text, parameters);
                DERIVED.put(derivation, known);
            }
            return known;
        } finally {
            DERIVING.unlock();
        }
    }

    private static MasterKey derive(Secret text, Argon2id parameters) throws VaultFormat.Unusable {
        byte[] passphrase = text.reveal().getBytes(StandardCharsets.UTF_8);
        byte[] key = parameters.derive(passphrase);
        Arrays.fill(passphrase, (byte) 0);
        MasterKey derived = new MasterKey(key);
        Arrays.fill(key, (byte) 0);
        return derived;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Passphrase that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    @Override
    public String toString() {
        return "(vault passphrase)";
    }

    private record Derivation(Secret passphrase, Argon2id parameters) {
    }
}
