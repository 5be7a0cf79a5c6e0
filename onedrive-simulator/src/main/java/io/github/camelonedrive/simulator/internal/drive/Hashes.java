package io.github.camelonedrive.simulator.internal.drive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;

/** The hashes of content while it arrives: QuickXorHash always, others where the account type or a test wants them. */
public final class Hashes {
    private final QuickXor quickXor;
    private MessageDigest sha1;
    private MessageDigest sha256;

    Hashes(SimulatorSettings settings) {
        boolean legacy = settings.accountType == AccountType.PERSONAL_LEGACY;
        this.quickXor = new QuickXor();
        this.sha1 = legacy ? newDigest("SHA-1") : null;
        this.sha256 = legacy || settings.streamSha256 ? newDigest("SHA-256") : null;
    }

    private Hashes(Hashes other) {
        this.quickXor = other.quickXor.copy();
        this.sha1 = copy(other.sha1);
        this.sha256 = copy(other.sha256);
    }

    Hashes copy() {
        return new Hashes(this);
    }

    void update(byte[] bytes, int offset, int count) {
        quickXor.update(bytes, offset, count);
        if (sha1 != null) {
            sha1.update(bytes, offset, count);
        }
        if (sha256 != null) {
            sha256.update(bytes, offset, count);
        }
    }

    /** Takes note that the bits of {@code mask} changed in the byte at {@code position}; the SHA digests are lost. */
    void flip(long position, byte mask) {
        quickXor.flip(position, mask);
        sha1 = null;
        sha256 = null;
    }

    /** Base64. */
    String quickXor() {
        return quickXor.base64();
    }

    /** Upper-case hex, or null. */
    String sha1() {
        return sha1 == null ? null : HexFormat.of().withUpperCase().formatHex(copy(sha1).digest());
    }

    /** Lower-case hex, or null. */
    String sha256() {
        return sha256 == null ? null : HexFormat.of().formatHex(copy(sha256).digest());
    }

    public static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm + ".", e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return digest == null ? null : (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's own digests can be cloned.", e);
        }
    }
}
