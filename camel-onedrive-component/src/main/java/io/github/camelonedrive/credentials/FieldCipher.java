package io.github.camelonedrive.credentials;

import java.security.SecureRandom;
import java.util.Arrays;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES-256-GCM with a random 96-bit nonce. What it makes is nonce, ciphertext and 128-bit tag, one after the other. */
final class FieldCipher {

    static final int NONCE_LENGTH = 12;
    static final int TAG_LENGTH = 16;

    private final byte[] key;
    private final SecureRandom random;

    FieldCipher(byte[] key, SecureRandom random) {
        this.key = key.clone();
        this.random = random;
    }

    byte[] seal(byte[] plain, byte[] associatedData) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = run(true, nonce, associatedData, plain, 0, plain.length);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_LENGTH + encrypted.length);
            System.arraycopy(encrypted, 0, sealed, NONCE_LENGTH, encrypted.length);
            return sealed;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("Encryption can't meet an invalid ciphertext", e);
        }
    }

    /** @throws InvalidCipherTextException when it was sealed with another key, for another place, or altered since */
    byte[] open(byte[] sealed, byte[] associatedData) throws InvalidCipherTextException {
        if (sealed.length < NONCE_LENGTH + TAG_LENGTH) {
            throw new InvalidCipherTextException("too short");
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_LENGTH);
        return run(false, nonce, associatedData, sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
    }

    private byte[] run(boolean encrypt, byte[] nonce, byte[] associatedData, byte[] in, int offset, int length)
            throws InvalidCipherTextException {
        GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
        gcm.init(encrypt, new AEADParameters(new KeyParameter(key), 8 * TAG_LENGTH, nonce, associatedData));
        byte[] out = new byte[gcm.getOutputSize(length)];
        int written = gcm.processBytes(in, offset, length, out, 0);
        written += gcm.doFinal(out, written);
        return Arrays.copyOf(out, written);
    }
}
