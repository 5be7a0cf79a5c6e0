package io.github.camelonedrive.feed;

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
import java.util.concurrent.locks.ReentrantLock;

import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameFolding;
import io.github.camelonedrive.transport.TimeSource;

/**
 * The files of a feed's folder, and what is to be done with each. Whatever changes here is written down first and true then.
 * Safe for many threads: one reads changes, and any of them ends the processing of a file.
 */
final class FeedFiles {

    private static final String FILE = "file:";

    /** Some 10 MB. Of files that were only asked for by name, as many are remembered as done with. */
    private static final int MOST_BY_NAME = 10_000;

    private final FeedMemory memory;
    private final TimeSource time;
    private final boolean again;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ItemId, TrackedFile> files = new LinkedHashMap<>();
    private final Map<ItemId, Integer> failures = new HashMap<>();

    /** Files that left the folder while something was still to become of them. */
    private final Set<ItemId> left = new HashSet<>();

    FeedFiles(Map<String, String> remembered, boolean again, FeedMemory memory, TimeSource time) throws IOException {
        this.again = again;
        this.memory = memory;
        this.time = time;
        remembered.forEach((name, text) -> {
            if (name.startsWith(FILE)) {
                remember(ItemId.of(name.substring(FILE.length())), TrackedFile.read(text));
            }
        });
        renameSpellings(remembered.keySet());
    }

    /** What was remembered under other spellings of an id is remembered under its key from now on. */
    private void renameSpellings(Set<String> names) throws IOException {
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        for (String name : names) {
            if (name.startsWith(FILE)) {
                ItemId id = ItemId.of(name.substring(FILE.length()));
                if (!id.value().equals(id.key())) {
                    changes.put(name, Optional.empty());
                    changes.put(FILE + id.key(), Optional.of(files.get(id).toJson()));
                }
            }
        }
        if (!changes.isEmpty()) {
            memory.write(changes);
        }
    }

    /** Whether a file was really put aside before the process died is not known: it counts as failed, to be looked at again. */
    private void remember(ItemId id, TrackedFile file) {
        files.merge(id, file, FeedFiles::furtherOn);
        if (file instanceof TrackedFile.Waiting waiting && waiting.claimed().isPresent()) {
            failures.put(id, 1);
        }
    }

    /** Of two records of one file, made when its id was taken for two: a version that is done with stays so. */
    private static TrackedFile furtherOn(TrackedFile one, TrackedFile other) {
        boolean isSame = one.version().isSameContent(other.version());
        return isSame && !(one instanceof TrackedFile.Waiting) ? one : other;
    }

    /**
     * Takes in what a page says, as a whole.
     *
     * @param placed    the files of the page: as they are, or empty for those that are not in the folder (any more)
     * @param remaining everything there is, once everything was read anew; what is not in it is gone
     * @param way       what else is to be written down with it
     * @return          how many versions are new to wait
     */
    int take(Map<ItemId, Optional<ItemChange>> placed, Optional<Set<ItemId>> remaining, Map<String, Optional<String>> way)
            throws IOException {
        lock.lock();
        try {
            Map<ItemId, Optional<TrackedFile>> decided = decide(placed);
            remaining.ifPresent(all -> sweep(all, decided));
            Map<String, Optional<String>> changes = new LinkedHashMap<>(way);
            decided.forEach((id, file) -> changes.put(FILE + id.key(), file.map(TrackedFile::toJson)));
            memory.write(changes);
            int found = (int) decided.entrySet().stream().filter(entry -> isNew(entry.getKey(), entry.getValue())).count();
            decided.forEach((id, file) -> file.ifPresentOrElse(it -> files.put(id, it), () -> files.remove(id)));
            placed.forEach((id, file) -> {
                if (file.isEmpty() && files.get(id) instanceof TrackedFile.Owing) {
                    left.add(id);
                }
            });
            return found;
        } finally {
            lock.unlock();
        }
    }

    private Map<ItemId, Optional<TrackedFile>> decide(Map<ItemId, Optional<ItemChange>> placed) {
        Map<ItemId, Optional<TrackedFile>> decided = new LinkedHashMap<>();
        placed.forEach((id, file) -> {
            Optional<TrackedFile> known = Optional.ofNullable(files.get(id));
            Optional<TrackedFile> now = file.isPresent() ? seen(known, file.get()) : gone(known);
            if (!now.equals(known)) {
                decided.put(id, now);
            }
        });
        return decided;
    }

    private void sweep(Set<ItemId> remaining, Map<ItemId, Optional<TrackedFile>> decided) {
        files.forEach((id, file) -> {
            if (!remaining.contains(id) && !decided.containsKey(id) && gone(Optional.of(file)).isEmpty()) {
                decided.put(id, Optional.empty());
            }
        });
    }

    private boolean isNew(ItemId id, Optional<TrackedFile> now) {
        return now.isPresent() && now.get() instanceof TrackedFile.Waiting
                && !(files.get(id) instanceof TrackedFile.Waiting);
    }

    private Optional<TrackedFile> seen(Optional<TrackedFile> known, ItemChange file) {
        if (known.isPresent() && known.get().version().isSameContent(ContentVersion.of(file))) {
            return Optional.of(sameContent(known.get(), file));
        }
        Optional<ItemPath> claimed = known.isPresent() && known.get() instanceof TrackedFile.Waiting waiting
                ? waiting.claimed() : Optional.empty();
        return Optional.of(new TrackedFile.Waiting(file, now(), claimed));
    }

    /** As precise as the memory keeps it. */
    private Instant now() {
        return Instant.ofEpochMilli(time.now().toEpochMilli());
    }

    private static TrackedFile sameContent(TrackedFile known, ItemChange file) {
        if (known instanceof TrackedFile.Waiting waiting) {
            return new TrackedFile.Waiting(file, waiting.seen(), waiting.claimed());
        }
        return known instanceof TrackedFile.Done ? new TrackedFile.Done(ContentVersion.of(file)) : known;
    }

    /** What was put aside for us is out of the folder because we took it there, and still waits. */
    private static Optional<TrackedFile> gone(Optional<TrackedFile> known) {
        return known.filter(file -> file instanceof TrackedFile.Waiting waiting && waiting.claimed().isPresent()
                || file instanceof TrackedFile.Owing);
    }

    /** How many versions wait, whether somebody has taken them to process or not. */
    int countWaiting() {
        lock.lock();
        try {
            return (int) files.values().stream().filter(TrackedFile.Waiting.class::isInstance).count();
        } finally {
            lock.unlock();
        }
    }

    /** The versions that wait, by id, in the order in which they were seen. */
    Map<ItemId, TrackedFile.Waiting> waiting() {
        lock.lock();
        try {
            Map<ItemId, TrackedFile.Waiting> waiting = new LinkedHashMap<>();
            files.forEach((id, file) -> {
                if (file instanceof TrackedFile.Waiting it) {
                    waiting.put(id, it);
                }
            });
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    int timesFailed(ItemId id) {
        lock.lock();
        try {
            return failures.getOrDefault(id, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a file, if it is still as it was. */
    void forget(ItemId id, TrackedFile.Waiting waiting) throws IOException {
        lock.lock();
        try {
            if (files.get(id) == waiting) {
                set(id, Optional.empty());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes in what another look at a waiting file has found.
     *
     * @param now   the file as it is; empty when it is gone
     * @param place where it is below the folder; empty when it is elsewhere
     */
    Optional<FeedFile> lookedAgain(FeedFile file, Optional<ItemChange> now, Optional<ItemPath> place) throws IOException {
        lock.lock();
        try {
            if (!(files.get(file.itemId()) instanceof TrackedFile.Waiting waiting)) {
                return Optional.empty();
            }
            if (now.isEmpty()) {
                set(file.itemId(), Optional.empty());
                return Optional.empty();
            }
            TrackedFile.Waiting newer = (TrackedFile.Waiting) seen(Optional.of(waiting), now.get()).orElseThrow();
            if (waiting.claimed().isPresent() && waiting.claimed().equals(place)) {
                newer = new TrackedFile.Waiting(newer.file(), newer.seen(), Optional.empty());
            }
            set(file.itemId(), Optional.of(newer));
            return Optional.of(new FeedFile(newer.file(), file.path(), newer.seen(), file.failures()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes in what a look at a single file has found.
     *
     * @param path      where it is, below the folder
     * @param following whether changes are read, which tell when files are gone
     * @return          empty when it is done with
     */
    Optional<FeedFile> looked(ItemChange file, ItemPath path, boolean following) throws IOException {
        lock.lock();
        try {
            ItemId id = ItemId.of(file.item().id());
            TrackedFile now = seen(Optional.ofNullable(files.get(id)), file).orElseThrow();
            if (now instanceof TrackedFile.Waiting waiting && waiting.claimed().isPresent()) {
                now = new TrackedFile.Waiting(waiting.file(), waiting.seen(), Optional.empty());
            }
            set(id, Optional.of(now));
            if (!following && files.size() > MOST_BY_NAME) {
                forgetEldestDone();
            }
            return now instanceof TrackedFile.Waiting waiting
                    ? Optional.of(new FeedFile(waiting.file(), path, waiting.seen(), failures.getOrDefault(id, 0)))
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void forgetEldestDone() throws IOException {
        Optional<ItemId> eldest = files.entrySet().stream().filter(entry -> entry.getValue() instanceof TrackedFile.Done)
                .map(Map.Entry::getKey).findFirst();
        if (eldest.isPresent()) {
            set(eldest.get(), Optional.empty());
        }
    }

    /** The files that were put aside from a path. */
    List<FeedFile> claimedFrom(ItemPath path) {
        String folded = NameFolding.fold(path);
        List<FeedFile> claimed = new ArrayList<>();
        waiting().forEach((id, waiting) -> waiting.claimed().filter(from -> NameFolding.fold(from).equals(folded))
                .ifPresent(from -> claimed.add(new FeedFile(waiting.file(), from, waiting.seen(), timesFailed(id)))));
        return claimed;
    }

    boolean isWaiting(FeedFile file) {
        lock.lock();
        try {
            return files.get(file.itemId()) instanceof TrackedFile.Waiting waiting
                    && waiting.version().isSameContent(ContentVersion.of(file.change()));
        } finally {
            lock.unlock();
        }
    }

    private void set(ItemId id, Optional<TrackedFile> file) throws IOException {
        if (!file.equals(Optional.ofNullable(files.get(id)))) {
            memory.write(Map.of(FILE + id.key(), file.map(TrackedFile::toJson)));
            file.ifPresentOrElse(it -> files.put(id, it), () -> files.remove(id));
        }
        if (file.isEmpty() || !(file.get() instanceof TrackedFile.Waiting)) {
            failures.remove(id);
        }
        if (file.isEmpty() || !(file.get() instanceof TrackedFile.Owing)) {
            left.remove(id);
        }
    }

    /** @param claimed where it was when it was put aside; empty when it is not */
    void mark(FeedFile file, ItemChange now, Optional<ItemPath> claimed) throws IOException {
        lock.lock();
        try {
            if (files.get(file.itemId()) instanceof TrackedFile.Waiting) {
                set(file.itemId(), Optional.of(new TrackedFile.Waiting(now, file.seen(), claimed)));
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isClaimed(ItemId id) {
        lock.lock();
        try {
            return files.get(id) instanceof TrackedFile.Waiting waiting && waiting.claimed().isPresent();
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param task      what is to become of it; empty for nothing
     * @param following whether changes are read, which tell when files are gone
     */
    void done(FeedFile file, Optional<String> task, boolean following) throws IOException {
        lock.lock();
        try {
            failures.remove(file.itemId());
            TrackedFile known = files.get(file.itemId());
            if (known == null || !known.version().isSameContent(ContentVersion.of(file.change()))) {
                return;
            }
            if (task.isPresent()) {
                set(file.itemId(), Optional.of(new TrackedFile.Owing(file, task.get())));
            } else if (!again) {
                set(file.itemId(), Optional.of(new TrackedFile.Done(ContentVersion.of(file.change()))));
            } else if (!following) {
                set(file.itemId(), Optional.empty());
            }
        } finally {
            lock.unlock();
        }
    }

    List<FolderFeed.Owed> owing() {
        lock.lock();
        try {
            return files.values().stream().filter(TrackedFile.Owing.class::isInstance).map(TrackedFile.Owing.class::cast)
                    .map(file -> new FolderFeed.Owed(file.file(), file.task())).toList();
        } finally {
            lock.unlock();
        }
    }

    /** @param following whether changes are read, which tell when files are gone */
    void settled(FeedFile file, boolean following) throws IOException {
        lock.lock();
        try {
            if (files.get(file.itemId()) instanceof TrackedFile.Owing owing) {
                set(file.itemId(), !following || left.contains(file.itemId()) ? Optional.empty()
                        : Optional.of(new TrackedFile.Done(owing.version())));
            }
        } finally {
            lock.unlock();
        }
    }

    void failed(FeedFile file) {
        lock.lock();
        try {
            if (files.get(file.itemId()) instanceof TrackedFile.Waiting) {
                failures.merge(file.itemId(), 1, Integer::sum);
            }
        } finally {
            lock.unlock();
        }
    }
}
