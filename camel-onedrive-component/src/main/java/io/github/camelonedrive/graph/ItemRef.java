package io.github.camelonedrive.graph;

import java.util.Objects;

/**
 * Which item of a drive is meant ({@code graph-contract.md} §1.2). An id goes with the item when it is renamed or moved; a
 * path means whatever is there.
 */
public sealed interface ItemRef {

    /** The item of that id; ids are case-sensitive. */
    static ItemRef of(String id) {
        return new ById(id);
    }

    /** The item at that path. */
    static ItemRef of(ItemPath path) {
        return new ByPath(path);
    }

    /** That item, which was looked up just now: it is not looked up again. */
    static ItemRef of(DriveItem item) {
        return new Seen(item);
    }

    /** An item by its id. */
    record ById(String id) implements ItemRef {

        public ById {
            Objects.requireNonNull(id);
        }

        /** For people. */
        @Override
        public String toString() {
            return "the item with the id '" + id + "'";
        }
    }

    /** An item that was looked up. */
    record Seen(DriveItem item) implements ItemRef {

        public Seen {
            Objects.requireNonNull(item);
        }

        /** For people. */
        @Override
        public String toString() {
            return item.path().map(path -> of(path).toString()).orElseGet(() -> of(item.id()).toString());
        }
    }

    /** An item by its path from the drive's root. */
    record ByPath(ItemPath path) implements ItemRef {

        public ByPath {
            Objects.requireNonNull(path);
        }

        /** For people. */
        @Override
        public String toString() {
            return "'" + path + "'";
        }
    }
}
