package io.github.camelonedrive.upload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import io.github.camelonedrive.graph.ItemPath;

/**
 * Where an upload goes, for finding it again in the journal.
 *
 * @param destination what people call the place
 * @param drive       Graph's address and the drive there
 * @param target      folder and name; OneDrive takes names that differ in case only for the same
 */
public record UploadKey(String destination, String drive, ItemPath target) {

    /** 32 hex digits, the same for the same place, and practically never for another. */
    public String fingerprint() {
        MessageDigest digest = sha256();
        for (String part : new String[] {destination, drive, target.toString().toLowerCase(Locale.ROOT)}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
