package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.catalogue.CatalogueEntry;
import io.github.camelonedrive.backup.catalogue.DriveIds;
import io.github.camelonedrive.backup.catalogue.Event;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.upload.SourceFile;
import io.github.camelonedrive.upload.UploadGuard;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UploadReceipts.Attempt;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.UploadSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of proven dumps, as {@code push} uses it: a file that OneDrive would store over one of another spelling is refused
 * before a byte is sent, and what is proven is recorded.
 */
final class PushRecord implements UploadGuard {

    private static final Logger LOG = LoggerFactory.getLogger(PushRecord.class);

    private final Catalogue catalogue;
    private final DriveIds drives;
    private final InstantSource clock;
    private final boolean replaces;

    /** @param replaces whether an upload replaces what has its name */
    PushRecord(Catalogue catalogue, String destination, InstantSource clock, boolean replaces) {
        this.catalogue = catalogue;
        this.drives = new DriveIds(catalogue, Set.of(destination));
        this.clock = clock;
        this.replaces = replaces;
    }

    @Override
    public void beforeUpload(UploadKey place, UploadSource source, ItemLookup lookup) throws IOException, InterruptedException {
        if (!replaces) {
            return;
        }
        ItemPath target = place.target();
        Optional<String> stored = catalogue.stored(place.destination(), place.drive(),
                drives.of(place, lookup).orElse(""), target.toString())
                .map(CatalogueEntry::path).filter(path -> !path.equals(target.toString()));
        if (stored.isPresent() && isStillThere(stored.get(), lookup)) {
            throw otherSpelling(target, ItemPath.parse(stored.get()));
        }
    }

    // It may have been deleted or renamed in OneDrive since. Only here a request is made.
    private static boolean isStillThere(String stored, ItemLookup lookup) throws IOException, InterruptedException {
        return lookup.nameInOneDrive().filter(ItemPath.parse(stored).name()::equals).isPresent();
    }

    private static BackupException otherSpelling(ItemPath target, ItemPath stored) {
        String way = target.name().equals(stored.name())
                ? "Spell the destination's folder as it is there, " + stored.parent()
                        + ", to upload the next version of that file"
                : "Push it with --name=" + stored.name() + " to upload the next version of that file";
        return new BackupException(FailureKind.SOURCE, target + " was not uploaded: OneDrive takes it for the same name as "
                + stored + ", which an earlier upload from here stored, and would replace that.",
                way + ", with another --name to keep both, or delete or rename " + stored + " in OneDrive.");
    }

    /** Records a proven upload. Trouble is logged: the file is in OneDrive all the same. */
    void proven(String name, Attempt upload) {
        UploadResult result = upload.result().orElseThrow();
        Instant now = clock.instant();
        String stored = result.item().name();
        ItemPath asked = upload.place().target();
        try {
            catalogue.append(new CatalogueEntry(Event.PROVEN, now, "", name, result.size(),
                    result.source().map(SourceFile::modified).orElse(now), result.quickXorHash(),
                    upload.place().destination(), upload.place().drive(), result.item().driveId().orElse(""),
                    (stored.isEmpty() ? asked : asked.parent().child(stored)).toString(), result.item().id(),
                    result.item().eTag().orElse(""), result.size(), Optional.empty()));
        } catch (IOException e) {
            LOG.warn("Cannot record that {} was uploaded: {}. It is in OneDrive, but another spelling of its name will not be"
                    + " noticed.", name, Failures.message(e));
        }
    }
}
