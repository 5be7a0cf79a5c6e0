package io.github.camelonedrive.simulator.internal.drive;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/**
 * The tree of files and folders of one account.
 *
 * <p>Every method takes the drive's own lock; callers that read an {@link Item} must hold it too. Each change
 * is in the state log before the lock is given back.
 */
public final class DriveTree {
    private final AccountType accountType;
    private final Ids ids;
    private final Clock clock;
    private final long quota;
    private final StateLog state;
    private final Item root;
    private final ChangeLog changes;
    /** Ids of personal drives differ in more than case, those of others never in case only. */
    private final Map<String, Item> itemsById = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Where an upload goes: a folder and a name in it, and what is there already. */
    public record Target(Item parent, String name, Item existing) {
        public String path() {
            return parent.isRoot() ? "/" + name : parent.path() + "/" + name;
        }
    }

    /** Times that the client wants a file to have, each null when it does not care. */
    public record FileTimes(Instant created, Instant modified) {
        public static final FileTimes NONE = new FileTimes(null, null);
    }

    /** An item, and whether it is new. */
    public record Stored(Item item, boolean isNew) {
    }

    public DriveTree(SimulatorSettings settings, Ids ids, StateLog state, ContentStore contents) {
        this.accountType = settings.accountType;
        this.ids = ids;
        this.clock = settings.clock;
        this.quota = settings.quota;
        this.state = state;
        this.root = restore(contents).orElseGet(() -> newItem("root", true));
        itemsById.put(root.id, root);
        state.put(StateLog.Kind.ITEM, root.id, ItemState.toJson(root));
        this.changes = new ChangeLog(clock, state);
        changes.restore(itemsById, root);
    }

    /** Builds the tree that was kept; empty when there was none. */
    private Optional<Item> restore(ContentStore contents) {
        Map<String, JsonNode> kept = state.restored(StateLog.Kind.ITEM);
        kept.forEach((id, json) -> itemsById.put(id, ItemState.fromJson(id, json, contents)));
        Item top = null;
        for (Item item : itemsById.values()) {
            String parent = kept.get(item.id).path("parent").textValue();
            if (parent == null) {
                top = item;
            } else {
                item.parent = itemsById.get(parent);
                item.parent.children.put(Names.key(item.name), item);
            }
        }
        itemsById.values().stream().filter(item -> !item.folder).forEach(file -> file.parent.grow(file.size()));
        return Optional.ofNullable(top);
    }

    /** The files that hold the content of all versions of all items. */
    public synchronized Set<Path> contentFiles() {
        return itemsById.values().stream().flatMap(item -> item.versions.stream())
                .map(version -> version.content().file())
                .filter(Objects::nonNull).collect(Collectors.toSet());
    }

    public synchronized void describe(Item item, String description) {
        item.description = description;
        save(item);
    }

    private void save(Item item) {
        changes.changed(item);
        state.put(StateLog.Kind.ITEM, item.id, ItemState.toJson(item));
    }

    /** To be read under this drive's lock. */
    public ChangeLog changes() {
        return changes;
    }

    public Item root() {
        return root;
    }

    public synchronized long used() {
        return root.size();
    }

    public long quota() {
        return quota;
    }

    public synchronized long remaining() {
        return Math.max(0, quota - root.size());
    }

    public synchronized Item byId(String id) {
        return id.equals("root") ? root : itemsById.get(id);
    }

    /** Null when there is no such item. */
    public synchronized Item byPath(String path) {
        Item item = root;
        for (String name : path.split("/")) {
            if (!name.isEmpty() && item != null) {
                item = item.children.get(Names.key(name));
            }
        }
        return item;
    }

    public synchronized Item below(Item base, List<String> names) {
        Item item = base;
        for (String name : names) {
            if (item == null) {
                return null;
            }
            item = item.children.get(Names.key(name));
        }
        return item;
    }

    /** Finds or creates each folder on the way. */
    public synchronized Item createFolders(Item base, List<String> names) {
        Item folder = base;
        for (String name : names) {
            Item child = folder.children.get(Names.key(name));
            if (child == null) {
                Names.check(name, folder.isRoot(), accountType);
                child = add(folder, newItem(name, true));
            } else if (!child.folder) {
                throw GraphErrorResponse.nameAlreadyExists();
            }
            folder = child;
        }
        return folder;
    }

    public synchronized Item createFolder(Item parent, String name, ConflictRule conflict) {
        Names.check(name, parent.isRoot(), accountType);
        Item existing = parent.children.get(Names.key(name));
        if (existing == null) {
            return add(parent, newItem(name, true));
        }
        boolean replaceable = conflict == ConflictRule.REPLACE && accountType.isPersonal();
        if (conflict == ConflictRule.RENAME) {
            return add(parent, newItem(freeName(parent, name), true));
        }
        if (!replaceable) {
            throw GraphErrorResponse.nameAlreadyExists();
        }
        remove(existing);
        return add(parent, newItem(name, true));
    }

    /** Puts content at the target, all at once: until then everyone sees the old content. */
    public synchronized Stored commit(Target target, Content content, ConflictRule conflict, FileTimes times) {
        Item existing = existing(target);
        if (existing != null && existing.folder) {
            throw GraphErrorResponse.nameAlreadyExists();
        }
        if (existing != null && conflict == ConflictRule.FAIL) {
            throw GraphErrorResponse.nameAlreadyExists();
        }
        boolean replaces = existing != null && conflict == ConflictRule.REPLACE;
        if (content.size() - (replaces ? existing.size() : 0) > remaining()) {
            throw GraphErrorResponse.quotaLimitReached();
        }
        if (replaces) {
            existing.parent.grow(content.size() - existing.size());
            addVersion(existing, content);
            existing.cTagNumber++;
            existing.hashReport = HashReport.HONEST;
            touch(existing);
            setTimes(existing, times);
            save(existing);
            return new Stored(existing, false);
        }
        Item file = newItem(existing == null ? target.name() : freeName(target.parent(), target.name()), false);
        addVersion(file, content);
        setTimes(file, times);
        add(target.parent(), file);
        return new Stored(file, true);
    }

    private Item existing(Target target) {
        if (!itemsById.containsKey(target.parent().id)) {
            throw GraphErrorResponse.itemNotFound();
        }
        Item updated = target.existing() == null ? null : itemsById.get(target.existing().id);
        return updated != null ? updated : target.parent().children.get(Names.key(target.name()));
    }

    public synchronized void remove(Item item) {
        if (item.isRoot()) {
            throw new GraphErrorResponse(403, "accessDenied", "The root folder cannot be deleted.");
        }
        item.parent.children.remove(Names.key(item.name));
        item.parent.grow(-item.size());
        forget(item);
    }

    public synchronized void rename(Item item, Item parent, String name, ConflictRule conflict) {
        if (item.isRoot() || parent.isInside(item)) {
            throw GraphErrorResponse.invalidRequest("An item cannot be moved into itself.");
        }
        Names.check(name, parent.isRoot(), accountType);
        Item taken = parent.children.get(Names.key(name));
        String newName = name;
        if (taken != null && taken != item) {
            switch (item.isInside(taken) ? ConflictRule.FAIL : conflict) {
                case FAIL -> throw GraphErrorResponse.nameAlreadyExists();
                case RENAME -> newName = freeName(parent, name);
                case REPLACE -> remove(taken);
                default -> throw new IllegalStateException("unknown conflict behavior " + conflict);
            }
        }
        Names.checkLength(parent.isRoot() ? "/" + newName : parent.path() + "/" + newName);
        Item formerParent = item.parent;
        formerParent.children.remove(Names.key(item.name));
        formerParent.grow(-item.size());
        item.name = newName;
        item.parent = parent;
        parent.children.put(Names.key(newName), item);
        parent.grow(item.size());
        touch(item);
        save(item);
        if (parent != formerParent) {
            changes.moved(item, formerParent);
        }
    }

    /** On business drives even new times make a version. */
    public synchronized void changeTimes(Item item, FileTimes times) {
        item.fileSystemCreated = times.created() == null ? item.fileSystemCreated : wholeSeconds(times.created());
        item.fileSystemModified = times.modified() == null ? item.fileSystemModified : wholeSeconds(times.modified());
        if (!item.folder && !accountType.isPersonal()) {
            addVersion(item, item.content());
        }
        touch(item);
        save(item);
    }

    /** The content of an older version becomes a new version. */
    public synchronized void restore(Item file, int version) {
        Content content = file.versions.get(version).content();
        if (content.size() - file.size() > remaining()) {
            throw GraphErrorResponse.quotaLimitReached();
        }
        file.parent.grow(content.size() - file.size());
        addVersion(file, content);
        file.cTagNumber++;
        touch(file);
        setTimes(file, FileTimes.NONE);
        save(file);
    }

    /** Remembers the id of a sharing link. */
    public synchronized void share(Item item, String typeAndScope, String link) {
        item.links.put(typeAndScope, link);
        save(item);
    }

    /**
     * Copies a file, or a folder with everything in it, as it is now; versions, times and links stay behind.
     *
     * @throws GraphErrorResponse if it cannot be done; then nothing was done
     */
    public synchronized Item copy(Item source, Item parent, String name, ConflictRule conflict) {
        boolean gone = !itemsById.containsKey(source.id) || !itemsById.containsKey(parent.id);
        if (gone) {
            throw GraphErrorResponse.itemNotFound();
        }
        if (!source.folder) {
            Target target = new Target(parent, name, parent.children.get(Names.key(name)));
            return commit(target, source.content(), conflict, FileTimes.NONE).item();
        }
        boolean taken = parent.children.containsKey(Names.key(name));
        if (taken && conflict != ConflictRule.RENAME) {
            throw GraphErrorResponse.nameAlreadyExists();
        }
        if (source.size() > remaining()) {
            throw GraphErrorResponse.quotaLimitReached();
        }
        return copyFolder(source, parent, taken ? freeName(parent, name) : name);
    }

    private Item copyFolder(Item source, Item parent, String name) {
        Item copy = add(parent, newItem(name, true));
        for (Item child : List.copyOf(source.children.values())) {
            if (child.folder) {
                copyFolder(child, copy, child.name);
            } else {
                commit(new Target(copy, child.name, null), child.content(), ConflictRule.FAIL, FileTimes.NONE);
            }
        }
        return copy;
    }

    public synchronized List<Item> files() {
        List<Item> files = new ArrayList<>();
        collectFiles(root, files);
        return files;
    }

    private static void collectFiles(Item folder, List<Item> files) {
        for (Item child : folder.children.values()) {
            if (child.folder) {
                collectFiles(child, files);
            } else {
                files.add(child);
            }
        }
    }

    private Item newItem(String name, boolean folder) {
        String guid = UUID.randomUUID().toString();
        return new Item(ids.itemId(guid), guid, folder, name, clock.instant());
    }

    private Item add(Item parent, Item item) {
        item.parent = parent;
        Names.checkLength(item.path());
        parent.children.put(Names.key(item.name), item);
        parent.grow(item.size());
        itemsById.put(item.id, item);
        save(item);
        return item;
    }

    private void forget(Item item) {
        // What is in a folder goes first: a process that is killed here must not leave anything without its folder.
        item.children.values().forEach(this::forget);
        itemsById.remove(item.id);
        changes.deleted(item);
        state.remove(StateLog.Kind.ITEM, item.id);
    }

    private void addVersion(Item file, Content content) {
        file.versions.add(new Item.Version(content, clock.instant()));
    }

    private void touch(Item item) {
        item.eTagNumber++;
        item.modified = clock.instant();
    }

    private void setTimes(Item item, FileTimes times) {
        if (times.created() != null) {
            item.fileSystemCreated = wholeSeconds(times.created());
        }
        item.fileSystemModified = wholeSeconds(times.modified() == null ? clock.instant() : times.modified());
    }

    private static Instant wholeSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private String freeName(Item parent, String name) {
        int number = 1;
        while (parent.children.containsKey(Names.key(Names.numbered(name, number)))) {
            number++;
        }
        return Names.numbered(name, number);
    }
}
