package io.github.camelonedrive.upload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.LateHash;

/**
 * Finds out whether an upload whose last answer was lost, or whose session is gone, was committed all the same: an item of
 * our size and hash is there ({@code graph-contract.md} §3.5, statements 43, 49, 52, 58).
 */
final class CommitProbe {

    private final DriveItems items;
    private final ItemPath target;
    private final boolean renames;
    private final Set<String> thereBefore;
    private final LateHash lateHash;

    private CommitProbe(DriveItems items, ItemPath target, boolean renames, Set<String> thereBefore, LateHash lateHash) {
        this.items = items;
        this.target = target;
        this.renames = renames;
        this.thereBefore = thereBefore;
        this.lateHash = lateHash;
    }

    /**
     * @param conflict under {@code rename} the item's name is the service's choice, so what is there already is noted first,
     *                 lest an older copy be taken for ours
     */
    static CommitProbe before(DriveItems items, ItemPath target, ConflictBehavior conflict, LateHash lateHash)
            throws OneDriveException, InterruptedException {
        boolean renames = conflict == ConflictBehavior.rename;
        Set<String> ids = renames
                ? candidates(items, target).stream().map(DriveItem::id).collect(Collectors.toSet()) : Set.of();
        return new CommitProbe(items, target, renames, ids, lateHash);
    }

    /** For going on with an upload that has noted earlier what was there before it. */
    static CommitProbe resumed(DriveItems items, UploadRequest request, Set<String> thereBefore, LateHash lateHash) {
        return new CommitProbe(items, request.target(), request.options().conflictBehavior() == ConflictBehavior.rename,
                thereBefore, lateHash);
    }

    /** Ids of items that are not ours, although they have a name like ours. */
    Set<String> thereBefore() {
        return thereBefore;
    }

    /**
     * The committed item, if there is one. It equals what was read; under {@code rename} an item that is new and of our size
     * is also taken when its hash does not come, because sending it all again would make a copy. It is proven later anyway.
     */
    Optional<DriveItem> find(HashedContent content) throws OneDriveException, InterruptedException {
        return find(content, item -> false);
    }

    /**
     * As {@link #find(HashedContent)}.
     *
     * @param ours tells of an item whose hash does not come whether it is known otherwise to be ours
     */
    Optional<DriveItem> find(HashedContent content, Predicate<DriveItem> ours) throws OneDriveException, InterruptedException {
        if (!content.isComplete()) {
            return Optional.empty();
        }
        List<DriveItem> candidates = renames ? candidates(items, target) : items.find(target).stream().toList();
        for (DriveItem candidate : candidates) {
            if (candidate.size() == content.size() && thereBefore.stream().noneMatch(id -> ItemId.same(id, candidate.id()))) {
                DriveItem item = lateHash.await(candidate, content.size());
                if (item.quickXorHash().map(content.quickXorHash()::equals).orElseGet(() -> renames || ours.test(item))) {
                    return Optional.of(item);
                }
            }
        }
        return Optional.empty();
    }

    /** The target and what the service would make of its name: {@code name 1.ext}, {@code name 2.ext}. */
    private static List<DriveItem> candidates(DriveItems items, ItemPath target)
            throws OneDriveException, InterruptedException {
        String name = target.name();
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        Pattern names = Pattern.compile(Pattern.quote(base) + "( \\d+)?" + Pattern.quote(name.substring(base.length())),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        try {
            return items.children(target.parent()).stream()
                    .filter(item -> !item.folder() && names.matcher(item.name()).matches()).toList();
        } catch (GraphException.NotFound noFolder) {
            return List.of();
        }
    }
}
