package io.github.camelonedrive.feed;

import java.util.function.Predicate;

import io.github.camelonedrive.graph.ItemPath;

/**
 * Which files of a drive a feed is about. A feed whose scope differs from the one it remembers looks at the whole folder once
 * more, so that what the old scope left out is found.
 *
 * @param folder      where it starts, from the drive's root
 * @param depth       how deep: 1 for the files right in the folder, 2 for those in its folders too
 * @param hidden      whether folders whose name starts with a dot are looked into
 * @param wanted      by path below the folder; what it leaves out is forgotten, so it must not depend on anything but the path
 * @param description of all of the above, equal for equal scopes
 */
public record FeedScope(ItemPath folder, int depth, boolean hidden, Predicate<ItemPath> wanted, String description) {

    public FeedScope {
        if (depth < 1) {
            throw new IllegalArgumentException("A depth below 1 leaves out every file: " + depth);
        }
    }

    /** Whether files below folders count. */
    boolean isDeep() {
        return depth > 1;
    }

    /** Whether files right in a folder, by its path below the start, can belong. */
    boolean reaches(ItemPath below) {
        return below.segments().size() < depth && (hidden || below.segments().stream().noneMatch(name -> name.startsWith(".")));
    }
}
