package io.github.camelonedrive.feed;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DeltaAnswer;
import io.github.camelonedrive.graph.DeltaFeed;
import io.github.camelonedrive.graph.FeedLink;
import io.github.camelonedrive.graph.FollowedLinks;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameFolding;
import io.github.camelonedrive.transport.TimeSource;

/**
 * The files that come into a folder of a drive, each version of each of them once.
 *
 * <p>It begins by taking a link for the changes from now on, and then lists the folder: what is there is found by the listing,
 * what changes meanwhile by the link. From then on it reads the drive's changes. A page of either is remembered as a whole,
 * files to process together with the place to read on, so that a crash between two pages loses nothing and repeats nothing.
 * Where OneDrive says that a link is too old, everything is read anew from where it says (statement 78), and what was done
 * before is recognised by id and content.
 *
 * <p>{@link #refresh}, {@link #waiting} and {@link #lookAgain} are for one thread at a time, all else is for any.
 */
public final class FolderFeed implements Closeable {

    private static final String LINK = "link";
    private static final String START = "start";
    private static final String SCOPE = "scope";
    private static final String READING_ANEW = "anew";
    private static final String LIST = "list:";

    /** A service that has us start anew again and again would have us read for ever. */
    private static final int MOST_RESTARTS = 3;

    private final DeltaFeed feed;
    private final Folders folders;
    private final FeedScope scope;
    private final FeedStart whenMissing;
    private final FeedMemory memory;
    private final FolderTree tree;
    private final FeedFiles files;

    /** Folders to list, by id, each with the link of its next page; empty for its first. */
    private final Map<ItemId, Optional<FeedLink>> toList = new LinkedHashMap<>();

    /** The files seen since everything is read anew; null when it is not, or was begun by a process that is gone. */
    private Set<ItemId> seenAnew;
    private volatile Optional<FeedLink> link = Optional.empty();
    private Optional<ItemId> start = Optional.empty();
    private Optional<String> rememberedScope = Optional.empty();
    private boolean readingAnew;
    private boolean startIsCertain;
    private boolean isThere;
    private int restarts;
    private FollowedLinks followed;

    /** Of the folders that are being listed, those of which there are further pages. */
    private final Map<ItemId, FollowedLinks> listings = new HashMap<>();
    private volatile int found;

    /**
     * @param again  whether a file that was processed and stays is given out again at each poll
     * @param memory is closed with the feed
     */
    public FolderFeed(DeltaFeed feed, Folders folders, FeedScope scope, FeedStart whenMissing, boolean again, FeedMemory memory,
                      TimeSource time)
            throws IOException {
        this.feed = feed;
        this.folders = folders;
        this.scope = scope;
        this.whenMissing = whenMissing;
        this.memory = memory;
        this.tree = new FolderTree(feed);
        Map<String, String> remembered = memory.read();
        this.files = new FeedFiles(remembered, again, memory, time);
        remember(remembered);
    }

    private void remember(Map<String, String> remembered) {
        link = Optional.ofNullable(remembered.get(LINK)).map(FeedLink::new);
        start = Optional.ofNullable(remembered.get(START)).map(ItemId::of);
        rememberedScope = Optional.ofNullable(remembered.get(SCOPE));
        readingAnew = remembered.containsKey(READING_ANEW);
        remembered.forEach((name, text) -> {
            if (name.startsWith(LIST)) {
                toList.put(ItemId.of(name.substring(LIST.length())), Optional.of(text).filter(next -> !next.isEmpty())
                        .map(FeedLink::new));
            }
        });
    }

    /**
     * Reads on, until there is nothing more at the moment or it is enough.
     *
     * @param  enough            asked before each page
     * @throws OneDriveException when OneDrive can't be read; what was read before is kept
     * @throws IOException       when it can't be remembered
     */
    public void refresh(BooleanSupplier enough) throws IOException, InterruptedException {
        restarts = 0;
        followed = feed.changesFollowed();
        listings.clear();
        found = 0;
        try {
            boolean more = findStart();
            while (more && !enough.getAsBoolean()) {
                more = readOn();
            }
        } finally {
            memory.force();
        }
    }

    /** @return whether the folder is there */
    private boolean findStart() throws IOException, InterruptedException {
        if (startIsCertain) {
            return true;
        }
        isThere = false;
        Optional<ItemChange> found = feed.item(scope.folder());
        if (found.isEmpty() && whenMissing == FeedStart.CREATE) {
            folders.ensure(scope.folder());
            found = feed.item(scope.folder());
        }
        if (found.isEmpty()) {
            if (whenMissing == FeedStart.FAIL) {
                throw new MissingFolderException(scope.folder());
            }
            return false;
        }
        if (found.get().kind() != ItemChange.Kind.FOLDER) {
            throw new Folders.NotAFolderException(scope.folder());
        }
        ItemId id = ItemId.of(found.get().item().id());
        boolean known = start.equals(Optional.of(id)) && link.isPresent()
                && rememberedScope.equals(Optional.of(scope.description()));
        if (!known) {
            beginAnew(id);
        }
        startIsCertain = true;
        isThere = true;
        return true;
    }

    /** The link first, then the list: the other way round, what comes between the two would be missed. */
    private void beginAnew(ItemId id) throws IOException, InterruptedException {
        FeedLink latest = feed.latest();
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        changes.put(LINK, Optional.of(latest.value()));
        changes.put(START, Optional.of(id.value()));
        changes.put(SCOPE, Optional.of(scope.description()));
        changes.put(READING_ANEW, Optional.empty());
        toList.keySet().forEach(folder -> changes.put(LIST + folder.value(), Optional.empty()));
        changes.put(LIST + id.value(), Optional.of(""));
        memory.write(changes);
        link = Optional.of(latest);
        start = Optional.of(id);
        rememberedScope = Optional.of(scope.description());
        readingAnew = false;
        toList.clear();
        toList.put(id, Optional.empty());
        seenAnew = new HashSet<>();
    }

    /** @return whether there may be more to read at once */
    private boolean readOn() throws IOException, InterruptedException {
        if (!toList.isEmpty()) {
            Map.Entry<ItemId, Optional<FeedLink>> next = toList.entrySet().iterator().next();
            list(next.getKey(), next.getValue());
            return true;
        }
        followed.start(link.orElseThrow().value());
        DeltaAnswer answer = feed.read(link.orElseThrow());
        if (answer instanceof DeltaAnswer.Page page) {
            if (page.last()) {
                followed.end(page.link().value());
            } else {
                followed.next(page.link().value(), page.changes().size());
            }
            take(page);
            return !page.last();
        }
        restart(((DeltaAnswer.Restart) answer).link());
        return true;
    }

    private void restart(Optional<FeedLink> from) throws IOException, InterruptedException {
        restarts++;
        if (restarts > MOST_RESTARTS) {
            throw new RestartsException(scope.folder());
        }
        followed = feed.changesFollowed();
        if (from.isEmpty()) {
            beginAnew(start.orElseThrow());
            return;
        }
        memory.write(Map.of(LINK, Optional.of(from.get().value()), READING_ANEW, Optional.of("true")));
        link = from;
        readingAnew = true;
        seenAnew = new HashSet<>();
    }

    private void list(ItemId folder, Optional<FeedLink> next) throws IOException, InterruptedException {
        Optional<DeltaFeed.Children> children = feed.children(folder.value(), next);
        requireLeadingOn(folder, next, children);
        Page page = new Page();
        if (children.isPresent()) {
            for (ItemChange item : children.get().items()) {
                page.place(item, true);
            }
        }
        Optional<FeedLink> more = children.flatMap(DeltaFeed.Children::next);
        page.listed(folder, more);
        page.keep();
    }

    private void requireLeadingOn(ItemId folder, Optional<FeedLink> read, Optional<DeltaFeed.Children> page)
            throws FollowedLinks.EndlessListingException {
        Optional<FeedLink> next = page.flatMap(DeltaFeed.Children::next);
        if (next.isEmpty()) {
            listings.remove(folder);
            return;
        }
        FollowedLinks links = read.isEmpty() ? feed.listingFollowed()
                : listings.computeIfAbsent(folder, resumed -> feed.listingFollowed());
        listings.put(folder, links);
        read.map(FeedLink::value).ifPresent(links::start);
        links.next(next.get().value(), page.get().items().size());
    }

    private void take(DeltaAnswer.Page delta) throws IOException, InterruptedException {
        Page page = new Page();
        // Folders first: a file may come before the folder that it is in.
        for (ItemChange change : delta.changes()) {
            if (change.kind() != ItemChange.Kind.FILE) {
                page.placeFolder(change);
            }
        }
        for (ItemChange change : delta.changes()) {
            page.place(change, false);
        }
        page.readTo(delta.link(), delta.last());
        page.keep();
    }

    /** What one page changes: put together first, then written down, and only then true. */
    private final class Page {

        private final Map<ItemId, Optional<ItemChange>> placed = new LinkedHashMap<>();
        private final Map<ItemId, Optional<FeedLink>> foldersToList = new LinkedHashMap<>();
        private final Set<ItemId> moved = new HashSet<>();
        private Optional<FeedLink> readTo = Optional.empty();
        private Optional<ItemId> listed = Optional.empty();
        private Optional<FeedLink> listedTo = Optional.empty();
        private boolean last;

        /** Takes note of where a folder is before anything is looked for in it. */
        void placeFolder(ItemChange folder) {
            startIsCertain = false;
            if (folder.kind() == ItemChange.Kind.DELETED) {
                tree.forget(id(folder));
            } else if (folder.kind() == ItemChange.Kind.FOLDER && tree.note(folder)) {
                moved.add(id(folder));
            }
        }

        /** @param all whether the page has all that is in the folder, so that folders in it have to be listed as well */
        void place(ItemChange change, boolean all) throws IOException, InterruptedException {
            switch (change.kind()) {
                case FILE -> placed.put(id(change), belongs(change) ? Optional.of(change) : Optional.empty());
                case DELETED -> placed.put(id(change), Optional.empty());
                case FOLDER -> {
                    if (all) {
                        tree.note(change);
                    }
                    // While everything is read anew, what is in the folder comes by itself.
                    if (all || moved.contains(id(change)) && !readingAnew) {
                        listIfItBelongs(change);
                    }
                }
                case OTHER -> {
                }
            }
        }

        private boolean belongs(ItemChange file) throws IOException, InterruptedException {
            return pathOf(file).filter(FolderFeed.this::isWanted).isPresent();
        }

        private void listIfItBelongs(ItemChange folder) throws IOException, InterruptedException {
            ItemId id = id(folder);
            if (!scope.isDeep() || start.equals(Optional.of(id))) {
                return;
            }
            Optional<ItemPath> path = tree.pathBelow(start.orElseThrow(), id);
            if (path.isPresent() && scope.reaches(path.get())) {
                // What is remembered of a folder bears one spelling of its id, so that it is forgotten again.
                foldersToList.put(toList.keySet().stream().filter(id::equals).findAny().orElse(id), Optional.empty());
            }
        }

        void listed(ItemId folder, Optional<FeedLink> next) {
            listed = Optional.of(folder);
            listedTo = next;
        }

        void readTo(FeedLink next, boolean isLast) {
            readTo = Optional.of(next);
            last = isLast;
        }

        void keep() throws IOException {
            boolean readAll = last && toList.isEmpty() && foldersToList.isEmpty();
            if (seenAnew != null) {
                placed.forEach((id, file) -> file.ifPresent(it -> seenAnew.add(id)));
            }
            found += files.take(placed, Optional.ofNullable(seenAnew).filter(seen -> readAll), way());
            goOn(readAll);
        }

        private Map<String, Optional<String>> way() {
            Map<String, Optional<String>> changes = new LinkedHashMap<>();
            readTo.ifPresent(next -> changes.put(LINK, Optional.of(next.value())));
            listed.ifPresent(folder -> changes.put(LIST + folder.value(), listedTo.map(FeedLink::value)));
            foldersToList.keySet().forEach(folder -> changes.put(LIST + folder.value(), Optional.of("")));
            if (last && readingAnew) {
                changes.put(READING_ANEW, Optional.empty());
            }
            return changes;
        }

        private void goOn(boolean readAll) {
            readTo.ifPresent(next -> link = Optional.of(next));
            listed.ifPresent(folder -> {
                toList.remove(folder);
                listedTo.ifPresent(next -> toList.put(folder, Optional.of(next)));
            });
            toList.putAll(foldersToList);
            readingAnew = readingAnew && !last;
            if (readAll) {
                seenAnew = null;
            }
        }
    }

    private Optional<ItemPath> pathOf(ItemChange file) throws OneDriveException, InterruptedException {
        Optional<ItemId> parent = file.item().parentId().map(ItemId::of);
        if (parent.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        if (!scope.isDeep()) {
            return parent.equals(start) ? Optional.of(new ItemPath(List.of(file.item().name()))) : Optional.empty();
        }
        Optional<ItemPath> folder = tree.pathBelow(start.get(), parent.get());
        return folder.map(path -> child(path, file.item().name()));
    }

    private static ItemId id(ItemChange change) {
        return ItemId.of(change.item().id());
    }

    private static ItemPath child(ItemPath folder, String name) {
        List<String> segments = new ArrayList<>(folder.segments());
        segments.add(name);
        return new ItemPath(segments);
    }

    /** How many versions wait, whether somebody has taken them to process or not. */
    public int size() {
        return files.countWaiting();
    }

    /** How many versions the last {@link #refresh} has found so far. */
    public int found() {
        return found;
    }

    /** The versions that wait, in the order in which they were seen; those that failed before come last. */
    public List<FeedFile> waiting() throws IOException, InterruptedException {
        List<FeedFile> fresh = new ArrayList<>();
        List<FeedFile> failed = new ArrayList<>();
        for (Map.Entry<ItemId, TrackedFile.Waiting> entry : files.waiting().entrySet()) {
            TrackedFile.Waiting waiting = entry.getValue();
            if (!isThere && waiting.claimed().isEmpty()) {
                continue;
            }
            Optional<ItemPath> path = placeOf(waiting);
            if (path.isPresent()) {
                int times = files.timesFailed(entry.getKey());
                (times == 0 ? fresh : failed).add(new FeedFile(waiting.file(), path.get(), waiting.seen(), times));
            } else {
                files.forget(entry.getKey(), waiting);
            }
        }
        fresh.addAll(failed);
        return fresh;
    }

    /** Folders may have been moved or renamed since the file was seen; without the folder there is only what was put aside. */
    private Optional<ItemPath> placeOf(TrackedFile.Waiting waiting) throws OneDriveException, InterruptedException {
        return waiting.claimed().isPresent() ? waiting.claimed() : pathOf(waiting.file()).filter(this::isWanted);
    }

    private boolean isWanted(ItemPath path) {
        return scope.reaches(path.parent()) && scope.wanted().test(path);
    }

    /**
     * Looks at one file, with one request: neither the folder nor its changes are read. What is found is remembered as if they
     * had been.
     *
     * @param  path              of the file, below the folder
     * @return                   empty if there is no such file, or it is done with
     * @throws OneDriveException if the feed does not reach there, or OneDrive cannot be read
     */
    public Optional<FeedFile> look(ItemPath path) throws IOException, InterruptedException {
        if (!scope.reaches(path.parent())) {
            throw new OutOfReachException(path, scope.folder());
        }
        memory.force();
        Optional<ItemChange> found = file(path);
        if (found.isEmpty()) {
            requireFolder();
            return Optional.empty();
        }
        ItemPath place = path.parent().child(found.get().item().name());
        return scope.wanted().test(place) ? files.looked(found.get(), place, isFollowing()) : Optional.empty();
    }

    /** Looks at one file without remembering it. */
    public Optional<FeedFile> peek(ItemPath path) throws OneDriveException, InterruptedException {
        return file(path).map(found -> new FeedFile(found, path.parent().child(found.item().name()), Instant.EPOCH, 0));
    }

    private Optional<ItemChange> file(ItemPath path) throws OneDriveException, InterruptedException {
        List<String> segments = new ArrayList<>(scope.folder().segments());
        segments.addAll(path.segments());
        return feed.item(new ItemPath(segments)).filter(item -> item.kind() == ItemChange.Kind.FILE)
                .filter(item -> NameFolding.isSame(item.item().name(), path.name()));
    }

    private void requireFolder() throws OneDriveException, InterruptedException {
        if (whenMissing == FeedStart.CREATE) {
            folders.ensure(scope.folder());
        } else if (whenMissing == FeedStart.FAIL && feed.item(scope.folder()).isEmpty()) {
            throw new MissingFolderException(scope.folder());
        }
    }

    /** Whether changes are read: otherwise nothing tells when a file is gone. */
    private boolean isFollowing() {
        return link.isPresent();
    }

    /** The files that were put aside for us from that path, and still wait. */
    public List<FeedFile> claimedFrom(ItemPath path) {
        return files.claimedFrom(path);
    }

    /** Whether this version still waits. */
    public boolean isWaiting(FeedFile file) {
        return files.isWaiting(file);
    }

    /**
     * Asks OneDrive how a waiting file is by now, since what it failed with may be that it is gone or has changed.
     *
     * @return empty when it need not be processed any more
     */
    public Optional<FeedFile> lookAgain(FeedFile file) throws IOException, InterruptedException {
        Optional<ItemChange> now = feed.item(file.id()).filter(item -> item.kind() == ItemChange.Kind.FILE);
        Optional<ItemPath> place = now.isPresent() ? pathOf(now.get()) : Optional.empty();
        return files.lookedAgain(file, now, place);
    }

    /**
     * The file is about to be put aside for us. Said before it is moved, so that a crash right after the move does not lose it:
     * out of the folder and not on record. What was meant to be put aside and what was is looked at anew after a restart.
     */
    public void claiming(FeedFile file) throws IOException {
        files.mark(file, file.change(), Optional.of(file.path()));
    }

    /** Nothing came of that, because somebody else was first. */
    public void notClaimed(FeedFile file) throws IOException {
        files.mark(file, file.change(), Optional.empty());
    }

    /**
     * The file is put aside for us: it is elsewhere in OneDrive now, and still ours.
     *
     * @param now as it is there
     */
    public FeedFile claimed(FeedFile file, ItemChange now) throws IOException {
        files.mark(file, now, Optional.of(file.path()));
        return new FeedFile(now, file.path(), file.seen(), file.failures());
    }

    /** Whether a file is already where {@link #claimed} says. */
    public boolean isClaimed(FeedFile file) {
        return files.isClaimed(file.itemId());
    }

    /** This version is done with. A newer one that came meanwhile still waits. */
    public void done(FeedFile file) throws IOException {
        files.done(file, Optional.empty(), isFollowing());
    }

    /**
     * This version is done with, and something is to become of the file in OneDrive: until {@link #settled} it is not given out
     * again, and {@link #owing} tells of it, also after a crash.
     */
    public void done(FeedFile file, String task) throws IOException {
        files.done(file, Optional.of(task), isFollowing());
    }

    /** A file and what is to become of it. */
    public record Owed(FeedFile file, String task) {
    }

    /** The files that something is still to become of. */
    public List<Owed> owing() {
        return files.owing();
    }

    /** What was to become of the file is done, or will never be. */
    public void settled(FeedFile file) throws IOException {
        files.settled(file, isFollowing());
    }

    /** This version still waits. */
    public void failed(FeedFile file) {
        files.failed(file);
    }

    /** What is not processed is remembered by the memory, if it does. */
    @Override
    public void close() throws IOException {
        memory.close();
    }

    /** The folder that files are to be read from is not there. */
    public static final class MissingFolderException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        MissingFolderException(ItemPath folder) {
            super(FailureKind.CONFIGURATION, "There is no folder '" + folder + "' in OneDrive to read files from.",
                    "Make it, correct folderPath, or set autoCreate=true.", null);
        }
    }

    /** A file was asked for that lies where the feed does not look. */
    public static final class OutOfReachException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        OutOfReachException(ItemPath path, ItemPath folder) {
            super(FailureKind.CONFIGURATION, "The file '" + path + "' is in a folder below '" + folder
                    + "' that is not looked into.",
                    "Set recursive=true, and maxDepth or includeHiddenDirs=true where they leave it out, or set folderPath to "
                            + "that folder.",
                    null);
        }
    }

    /** OneDrive has us start anew again and again. */
    public static final class RestartsException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        RestartsException(ItemPath folder) {
            super(FailureKind.SERVICE, "Reading the changes for '" + folder + "' failed: OneDrive asked " + MOST_RESTARTS
                    + " times in a row to start anew.", "It is tried again with the next poll.", null);
        }
    }
}
