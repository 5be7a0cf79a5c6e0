package io.github.camelonedrive.graph;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * The ids of the folders of one drive. A folder that is missing is made, with its parents; threads that need the same one
 * wait for the first, and what other programs make meanwhile is no failure (statement 72). A known folder costs no request.
 */
public final class Folders {

    private final DriveItems items;
    private final ConcurrentMap<String, String> ids = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();

    public Folders(DriveItems items) {
        this.items = items;
    }

    /** The id of the folder, which exists afterwards. */
    public String ensure(ItemPath folder) throws OneDriveException, InterruptedException {
        String known = ids.get(key(folder));
        if (known != null) {
            return known;
        }
        making.lockInterruptibly();
        try {
            return lookUpOrMake(folder);
        } catch (GraphException.NotFound parentGone) {
            // A folder above it was deleted in OneDrive since we looked; which one is not said.
            ids.clear();
            return lookUpOrMake(folder);
        } finally {
            making.unlock();
        }
    }

    /** Forgets a folder and all below it, because OneDrive says that it is gone. */
    public void forget(ItemPath folder) {
        String gone = key(folder);
        ids.keySet().removeIf(path -> path.equals(gone) || path.startsWith(gone.endsWith("/") ? gone : gone + "/"));
    }

    private String lookUpOrMake(ItemPath folder) throws OneDriveException, InterruptedException {
        String known = ids.get(key(folder));
        if (known != null) {
            return known;
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
        ids.put(key(folder), item.id());
        return item.id();
    }

    private DriveItem make(ItemPath folder) throws OneDriveException, InterruptedException {
        try {
            return items.createFolder(folder);
        } catch (GraphException.NameConflict made) {
            return items.get(folder);
        }
    }

    private static String key(ItemPath folder) {
        return folder.toString().toLowerCase(java.util.Locale.ROOT);
    }

    /** A file stands where a folder is needed. */
    public static final class NotAFolderException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        public NotAFolderException(ItemPath path) {
            super(FailureKind.CONFIGURATION, "'" + path + "' in OneDrive is a file, not a folder.",
                    "Choose another folder path, or rename that file.", null);
        }
    }
}
