package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.catalogue.CatalogueEntry;
import io.github.camelonedrive.backup.catalogue.DriveIds;
import io.github.camelonedrive.backup.catalogue.HeldReason;
import io.github.camelonedrive.backup.catalogue.InProgressTargets;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.settings.WatchSettings.Content;
import io.github.camelonedrive.upload.SourceFile;
import io.github.camelonedrive.upload.UploadGuard;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UploadSource;

/**
 * Looks at each upload of a dump before a byte is sent: what would be uploaded is the dump, and no other dump has or gets the
 * name that OneDrive would store it under.
 */
final class DumpGuard implements UploadGuard, AutoCloseable {

    private final WatchSettings settings;
    private final Set<String> watches;
    private final Catalogue catalogue;
    private final DriveIds drives;
    private final InProgressTargets inProgress;
    private final DumpFile dump;
    private final String label;
    private final Queue<String> claimed = new ConcurrentLinkedQueue<>();

    DumpGuard(WatchSettings settings, WatchEnvironment environment, DumpFile dump) {
        this.settings = settings;
        this.watches = environment.watches();
        this.catalogue = environment.catalogue();
        this.drives = environment.drives();
        this.inProgress = environment.inProgress();
        this.dump = dump;
        this.label = label(settings.name(), dump.path().remote());
    }

    @Override
    public void beforeUpload(UploadKey place, UploadSource source, ItemLookup lookup) throws IOException, InterruptedException {
        requireContent(source);
        String target = place.target().toString();
        Optional<String> driveId = drives.of(place, lookup);
        Optional<CatalogueEntry> stored =
                catalogue.stored(place.destination(), place.drive(), driveId.orElse(""), target);
        if (stored.isPresent() && isAnotherDump(stored.get(), target) && isStillThere(stored.get(), lookup)) {
            throw twin(target, stored.get().path(), label(stored.get().watch(), stored.get().file()));
        }
        String key = InProgressTargets.key(place, driveId);
        Optional<String> other = inProgress.claim(key, label);
        if (other.isPresent()) {
            throw new TargetInUseException(label, other.get());
        }
        claimed.add(key);
    }

    private void requireContent(UploadSource source) throws IOException {
        if (settings.content() == Content.SAME) {
            boolean same = source.file().map(SourceFile::path).filter(this::isTheDump).isPresent()
                    && source.size() == dump.taken().size();
            if (!same) {
                throw new DumpHeldException(HeldReason.FOREIGN_CONTENT, "The route would upload "
                        + source.file().map(file -> file.path().toString()).orElse("something") + " (" + source.size() + " bytes) in place of "
                        + dump.path() + " (" + dump.taken().size() + " bytes). Nothing was uploaded.",
                        "Mend the route. If it changes dumps on purpose, set backup.watch." + settings.name()
                                + ".content=changed.");
            }
        } else if (source.size() == 0 && dump.taken().size() > 0) {
            throw new DumpHeldException(HeldReason.FOREIGN_CONTENT, "The route made nothing (0 bytes) of " + dump.path() + " ("
                    + dump.taken().size() + " bytes). Nothing was uploaded.", "Mend the route.");
        }
    }

    private boolean isTheDump(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.equals(dump.source()) || absolute.equals(dump.getFile().toPath());
    }

    // The same file again is the next dump of a series. Another file whose name the route maps to the same one is not, unless the
    // route changes dumps on purpose.
    private boolean isAnotherDump(CatalogueEntry stored, String target) {
        if (!stored.path().equals(target)) {
            return true;
        }
        if (!stored.watch().equals(settings.name())) {
            return watches.contains(stored.watch());
        }
        return settings.content() == Content.SAME && !stored.file().equals(dump.path().remote());
    }

    // Somebody may have deleted or renamed it in OneDrive since.
    private static boolean isStillThere(CatalogueEntry stored, ItemLookup lookup) throws IOException, InterruptedException {
        Optional<String> name = lookup.nameInOneDrive();
        return name.isPresent() && stored.path().endsWith("/" + name.get());
    }

    private DumpHeldException twin(String target, String path, String other) {
        boolean sameSpelling = path.equals(target);
        return new DumpHeldException(HeldReason.TWIN, dump.path() + " would replace " + other + ", which is stored as " + path
                + (sameSpelling ? "." : ": to OneDrive " + target + " is the same name.") + " Nothing was uploaded.",
                "Rename the dump, or give the watch another folder. If the other one is no longer needed, delete it in OneDrive"
                        + " and run: onedrive-backup retry " + settings.name());
    }

    private static String label(String watch, String file) {
        return watch.isEmpty() ? file + " (pushed)" : file + " of the watch " + watch;
    }

    /** Gives up the targets that were claimed. */
    @Override
    public void close() {
        for (String key = claimed.poll(); key != null; key = claimed.poll()) {
            inProgress.release(key, label);
        }
    }
}
