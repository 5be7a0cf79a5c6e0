package io.github.camelonedrive.simulator.internal.drive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A file or folder. Guarded by the lock of its {@link DriveTree}. */
public final class Item {
    /**
     * A version of a file.
     *
     * @param modified when it was stored
     */
    public record Version(Content content, Instant modified) {
    }

    public final String id;
    public final String guid;
    public final boolean folder;
    public final NavigableMap<String, Item> children = new TreeMap<>();
    /** Newest last; a folder has none. */
    public final List<Version> versions = new ArrayList<>();
    public final Instant created;

    public String name;
    public Item parent;
    public Instant modified;
    public Instant fileSystemCreated;
    public Instant fileSystemModified;
    public String description;
    /** The ids of sharing links by type and scope. */
    public final Map<String, String> links = new TreeMap<>();
    public HashReport hashReport = HashReport.HONEST;
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

    public boolean isRoot() {
        return parent == null;
    }

    public Content content() {
        return versions.get(versions.size() - 1).content();
    }

    public long size() {
        return folder ? contained : content().size();
    }

    /** Itself and everything in it. */
    public int count() {
        return 1 + children.values().stream().mapToInt(Item::count).sum();
    }

    /** What is in this folder became larger, or smaller by a negative number of bytes. */
    void grow(long bytes) {
        for (Item ancestor = this; ancestor != null; ancestor = ancestor.parent) {
            ancestor.contained += bytes;
        }
    }

    /** Absolute from the drive's root; the root itself is "/". */
    public String path() {
        if (parent == null) {
            return "/";
        }
        return parent.parent == null ? "/" + name : parent.path() + "/" + name;
    }

    public boolean isInside(Item ancestor) {
        for (Item item = this; item != null; item = item.parent) {
            if (item == ancestor) {
                return true;
            }
        }
        return false;
    }
}
