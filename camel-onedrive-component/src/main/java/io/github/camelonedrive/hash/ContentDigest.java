package io.github.camelonedrive.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What identifies content: its length, its QuickXorHash, and its SHA-256 where that was asked for, which unlike the former
 * also notices swapped parts.
 *
 * @param sha256 hex; empty when it was not asked for
 */
public record ContentDigest(long length, String quickXorHash, String sha256) {

    @Override
    public String toString() {
        return length + " bytes, " + (sha256.isEmpty() ? "QuickXorHash " + quickXorHash : "SHA-256 " + sha256);
    }

    /** Takes content in order. */
    public static final class Builder {

        private final QuickXorHash quickXor = new QuickXorHash();
        private final CRC32C checksum = new CRC32C();
        private final MessageDigest sha256;

        /** @param withSha256 whether SHA-256 is computed too, which takes a multiple of the time of the others */
        public Builder(boolean withSha256) {
            this.sha256 = withSha256 ? newSha256() : null;
        }

        /** Takes more content. */
        public void update(byte[] bytes, int offset, int count) {
            quickXor.update(bytes, offset, count);
            checksum.update(bytes, offset, count);
            if (sha256 != null) {
                sha256.update(bytes, offset, count);
            }
        }

        /** How many bytes it has taken. */
        public long length() {
            return quickXor.length();
        }

        /** Whether SHA-256 is computed. */
        public boolean hasSha256() {
            return sha256 != null;
        }

        /** Of what it has taken so far. */
        public ContentDigest build() {
            return new ContentDigest(quickXor.length(), quickXor.base64(), sha256 == null ? "" : hex(sha256));
        }

        /** What it has taken so far, for the journal. */
        public PrefixDigest prefix() {
            return new PrefixDigest(quickXor.length(), quickXor.base64(), checksum.getValue());
        }

        private static String hex(MessageDigest digest) {
            try {
                return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static MessageDigest newSha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
