package io.github.camelonedrive.credentials;

import java.security.SecureRandom;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** What a vault is sealed and checked with: sub-keys of the master key, one for each purpose. */
final class VaultKeys {

    private final String keyId;
    private final FieldCipher fields;
    private final byte[] tagKey;

    VaultKeys(MasterKey key, SecureRandom random) {
        keyId = key.id();
        fields = new FieldCipher(key.derive("onedrive-vault/1/fields"), random);
        tagKey = key.derive("onedrive-vault/1/tag");
    }

    /** Names the key without revealing anything of it: 16 hex digits. */
    String keyId() {
        return keyId;
    }

    FieldCipher fields() {
        return fields;
    }

    /** HMAC-SHA256 over the canonical document. */
    byte[] tag(byte[] canonical) {
        HMac hmac = new HMac(new SHA256Digest());
        hmac.init(new KeyParameter(tagKey));
        hmac.update(canonical, 0, canonical.length);
        byte[] tag = new byte[hmac.getMacSize()];
        hmac.doFinal(tag, 0);
        return tag;
    }
}
