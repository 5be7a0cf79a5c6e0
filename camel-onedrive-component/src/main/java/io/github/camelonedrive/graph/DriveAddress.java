package io.github.camelonedrive.graph;

import io.github.camelonedrive.credentials.DriveSelector;

/**
 * Addresses within one drive, relative to Graph's v1.0 endpoint ({@code graph-contract.md} §1.1, §1.2). The root itself is
 * {@code /root}; the form {@code root:/:/} is not legal.
 */
public record DriveAddress(String prefix) {

    public static DriveAddress of(DriveSelector selector) {
        String id = ItemPath.encode(selector.id());
        return new DriveAddress(switch (selector.kind()) {
            case ME -> "/me/drive";
            case DRIVE -> "/drives/" + id;
            case USER -> "/users/" + id + "/drive";
            case SITE -> "/sites/" + id + "/drive";
            case GROUP -> "/groups/" + id + "/drive";
        });
    }

    /** The drive. */
    public String drive() {
        return prefix;
    }

    /** An item. */
    public String item(ItemRef item) {
        return item instanceof ItemRef.ByPath named ? item(named.path()) : item(id(item));
    }

    /** What is done with an item: {@code children}, {@code copy}, {@code versions}. */
    public String item(ItemRef item, String action) {
        return item instanceof ItemRef.ByPath named ? item(named.path(), action) : item(id(item), action);
    }

    private static String id(ItemRef item) {
        return item instanceof ItemRef.Seen seen ? seen.item().id() : ((ItemRef.ById) item).id();
    }

    /** An item by path. */
    public String item(ItemPath path) {
        return path.isRoot() ? prefix + "/root" : prefix + "/root:/" + path.encoded();
    }

    /** An item by id. */
    public String item(String id) {
        return prefix + "/items/" + ItemPath.encode(id);
    }

    /** What is done with an item by path: {@code children}, {@code content}, {@code createUploadSession}. */
    public String item(ItemPath path, String action) {
        return item(path) + (path.isRoot() ? "/" : ":/") + action;
    }

    /** What is done with an item by id. */
    public String item(String id, String action) {
        return item(id) + "/" + action;
    }

    /** What is done with a child by name, whether it exists or not. */
    public String child(String folderId, String name, String action) {
        return item(folderId) + ":/" + ItemPath.encode(name) + (action.isEmpty() ? "" : ":/" + action);
    }
}
