package io.github.camelonedrive.graph;

import java.io.Closeable;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelonedrive.OneDriveException;

/**
 * Items of a listing or a search, page by page as they are asked for, so that a hundred thousand of them need the memory of a
 * page for each level of folders. A folder comes before what is in it. It holds no connection between pages, so nothing is
 * lost when it is not read to its end; for one thread.
 *
 * <p>It is no snapshot ({@code graph-contract.md} §6.1): what others add or delete meanwhile may be missing or not, and a
 * folder that vanishes before it is looked into counts as empty.
 */
public final class DriveItemStream implements Iterator<DriveItem>, Closeable {

    /** Deeper than the 400 characters of a path allow. */
    private static final int DEEPEST = 400;

    private final GraphClient client;
    private final DriveAddress address;
    private final String label;
    private final boolean recursive;
    private final Predicate<DriveItem> wanted;
    private final Deque<Level> levels = new ArrayDeque<>();
    private DriveItem ready;

    /** A folder, or a search, that is being read. */
    private final class Level {

        private final String purpose;
        private final Optional<ItemId> folder;
        private final FollowedLinks followed;
        private Iterator<DriveItem> items;
        private String next;

        /** @param folder empty for the one that the listing starts with */
        Level(Optional<ItemId> folder, String path, String purpose) throws OneDriveException, InterruptedException {
            this.purpose = purpose;
            this.folder = folder;
            this.followed = new FollowedLinks(purpose);
            followed.start(path);
            show(path);
        }

        private void show(String path) throws OneDriveException, InterruptedException {
            Page<DriveItem> page = Page.load(client, path, purpose, ItemReader::item);
            items = page.entries().iterator();
            next = page.followedBy(followed);
        }
    }

    private DriveItemStream(GraphClient client, DriveAddress address, String label, boolean recursive,
                            Predicate<DriveItem> wanted) {
        this.client = client;
        this.address = address;
        this.label = label;
        this.recursive = recursive;
        this.wanted = wanted;
    }

    /**
     * @param path of the first page, which is read at once, so that what is wrong with the request is told here
     */
    static DriveItemStream open(GraphClient client, DriveAddress address, String label, String path, String purpose,
                                boolean recursive, Predicate<DriveItem> wanted)
            throws OneDriveException, InterruptedException {
        DriveItemStream stream = new DriveItemStream(client, address, label, recursive, wanted);
        stream.levels.push(stream.new Level(Optional.empty(), path, purpose));
        return stream;
    }

    /** @throws UncheckedIOException with the {@link OneDriveException} that says what is wrong, when there is no next page */
    @Override
    public boolean hasNext() {
        try {
            ready = ready != null ? ready : advance();
            return ready != null;
        } catch (OneDriveException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("Interrupted while listing '" + label + "'"));
        }
    }

    @Override
    public DriveItem next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        DriveItem next = ready;
        ready = null;
        return next;
    }

    /** Ends it: there is nothing more afterwards, and nothing more is asked for. */
    @Override
    public void close() {
        levels.clear();
        ready = null;
    }

    /** All that is left. */
    public List<DriveItem> toList() throws OneDriveException, InterruptedException {
        List<DriveItem> all = new ArrayList<>();
        for (DriveItem item = advance(); item != null; item = advance()) {
            all.add(item);
        }
        return all;
    }

    private DriveItem advance() throws OneDriveException, InterruptedException {
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            if (level.items.hasNext()) {
                DriveItem item = level.items.next();
                if (recursive && item.folder()) {
                    descend(item);
                }
                if (wanted.test(item)) {
                    return item;
                }
            } else if (level.next.isEmpty()) {
                levels.pop();
            } else {
                level.show(level.next);
            }
        }
        return null;
    }

    /** By id, so that a folder that is renamed meanwhile is found all the same. */
    private void descend(DriveItem folder) throws OneDriveException, InterruptedException {
        if (folder.childCount().orElse(1) == 0) {
            return;
        }
        String purpose = "Listing the folder '" + NameRules.printable(folder.name()) + "' in '" + label + "'";
        Optional<ItemId> id = Optional.of(ItemId.of(folder.id()));
        if (levels.size() > DEEPEST || levels.stream().anyMatch(level -> level.folder.equals(id))) {
            throw new FollowedLinks.EndlessListingException(purpose, "the folder is in itself, or in more folders than a path"
                    + " can name");
        }
        try {
            levels.push(new Level(id, address.item(folder.id(), "children"), purpose));
        } catch (GraphException.NotFound vanished) {
            // Deleted since its parent was listed.
        }
    }
}
