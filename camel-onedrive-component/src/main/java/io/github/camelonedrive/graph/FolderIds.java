package io.github.camelonedrive.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is known of the folders of one drive: their ids by path. Names are compared as OneDrive does, without regard to case.
 * One who moves or deletes a folder has all forget it who share this: a remembered id would lead them to where it is now.
 */
public final class FolderIds {

    /** Some 3 MB. Beyond it, a folder that is used again is looked up again. */
    static final int MOST = 10_000;

    private final ConcurrentMap<String, Known> ids = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();
    private volatile Optional<String> driveId = Optional.empty();

    /** Held by the one who makes folders; others who need them wait. */
    ReentrantLock making() {
        return making;
    }

    /**
     * A folder that was looked up by its path.
     *
     * @param confirmed when the path last led to the id, in the nanoseconds of the time source
     * @param alias     what items in it give as their parent's path where that is not the folder's own, as for folders that
     *                  have a name for each language
     */
    record Known(String id, long confirmed, Optional<String> alias) {
    }

    Optional<Known> of(ItemPath folder) {
        return Optional.ofNullable(ids.get(key(folder)));
    }

    void remember(ItemPath folder, Known known) {
        if (ids.size() >= MOST) {
            ids.keySet().stream().findAny().ifPresent(ids::remove);
        }
        ids.put(key(folder), known);
    }

    /** The drive's own id, once it is known. */
    Optional<String> driveId() {
        return driveId;
    }

    void rememberDriveId(String id) {
        driveId = Optional.of(id);
    }

    void forgetAll() {
        ids.clear();
    }

    /** The folder and all below it. */
    void forget(ItemPath folder) {
        forget(key(folder));
    }

    /** The folder of that id and all below it. */
    void forgetId(String id) {
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, Known> known : ids.entrySet()) {
            if (ItemId.same(known.getValue().id(), id)) {
                paths.add(known.getKey());
            }
        }
        paths.forEach(this::forget);
    }

    private void forget(String gone) {
        String below = gone.endsWith("/") ? gone : gone + "/";
        ids.keySet().removeIf(path -> path.equals(gone) || path.startsWith(below));
    }

    private static String key(ItemPath folder) {
        return NameFolding.fold(folder);
    }
}
