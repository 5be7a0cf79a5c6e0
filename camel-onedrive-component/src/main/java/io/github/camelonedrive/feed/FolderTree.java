package io.github.camelonedrive.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DeltaFeed;
import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.ItemPath;

/**
 * Where folders are in a drive. Changes name an item's folder by id only ({@code graph-contract.md} §6.11), so paths are put
 * together here; a folder that is not known is looked up, once. For one thread.
 */
final class FolderTree {

    /** Some 10 MB; beyond it the folders that were not asked for longest are looked up again when they are needed. */
    private static final int MOST = 50_000;

    /** Deeper than OneDrive's 400 characters of path allow; nothing but a ring is. */
    private static final int DEEPEST = 400;

    private final DeltaFeed feed;
    private final Map<ItemId, Node> nodes = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ItemId, Node> eldest) {
            return size() > MOST;
        }
    };

    /** @param parent empty for a drive's root */
    private record Node(Optional<ItemId> parent, String name) {
    }

    FolderTree(DeltaFeed feed) {
        this.feed = feed;
    }

    /** Takes note of a folder. @return whether it is new here, or elsewhere or otherwise named than it was */
    boolean note(ItemChange folder) {
        Node node = node(folder);
        return !node.equals(nodes.put(ItemId.of(folder.item().id()), node));
    }

    void forget(ItemId folderId) {
        nodes.remove(folderId);
    }

    private static Node node(ItemChange folder) {
        return new Node(folder.item().parentId().map(ItemId::of), folder.item().name());
    }

    /** The path of a folder below another one; empty when it is not below it, or gone. */
    Optional<ItemPath> pathBelow(ItemId top, ItemId folderId) throws OneDriveException, InterruptedException {
        Deque<String> names = new ArrayDeque<>();
        ItemId id = folderId;
        while (!id.equals(top)) {
            Optional<Node> node = node(id);
            if (node.isEmpty() || node.get().parent().isEmpty() || names.size() > DEEPEST) {
                return Optional.empty();
            }
            names.addFirst(node.get().name());
            id = node.get().parent().get();
        }
        return Optional.of(new ItemPath(List.copyOf(names)));
    }

    private Optional<Node> node(ItemId id) throws OneDriveException, InterruptedException {
        Node known = nodes.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Node> found = feed.item(id.value()).map(FolderTree::node);
        found.ifPresent(node -> nodes.put(id, node));
        return found;
    }
}
