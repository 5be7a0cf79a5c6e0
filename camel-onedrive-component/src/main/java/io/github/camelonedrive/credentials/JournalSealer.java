package io.github.camelonedrive.credentials;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import org.bouncycastle.crypto.InvalidCipherTextException;

/**
 * Seals what the upload journal may not keep in the clear, with a key that the vault keeps for its whole life
 * ({@code docs/security.md}): AES-256-GCM under a sub-key of the vault's journal key. Safe for many threads; shows nothing of
 * its key.
 */
public final class JournalSealer {

    private static final String NAME = "onedrive-upload-journal";
    private static final int VERSION = 1;
    private static final String PURPOSE = NAME + "/" + VERSION + "/url";

    private final FieldCipher cipher;

    JournalSealer(byte[] journalKey, SecureRandom random) {
        cipher = new FieldCipher(new MasterKey(journalKey).derive(PURPOSE), random);
    }

    /**
     * @param place binds what is sealed to the one place where it may stand; it opens nowhere else
     * @return      printable ASCII: base64 in the standard alphabet
     */
    public String seal(Secret secret, String place) {
        byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(cipher.seal(plain, associatedData(place)));
    }

    /** What was sealed; empty when that was with another key or for another place, or when it was altered since. */
    public Optional<Secret> open(String sealed, String place) {
        try {
            byte[] plain = cipher.open(Base64.getDecoder().decode(sealed), associatedData(place));
            return Optional.of(Secret.of(new String(plain, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | InvalidCipherTextException e) {
            return Optional.empty();
        }
    }

    private static byte[] associatedData(String place) {
        return CanonicalJson.canonical(NAME, VERSION, place);
    }

    @Override
    public String toString() {
        return "(journal sealer)";
    }
}
