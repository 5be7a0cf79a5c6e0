package io.github.camelonedrive.graph;

import java.time.Duration;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * The ids of the folders of one drive. A folder that is missing is made, with its parents; threads that need the same one
 * wait for the first, and what other programs make meanwhile is no failure (statement 72). A known folder costs no request.
 */
public final class Folders {

    /** How long a folder is trusted to be at its path where responses do not show it. */
    private static final Duration CONFIRMED_FOR = Duration.ofMinutes(10);

    private final DriveItems items;
    private final FolderIds ids;

    public Folders(DriveItems items) {
        this(items, new FolderIds());
    }

    /** @param ids what is known already; shared by all who use the same drive, so that one learns from the other */
    public Folders(DriveItems items, FolderIds ids) {
        this.items = items;
        this.ids = ids;
    }

    /** The id of the folder, which exists afterwards. */
    public String ensure(ItemPath folder) throws OneDriveException, InterruptedException {
        Optional<FolderIds.Known> known = ids.of(folder);
        if (known.isPresent()) {
            return known.get().id();
        }
        ids.making().lockInterruptibly();
        try {
            return lookUpOrMake(folder);
        } catch (GraphException.NotFound parentGone) {
            // A folder above it was deleted in OneDrive since we looked; which one is not said.
            ids.forgetAll();
            return lookUpOrMake(folder);
        } finally {
            ids.making().unlock();
        }
    }

    /**
     * As {@link #ensure}, but what was known is not relied on: somebody may have moved the folder in OneDrive, and its id with
     * it. For operations that would do harm in another place. Costs one request where the folder is there.
     */
    public String ensureNow(ItemPath folder) throws OneDriveException, InterruptedException {
        DriveItem item = items.find(folder).orElse(null);
        if (item == null) {
            ids.forget(folder);
            return ensure(folder);
        }
        if (!item.folder()) {
            throw new NotAFolderException(folder);
        }
        remember(folder, item.id(), Optional.empty());
        return item.id();
    }

    /** Whether that is the drive's root. Costs a request the first time. */
    public boolean isRoot(String id) throws OneDriveException, InterruptedException {
        return id.equalsIgnoreCase("root") || ItemId.same(id, ensure(ItemPath.ROOT));
    }

    /**
     * Whether the path of a folder still leads to the folder that an item was sent to by its id; an id goes along when a folder
     * is renamed or moved. The item's own parent shows it. Where that has no path, or one of another name, the folder is looked
     * up again, at most once in ten minutes. If it is another folder now, everything that was known is forgotten.
     *
     * @param folderId that the item was sent to
     */
    public boolean isAt(ItemPath folder, String folderId, DriveItem item) throws OneDriveException, InterruptedException {
        Optional<ItemPath> shown = item.parentPath().flatMap(ItemPath::ofReference);
        if (shown.filter(path -> NameFolding.fold(path).equals(NameFolding.fold(folder))).isPresent()
                || isConfirmed(folder, folderId, item.parentPath())) {
            return true;
        }
        Optional<DriveItem> now = items.find(folder);
        if (now.filter(found -> ItemId.same(found.id(), folderId)).isPresent()) {
            remember(folder, folderId, item.parentPath());
            return true;
        }
        ids.forgetAll();
        return false;
    }

    private boolean isConfirmed(ItemPath folder, String folderId, Optional<String> parentPath) {
        return ids.of(folder).filter(known -> ItemId.same(known.id(), folderId)
                && items.time().nanoTime() - known.confirmed() < CONFIRMED_FOR.toNanos()
                && (parentPath.isEmpty() || parentPath.equals(known.alias()))).isPresent();
    }

    private void remember(ItemPath folder, String id, Optional<String> alias) {
        ids.remember(folder, new FolderIds.Known(id, items.time().nanoTime(), alias));
    }

    /** Forgets a folder and all below it, because OneDrive says that it is gone. */
    public void forget(ItemPath folder) {
        ids.forget(folder);
    }

    /** Forgets a folder and all below it, because it was moved or deleted. */
    public void forget(String id) {
        ids.forgetId(id);
    }

    private String lookUpOrMake(ItemPath folder) throws OneDriveException, InterruptedException {
        Optional<FolderIds.Known> known = ids.of(folder);
        if (known.isPresent()) {
            return known.get().id();
        }
        DriveItem item = items.find(folder).orElse(null);
        if (item == null) {
            if (folder.isRoot()) {
                throw new UnexpectedAnswerException("OneDrive has no root folder for this account.");
            }
            lookUpOrMake(folder.parent());
            item = make(folder);
        }
        if (!item.folder()) {
            throw new NotAFolderException(folder);
        }
        remember(folder, item.id(), Optional.empty());
        return item.id();
    }

    private DriveItem make(ItemPath folder) throws OneDriveException, InterruptedException {
        try {
            return items.createFolder(folder);
        } catch (GraphException.NameConflict made) {
            return items.get(folder);
        }
    }

    /** A file stands where a folder is needed. */
    public static final class NotAFolderException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        public NotAFolderException(ItemPath path) {
            this(ItemRef.of(path));
        }

        public NotAFolderException(ItemRef item) {
            super(FailureKind.CONFIGURATION,
                    item.toString().replaceFirst("^the", "The") + " in OneDrive is a file, not a folder.",
                    "Choose another folder, or rename that file.", null);
        }
    }
}
