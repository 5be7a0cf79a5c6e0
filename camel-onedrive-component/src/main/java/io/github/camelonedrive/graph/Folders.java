package io.github.camelonedrive.graph;

import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * The ids of the folders of one drive. A folder that is missing is made, with its parents; threads that need the same one
 * wait for the first, and what other programs make meanwhile is no failure (statement 72). A known folder costs no request.
 */
public final class Folders {

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
        Optional<String> known = ids.of(folder);
        if (known.isPresent()) {
            return known.get();
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
        ids.remember(folder, item.id());
        return item.id();
    }

    /** Whether that is the drive's root. Costs a request the first time. */
    public boolean isRoot(String id) throws OneDriveException, InterruptedException {
        return id.equals("root") || id.equals(ensure(ItemPath.ROOT));
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
        Optional<String> known = ids.of(folder);
        if (known.isPresent()) {
            return known.get();
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
        ids.remember(folder, item.id());
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
