package io.github.camelonedrive.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.camelonedrive.files.OwnerOnlyFiles;

/**
 * Keeps feeds in a directory, each in one file that only its owner may read, because the links in it may hold tokens. Several
 * feeds and several processes may share the directory; one feed has one reader at a time.
 */
public final class FileFeedRepository implements FeedRepository {

    private final Path directory;

    /** @param directory made when it is missing, with mode 700 */
    public FileFeedRepository(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public FeedMemory open(String feed) throws IOException {
        OwnerOnlyFiles.createDirectories(directory);
        return FileFeedMemory.open(directory.resolve("feed-" + digest(feed) + ".jsonl"), feed);
    }

    private static String digest(String feed) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(feed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
