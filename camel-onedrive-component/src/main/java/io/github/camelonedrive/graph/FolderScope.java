package io.github.camelonedrive.graph;

import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** Tells whether items that are named by their ids are in one folder of one drive. */
public final class FolderScope {

    /** More folders are not in each other: a path has 400 characters at most. */
    private static final int DEEPEST = 400;

    private final DriveItems items;
    private final ItemPath folder;
    private final FolderIds ids;

    /** @param ids what is known of the drive's folders already; shared by all who use the same drive */
    public FolderScope(DriveItems items, ItemPath folder, FolderIds ids) {
        this.items = items;
        this.folder = folder;
        this.ids = ids;
    }

    /**
     * Looks an item up that must be in the folder, or be the folder itself. Costs one request; the first time one more, for the
     * drive's id.
     *
     * @throws GraphException.NotFound when there is no item of that id
     * @throws OutsideException        when it is elsewhere
     */
    public DriveItem require(String id) throws OneDriveException, InterruptedException {
        DriveItem item = items.get(id);
        if (!isInDrive(item) || !isShownInFolder(item) && !isInFolder(item)) {
            throw new OutsideException(item, folder);
        }
        return item;
    }

    /** Whether an item that is in the folder is the folder itself. */
    public boolean isFolder(DriveItem item) throws OneDriveException, InterruptedException {
        if (!item.folder()) {
            return false;
        }
        return isShownInFolder(item) ? item.path().map(NameFolding::fold).equals(Optional.of(NameFolding.fold(folder)))
                : items.find(folder).filter(found -> ItemId.same(found.id(), item.id())).isPresent();
    }

    /** Personal accounts find items of other people's drives by their ids, too; their paths start at another root. */
    private boolean isInDrive(DriveItem item) throws OneDriveException, InterruptedException {
        if (item.driveId().isEmpty()) {
            return true;
        }
        if (ids.driveId().isEmpty()) {
            items.get(ItemPath.ROOT).driveId().ifPresent(ids::rememberDriveId);
        }
        return ids.driveId().isEmpty() || ItemId.same(ids.driveId(), item.driveId().get());
    }

    private boolean isShownInFolder(DriveItem item) {
        return item.path().map(NameFolding::fold)
                .filter(path -> (path + "/").startsWith(NameFolding.fold(folder) + "/")).isPresent();
    }

    /** A response may leave the path out, or give a folder another name than its path has: then ids decide, upwards. */
    private boolean isInFolder(DriveItem item) throws OneDriveException, InterruptedException {
        Optional<String> wanted = items.find(folder).map(DriveItem::id);
        if (wanted.isEmpty()) {
            return false;
        }
        DriveItem above = item;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (ItemId.same(above.id(), wanted.get()) || ItemId.same(above.parentId(), wanted.get())) {
                return true;
            }
            if (above.parentId().isEmpty()) {
                return false;
            }
            above = items.get(above.parentId().get());
        }
        return false;
    }

    /** An item that is not in the folder. */
    public static final class OutsideException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        OutsideException(DriveItem item, ItemPath folder) {
            super(FailureKind.CONFIGURATION,
                    "The item with the id '" + NameRules.printable(item.id()) + "' is not in the folder '" + folder
                            + "'. Nothing was done.",
                    "Name an item in that folder, set folderPath to a folder that holds it, or set "
                    + "jailStartingDirectory=false.",
                    null);
        }
    }
}
