package io.github.camelonedrive.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private final ConcurrentMap<String, String> ids = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();

    /** Held by the one who makes folders; others who need them wait. */
    ReentrantLock making() {
        return making;
    }

    Optional<String> of(ItemPath folder) {
        return Optional.ofNullable(ids.get(key(folder)));
    }

    void remember(ItemPath folder, String id) {
        ids.put(key(folder), id);
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
        for (Map.Entry<String, String> known : ids.entrySet()) {
            if (known.getValue().equals(id)) {
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
        return folder.toString().toLowerCase(Locale.ROOT);
    }
}
