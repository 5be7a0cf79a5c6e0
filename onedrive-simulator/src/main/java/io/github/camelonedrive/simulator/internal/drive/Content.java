package io.github.camelonedrive.simulator.internal.drive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The bytes of one version of a file, or only their size and hashes when the simulator discards content.
 *
 * @param file where the bytes are, or null when they were discarded
 * @param sha1 upper-case hex, or null where the account type has none
 * @param streamedSha256 the SHA-256 computed while storing, or null when that was not asked for
 */
public record Content(Path file, long size, String quickXorHash, String sha1, String streamedSha256) {

    public InputStream open() throws IOException {
        if (file == null) {
            throw new IllegalStateException(
                    "The simulator was told to discard content. Leave out discardContent() to read it.");
        }
        return Files.newInputStream(file);
    }

    public String sha256() throws IOException {
        if (streamedSha256 != null) {
            return streamedSha256;
        }
        MessageDigest digest = Hashes.newDigest("SHA-256");
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
