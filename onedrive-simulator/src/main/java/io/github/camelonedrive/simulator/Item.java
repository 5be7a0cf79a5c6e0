package io.github.camelonedrive.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A file or folder. Guarded by the lock of its {@link Drive}. */
final class Item {
    final String id;
    final String guid;
    final boolean folder;
    final NavigableMap<String, Item> children = new TreeMap<>();
    /** Newest last; a folder has none. */
    final List<Version> versions = new ArrayList<>();
    final Instant created;

    String name;
    Item parent;
    Instant modified;
    Instant fileSystemCreated;
    Instant fileSystemModified;
    String description;
    /** The ids of sharing links by type and scope. */
    final Map<String, String> links = new TreeMap<>();
    HashReport hashReport = HashReport.HONEST;
    int eTagNumber = 1;
    int cTagNumber = 1;
    /** Of all files in a folder, at any depth. */
    private long contained;

    Item(String id, String guid, boolean folder, String name, Instant now) {
        this.id = id;
        this.guid = guid;
        this.folder = folder;
        this.name = name;
        this.created = now;
        this.modified = now;
        this.fileSystemCreated = now;
        this.fileSystemModified = now;
    }

    boolean isRoot() {
        return parent == null;
    }

    Content content() {
        return versions.get(versions.size() - 1).content();
    }

    long size() {
        return folder ? contained : content().size();
    }

    /** Itself and everything in it. */
    int count() {
        return 1 + children.values().stream().mapToInt(Item::count).sum();
    }

    /** What is in this folder became larger, or smaller by a negative number of bytes. */
    void grow(long bytes) {
        for (Item ancestor = this; ancestor != null; ancestor = ancestor.parent) {
            ancestor.contained += bytes;
        }
    }

    /** Absolute from the drive's root; the root itself is "/". */
    String path() {
        if (parent == null) {
            return "/";
        }
        return parent.parent == null ? "/" + name : parent.path() + "/" + name;
    }

    boolean isInside(Item ancestor) {
        for (Item item = this; item != null; item = item.parent) {
            if (item == ancestor) {
                return true;
            }
        }
        return false;
    }
}
