package io.github.camelonedrive.upload;

import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.ItemVersion;
import io.github.camelonedrive.graph.ItemVersions;

/** Compares the name of a committed item with the name that was asked for. Costs requests only where they differ. */
final class LandingCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LandingCheck.class);

    private final ItemVersions versions;

    LandingCheck(ItemVersions versions) {
        this.versions = versions.inAHurry();
    }

    Landing of(UploadContext upload, DriveItem item) throws InterruptedException {
        String asked = upload.request().target().name();
        if (item.name().isEmpty() || item.name().equals(asked)) {
            return new Landing.AsAsked();
        }
        if (upload.options().conflictBehavior() == ConflictBehavior.rename) {
            return new Landing.Renamed(item.name());
        }
        PreviousVersion before = previousVersion(item);
        String explanation = upload.purpose() + " replaced the content of '" + item.name() + "' (id " + item.id()
                + "): the two spellings are one name to OneDrive. " + before.howToRestore();
        LOG.warn("{}", explanation);
        return new Landing.OtherSpelling(item.name(), before.id(), explanation);
    }

    /** The version that a commit has replaced. @param id empty if there is none, or OneDrive did not say */
    record PreviousVersion(Optional<String> id, String howToRestore) {
    }

    PreviousVersion previousVersion(DriveItem item) throws InterruptedException {
        try {
            List<ItemVersion> all = versions.list(ItemRef.of(item.id()));
            return all.size() < 2
                    ? new PreviousVersion(Optional.empty(), "OneDrive keeps no version of the item from before.")
                    : kept(all.get(1));
        } catch (OneDriveException unanswered) {
            return new PreviousVersion(Optional.empty(),
                    "The content it had before, if any, is under Version history in OneDrive and can be restored there.");
        }
    }

    private static PreviousVersion kept(ItemVersion version) {
        return new PreviousVersion(Optional.of(version.id()), "The content it had before is its version " + version.id()
                + version.lastModified().map(time -> " of " + time).orElse("")
                + ": restore it under Version history in OneDrive, or with the operation restoreVersion.");
    }
}
