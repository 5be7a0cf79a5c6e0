package io.github.camelonedrive.upload;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;

/** Compares the name of a committed item with the name that was asked for. Costs requests only where they differ. */
final class LandingCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LandingCheck.class);

    private final ItemHistory history;

    LandingCheck(ItemHistory history) {
        this.history = history;
    }

    Landing of(UploadContext upload, DriveItem item) throws InterruptedException {
        String asked = upload.request().target().name();
        if (item.name().isEmpty() || item.name().equals(asked)) {
            return new Landing.AsAsked();
        }
        if (upload.options().conflictBehavior() == ConflictBehavior.rename) {
            return new Landing.Renamed(item.name());
        }
        ItemHistory.Previous before = history.previous(item);
        String explanation = upload.purpose() + " replaced the content of '" + item.name() + "' (id " + item.id()
                + "): the two spellings are one name to OneDrive. " + before.howToRestore();
        LOG.warn("{}", explanation);
        return new Landing.OtherSpelling(item.name(), before.id(), explanation);
    }
}
