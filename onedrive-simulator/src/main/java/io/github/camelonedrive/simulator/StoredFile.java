package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;

import io.github.camelonedrive.simulator.internal.drive.Content;
import io.github.camelonedrive.simulator.internal.drive.Item;

/** A file in the simulated drive, as it was when it was asked for. */
public final class StoredFile {
    private final String id;
    private final String path;
    private final String name;
    private final Content content;
    private final Instant created;
    private final Instant lastModified;
    private final int versionCount;
    private final String eTag;

    StoredFile(Item item, String eTag) {
        this.id = item.id;
        this.path = item.path();
        this.name = item.name;
        this.content = item.content();
        this.created = item.fileSystemCreated;
        this.lastModified = item.fileSystemModified;
        this.versionCount = item.versions.size();
        this.eTag = eTag;
    }

    /** The item id. */
    public String id() {
        return id;
    }

    /** From the drive's root, in the stored case: {@code /Backups/x.sql}. */
    public String path() {
        return path;
    }

    /** The name in the stored case. */
    public String name() {
        return name;
    }

    /** Bytes. */
    public long size() {
        return content.size();
    }

    /** Base64, computed from the bytes; not what a fault rule makes the simulator report. */
    public String quickXorHash() {
        return content.quickXorHash();
    }

    /**
     * Lower-case hex, computed from the stored bytes on each call.
     *
     * @throws IllegalStateException if content is discarded and {@code computeSha256()} was not asked for
     */
    public String sha256() {
        try {
            return content.sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code fileSystemInfo.createdDateTime}, whole seconds. */
    public Instant created() {
        return created;
    }

    /** {@code fileSystemInfo.lastModifiedDateTime}, whole seconds. */
    public Instant lastModified() {
        return lastModified;
    }

    /** How many versions there are, the current one included. */
    public int versionCount() {
        return versionCount;
    }

    /** The eTag, with its quotes where the account type has them. */
    public String eTag() {
        return eTag;
    }

    /**
     * The content.
     *
     * @throws IllegalStateException if content is discarded
     */
    public InputStream openStream() {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The whole content in memory.
     *
     * @throws IllegalStateException if content is discarded
     */
    public byte[] bytes() {
        try (InputStream in = openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path + " (" + size() + " bytes, " + versionCount + " versions)";
    }
}
