package io.github.camelonedrive.backup.catalogue;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of the {@link Catalogue}.
 *
 * @param time         of the event
 * @param watch        the watch's name; empty for {@code push}
 * @param file         of the dump, relative to the watched directory, with {@code /} between names; for {@code push} its name
 * @param size         of the local file, in bytes
 * @param modified     modification time of the local file
 * @param quickXorHash of the local file, base64; may be empty
 * @param destination  of the vault; empty where nothing was uploaded
 * @param drive        what tells the drive from others of the destination
 * @param driveId      of OneDrive; may be empty
 * @param path         the whole path in OneDrive, with a leading slash
 * @param itemId       in OneDrive
 * @param eTag         in OneDrive; may be empty
 * @param sentSize     of the content that was sent: differs from the size where a route changes the content
 * @param done         the file's path below {@code .done/}; absent when it does not lie there
 */
public record CatalogueEntry(
        Event event,
        Instant time,
        String watch,
        String file,
        long size,
        Instant modified,
        String quickXorHash,
        String destination,
        String drive,
        String driveId,
        String path,
        String itemId,
        String eTag,
        long sentSize,
        Optional<String> done) {

    public CatalogueEntry {
        Objects.requireNonNull(event);
        Objects.requireNonNull(time);
        Objects.requireNonNull(watch);
        Objects.requireNonNull(file);
        Objects.requireNonNull(modified);
        Objects.requireNonNull(done);
    }

    /** Returns the entry of a file that lay in {@code .done/} when the record began. */
    public static CatalogueEntry found(Instant time, String watch, String done, long size, Instant modified) {
        return new CatalogueEntry(Event.FOUND, time, watch, done, size, modified, "", "", "", "", "", "", "", size,
                Optional.of(done));
    }

    /** Returns the same dump with another event. */
    public CatalogueEntry with(Event next, Instant when) {
        return new CatalogueEntry(next, when, watch, file, size, modified, quickXorHash, destination, drive, driveId, path,
                itemId, eTag, sentSize, done);
    }

    /** Returns the same dump with an event that learned of another modification time of its file. */
    public CatalogueEntry with(Event next, Instant when, Instant newModified) {
        return new CatalogueEntry(next, when, watch, file, size, newModified, quickXorHash, destination, drive, driveId, path,
                itemId, eTag, sentSize, done);
    }
}
