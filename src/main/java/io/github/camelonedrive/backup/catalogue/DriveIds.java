package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.upload.UploadGuard;
import io.github.camelonedrive.upload.UploadKey;

/**
 * Ids of the drives that destinations lead to. Two destinations may lead to one drive, for example with the same account; where
 * only one destination is in use, no id is needed and none is asked for. Safe for many threads.
 */
public final class DriveIds {

    private final Catalogue catalogue;
    private final boolean areNeeded;

    /** @param destinations of this run; those that are in the record count too */
    public DriveIds(Catalogue catalogue, Set<String> destinations) {
        this.catalogue = catalogue;
        this.areNeeded = destinations.size() > 1 || catalogue.hasOtherThan(destinations);
    }

    /**
     * Returns the id of the drive of an upload, in one spelling; empty where only one destination is in use, or where OneDrive
     * does not name the drive. Costs a request while the record does not have it.
     */
    public Optional<String> of(UploadKey place, UploadGuard.ItemLookup lookup) throws IOException, InterruptedException {
        if (!areNeeded) {
            return Optional.empty();
        }
        if (catalogue.driveId(place.destination(), place.drive()).isEmpty()) {
            lookup.driveId().ifPresent(id -> catalogue.learnDriveId(place.destination(), place.drive(), id));
        }
        return catalogue.driveId(place.destination(), place.drive());
    }

    /** Returns what stands for a drive whose id is not known. */
    static String key(String destination, String drive) {
        return destination + '\0' + drive;
    }

    /** Returns one spelling of an id for all that OneDrive uses. */
    static String spelling(String id) {
        return ItemId.of(id).key();
    }
}
