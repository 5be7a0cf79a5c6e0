package io.github.camelonedrive.backup.catalogue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.graph.NameFolding;
import io.github.camelonedrive.upload.UploadKey;

/** The targets of uploads in progress in this process, so that two dumps never go to one item at a time. */
public final class InProgressTargets {

    private final Map<String, String> owners = new ConcurrentHashMap<>();

    /**
     * Returns the key of a target: the same for all spellings that OneDrive takes for one item.
     *
     * @param driveId empty where no other destination is in use
     */
    public static String key(UploadKey place, Optional<String> driveId) {
        String drive = driveId.orElseGet(() -> DriveIds.key(place.destination(), place.drive()));
        return drive + '\0' + NameFolding.fold(place.target());
    }

    /**
     * Claims a target.
     *
     * @param  label of the claimant, for messages and for {@link #release}; it may claim the same target again
     * @return       the label of another one that has the target; then nothing was claimed
     */
    public Optional<String> claim(String key, String label) {
        String owner = owners.putIfAbsent(key, label);
        return Optional.ofNullable(owner).filter(other -> !other.equals(label));
    }

    /** Gives a target up; nothing happens when another one has it. */
    public void release(String key, String label) {
        owners.remove(key, label);
    }
}
