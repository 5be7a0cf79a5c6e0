package io.github.camelonedrive.upload;

import java.util.List;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.ItemVersion;
import io.github.camelonedrive.graph.ItemVersions;

/** What an item held before an upload that should not have replaced it, and how to get that back. Asked only then. */
final class ItemHistory {

    private final ItemVersions versions;

    ItemHistory(ItemVersions versions) {
        this.versions = versions.inAHurry();
    }

    /**
     * The version before the latest one.
     *
     * @param id           empty if there is none, or OneDrive did not say
     * @param howToRestore in whole sentences
     */
    record Previous(Optional<String> id, String howToRestore) {
    }

    Previous previous(DriveItem item) throws InterruptedException {
        try {
            List<ItemVersion> all = versions.list(ItemRef.of(item.id()));
            return all.size() < 2 ? new Previous(Optional.empty(), "OneDrive keeps no version of the item from before.")
                    : kept(all.get(1));
        } catch (OneDriveException unanswered) {
            return new Previous(Optional.empty(), "The content it had before, if any, is under Version history in OneDrive "
                    + "and can be restored there.");
        }
    }

    private static Previous kept(ItemVersion version) {
        return new Previous(Optional.of(version.id()), "The content it had before is its version " + version.id()
                + version.lastModified().map(time -> " of " + time).orElse("")
                + ": restore it under Version history in OneDrive, or with the operation restoreVersion.");
    }
}
