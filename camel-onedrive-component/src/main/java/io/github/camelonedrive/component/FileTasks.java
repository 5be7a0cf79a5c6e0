package io.github.camelonedrive.component;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Deletes and moves files that were processed, by id, and only while they hold what was processed: a version that came
 * meanwhile stays where it is and is processed in its turn.
 */
final class FileTasks {

    private static final Logger LOG = LoggerFactory.getLogger(FileTasks.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    /** Each try meets a change that is none of the content: somebody shared the file, or renamed it. */
    private static final int MOST_TRIES = 5;

    private final OneDriveDrive drive;
    private final TimeSource time;

    FileTasks(OneDriveDrive drive, TimeSource time) {
        this.drive = drive;
        this.time = time;
    }

    /** @throws OneDriveException when it could not be done, which may be worth another try */
    void perform(FeedFile file, FileTask task) throws OneDriveException, InterruptedException {
        if (task.target().isPresent()) {
            NameRules.check(task.target().get());
            guarded(file, eTag -> move(file, task.target().get(), eTag));
        } else {
            guarded(file, eTag -> {
                drive.source().guarded().delete(file.id(), file.item().name(), eTag);
                return Optional.empty();
            });
        }
        if (task.marker().isPresent()) {
            drive.source().guarded().delete(task.marker().get(), "the marker of " + file.item().name(), Optional.empty());
        }
    }

    /**
     * Moves a file away for us before it is processed.
     *
     * @return the file as it is there; empty when somebody else was first, or it has changed
     */
    Optional<ItemChange> claim(FeedFile file, ItemPath target) throws OneDriveException, InterruptedException {
        NameRules.check(target);
        return guarded(file, eTag -> move(file, target, eTag)).filter(now -> now.kind() == ItemChange.Kind.FILE);
    }

    @FunctionalInterface
    private interface Action {
        Optional<ItemChange> run(Optional<String> eTag) throws OneDriveException, InterruptedException;
    }

    private Optional<ItemChange> guarded(FeedFile file, Action action) throws OneDriveException, InterruptedException {
        Optional<String> eTag = file.item().eTag();
        for (int tries = 1;; tries++) {
            try {
                return action.run(eTag);
            } catch (GraphException.PreconditionFailed changed) {
                Optional<ItemChange> now = drive.source().feed().item(file.id());
                if (now.isEmpty() || !isSame(file, now.get())) {
                    LOG.debug("'{}' has changed in OneDrive since it was seen, or was moved, so it is left alone", file.path());
                    return Optional.empty();
                }
                if (tries == MOST_TRIES) {
                    throw changed;
                }
                eTag = now.get().item().eTag();
            }
        }
    }

    /** Where somebody has moved it meanwhile, to claim it or to keep it, it is not ours any more. */
    private static boolean isSame(FeedFile file, ItemChange now) {
        return file.hasSameContentAs(now) && file.item().parentId().map(ItemId::of)
                .equals(now.item().parentId().map(ItemId::of));
    }

    private Optional<ItemChange> move(FeedFile file, ItemPath target, Optional<String> eTag)
            throws OneDriveException, InterruptedException {
        try {
            return Optional.of(moveTo(file, target, eTag));
        } catch (GraphException.NameConflict taken) {
            return Optional.of(moveTo(file, stamped(target), eTag));
        } catch (GraphException.NotFound gone) {
            if (drive.source().feed().item(file.id()).isEmpty()) {
                LOG.debug("'{}' is gone from OneDrive, so there is nothing to move", file.path());
                return Optional.empty();
            }
            drive.folders().forget(target.parent());
            return Optional.of(moveTo(file, target, eTag));
        }
    }

    private ItemChange moveTo(FeedFile file, ItemPath target, Optional<String> eTag)
            throws OneDriveException, InterruptedException {
        String folder = drive.folders().ensure(target.parent());
        return drive.source().guarded().move(file.id(), folder, target.name(), eTag);
    }

    /** Nothing is replaced: {@code orders.csv} becomes {@code orders-20260301T080000123.csv}. */
    private ItemPath stamped(ItemPath target) {
        String name = target.name();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return FileHeaders.below(target.parent(),
                ItemPath.parse(stem + "-" + STAMP.format(now()) + (dot > 0 ? name.substring(dot) : "")));
    }

    private Instant now() {
        return time.now();
    }
}
