package io.github.camelonedrive.graph;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * Moves and copies items within a drive ({@code graph-contract.md} §6.5, §6.6). The target folder is looked up at each call
 * and named by its real id, because {@code root} is refused there (statement 74).
 */
public final class ItemTransfers {

    private final GraphClient client;
    private final DriveAddress address;
    private final DriveItems items;
    private final Folders folders;
    private final String label;

    /** @param label what people call the place, for messages: the destination's name */
    public ItemTransfers(GraphClient client, DriveAddress address, DriveItems items, Folders folders, String label) {
        this.client = client;
        this.address = address;
        this.items = items;
        this.folders = folders;
        this.label = label;
    }

    /**
     * Moves an item, renames it, or both in one step.
     *
     * @param  ifMatch                           the eTag that the item must have; empty for any
     * @return                                   the item as it is now
     * @throws GraphException.NotFound           when there is no such item
     * @throws GraphException.NameConflict       when the name is taken and the behavior is {@code fail}
     * @throws GraphException.PreconditionFailed when it has another eTag; then it is where it was
     * @throws RootException                     for the root
     */
    public DriveItem move(ItemRef what, TransferTarget target, ConflictBehavior conflict, Optional<String> ifMatch)
            throws OneDriveException, InterruptedException {
        DriveItem item = found(what, "moved");
        String purpose = "Moving " + what + " to '" + target.path(item) + "' in '" + label + "'";
        DriveItem moved;
        try {
            moved = new Move(item, folders.ensureNow(target.folder()), target, conflict, ifMatch, purpose).run();
        } catch (GraphException.NotFound gone) {
            // Either the item is gone, which this says, or the target folder, which is made again then.
            items.get(ItemRef.of(item.id()));
            moved = new Move(item, folders.ensureNow(target.folder()), target, conflict, ifMatch, purpose).run();
        }
        if (item.folder()) {
            folders.forget(item.id());
        }
        return moved;
    }

    private DriveItem found(ItemRef what, String done) throws OneDriveException, InterruptedException {
        DriveItem item = items.get(what);
        if (folders.isRoot(item.id())) {
            throw new RootException(done);
        }
        return item;
    }

    /** One PATCH, sent again as long as it takes. */
    private final class Move {

        private final DriveItem item;
        private final String parentId;
        private final String name;
        private final ConflictBehavior conflict;
        private final Map<String, String> condition;
        private final String purpose;

        Move(DriveItem item, String parentId, TransferTarget target, ConflictBehavior conflict, Optional<String> ifMatch,
             String purpose) {
            this.item = item;
            this.parentId = parentId;
            this.name = target.name().orElse(item.name());
            this.conflict = conflict;
            this.condition = ifMatch.map(tag -> Map.of("If-Match", tag)).orElse(Map.of());
            this.purpose = purpose;
        }

        DriveItem run() throws OneDriveException, InterruptedException {
            Patience patience = client.patience((pause, reason) -> {
            });
            boolean perhapsDone = false;
            while (true) {
                try {
                    return ItemReader.item(
                            client.attempt("PATCH", address.item(item.id()), GraphClient.json(body()), condition, purpose),
                            purpose);
                } catch (OneDriveException failure) {
                    if (perhapsDone && failure instanceof GraphException.PreconditionFailed) {
                        return doneEarlier(failure);
                    }
                    perhapsDone |= mayHaveBeenDone(failure);
                    patience.pauseOrFail(failure);
                }
            }
        }

        private ObjectNode body() {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("parentReference").put("id", parentId);
            body.put("name", name);
            body.put("@microsoft.graph.conflictBehavior", conflict.wireValue());
            return body;
        }

        /** The move itself changes the eTag, so that a second request for it no longer fits. */
        private DriveItem doneEarlier(OneDriveException failure) throws OneDriveException, InterruptedException {
            DriveItem now = items.get(ItemRef.of(item.id()));
            if (now.name().equals(name) && ItemId.same(now.parentId(), parentId)) {
                return now;
            }
            throw failure;
        }
    }

    /**
     * Copies an item, a folder with all that is in it, and waits until OneDrive has done it (statement 76). A folder of more
     * than 30,000 items is refused by OneDrive.
     *
     * @param  longest                     how long to wait
     * @return                             the copy
     * @throws GraphException.NotFound     when there is no such item
     * @throws GraphException.NameConflict when the name is taken and the behavior is {@code fail}
     * @throws CopyFailedException         when OneDrive gave up; part of a folder may have been copied
     * @throws CopyUnfinishedException     when it takes longer; OneDrive goes on with it
     * @throws NoSuchCopyException         on personal drives with another behavior than {@code fail}, which they can't
     * @throws RootException               for the root
     */
    public DriveItem copy(ItemRef what, TransferTarget target, ConflictBehavior conflict, Duration longest)
            throws OneDriveException, InterruptedException {
        DriveItem item = found(what, "copied");
        String purpose = "Copying " + what + " to '" + target.path(item) + "' in '" + label + "'";
        if (conflict != ConflictBehavior.fail && item.driveType().filter("personal"::equals).isPresent()) {
            throw new NoSuchCopyException(purpose, conflict);
        }
        return new Copy(item, target, conflict, longest, purpose).run();
    }

    /** Whether a request that failed so may have had its effect all the same. */
    private static boolean mayHaveBeenDone(OneDriveException failure) {
        return failure instanceof ConnectionFailedException || failure instanceof UnexpectedAnswerException
                || failure instanceof GraphException.Unavailable answered && answered.status() != 503;
    }

    /** One copy, from the request to its end. */
    private final class Copy {

        private final DriveItem item;
        private final TransferTarget target;
        private final ConflictBehavior conflict;
        private final Duration longest;
        private final String purpose;
        private boolean perhapsDone;

        Copy(DriveItem item, TransferTarget target, ConflictBehavior conflict, Duration longest, String purpose) {
            this.item = item;
            this.target = target;
            this.conflict = conflict;
            this.longest = longest;
            this.purpose = purpose;
        }

        DriveItem run() throws OneDriveException, InterruptedException {
            try {
                return await(start());
            } catch (GraphException.NameConflict taken) {
                return doneEarlier(taken);
            }
        }

        private PreauthenticatedUrl start() throws OneDriveException, InterruptedException {
            try {
                return start(folders.ensureNow(target.folder()));
            } catch (GraphException.NotFound gone) {
                // Either the item is gone, which this says, or the target folder, which is made again then.
                items.get(ItemRef.of(item.id()));
                return start(folders.ensureNow(target.folder()));
            }
        }

        private PreauthenticatedUrl start(String parentId) throws OneDriveException, InterruptedException {
            Patience patience = client.patience((pause, reason) -> {
            });
            while (true) {
                try {
                    return begin(parentId);
                } catch (OneDriveException failure) {
                    // Asked for again, a copy that was begun with 'rename' would be made twice.
                    if (mayHaveBeenDone(failure) && conflict == ConflictBehavior.rename) {
                        throw failure;
                    }
                    perhapsDone |= mayHaveBeenDone(failure);
                    patience.pauseOrFail(failure);
                }
            }
        }

        private PreauthenticatedUrl begin(String parentId) throws OneDriveException, InterruptedException {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ObjectNode parent = body.putObject("parentReference");
            item.driveId().ifPresent(id -> parent.put("driveId", ItemId.ofDrive(id)));
            parent.put("id", parentId);
            body.put("name", target.name().orElse(item.name()));
            String query = conflict == ConflictBehavior.fail ? ""
                    : "?@microsoft.graph.conflictBehavior=" + conflict.wireValue();
            GraphAnswer answer = client.attempt("POST", address.item(item.id(), "copy") + query, GraphClient.json(body),
                    Map.of(), purpose);
            return client.preauthenticated(answer.header("location").orElse(""));
        }

        private DriveItem await(PreauthenticatedUrl monitor) throws OneDriveException, InterruptedException {
            CopyProgress progress = new CopyProgress(client, monitor, longest, purpose);
            GraphAnswer done;
            try {
                done = progress.await();
            } catch (GraphException.NotFound monitorGone) {
                // It lives for a while only; what it stood for may well be there.
                return items.find(target.path(item)).filter(this::isCopy).orElseThrow(() -> monitorGone);
            }
            Optional<String> id = copiedId(done);
            return id.isPresent() ? items.get(ItemRef.of(id.get())) : items.get(target.path(item));
        }

        private Optional<String> copiedId(GraphAnswer done) {
            return Optional.of(done.body().path("resourceId").asText("")).filter(id -> !id.isEmpty())
                    .or(() -> done.header("location").map(place -> place.replaceFirst("[?#].*$", ""))
                            .filter(place -> place.matches(".*/items/[^/:]+"))
                            .map(place -> place.substring(place.lastIndexOf('/') + 1).replace("%21", "!")));
        }

        /** A request whose answer got lost may have been the one that made what is in the way now. */
        private DriveItem doneEarlier(GraphException.NameConflict taken) throws OneDriveException, InterruptedException {
            if (!perhapsDone) {
                throw taken;
            }
            return items.find(target.path(item)).filter(this::isCopy).orElseThrow(() -> taken);
        }

        private boolean isCopy(DriveItem there) {
            return !there.folder() && !item.folder() && !ItemId.same(there.id(), item.id()) && there.size() == item.size()
                    && there.quickXorHash().isPresent() && there.quickXorHash().equals(item.quickXorHash());
        }
    }

    /** The root, which is neither moved nor copied, deleted or shared. */
    public static final class RootException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        /** @param done what can't be done, as in "can't be moved" */
        public RootException(String done) {
            super(FailureKind.CONFIGURATION, "The root of a drive can't be " + done + ".", "Name an item in it.", null);
        }
    }

    /** OneDrive gave a copy up. */
    public static final class CopyFailedException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        private final String code;

        CopyFailedException(String purpose, String state, JsonNode body) {
            this(purpose, state, CopyProgress.errorCode(body));
        }

        private CopyFailedException(String purpose, String state, String code) {
            super(FailureKind.SERVICE, purpose + " failed: OneDrive says '" + NameRules.printable(state) + "'"
                    + (code.isEmpty() ? "" : " (" + NameRules.printable(code) + ")") + ".",
                    "Of a folder, part may have been copied: look there, delete it and try again.", null);
            this.code = Objects.requireNonNull(code);
        }

        /** OneDrive's code for the reason; empty when it gave none. */
        public String code() {
            return code;
        }
    }

    /** A copy takes longer than we wait. */
    public static final class CopyUnfinishedException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        CopyUnfinishedException(String purpose, Duration waited) {
            super(FailureKind.SERVICE, purpose + " is not finished after " + waited.toSeconds()
                    + " s. OneDrive goes on with it.",
                    "Look at the target later, or raise copyTimeout.", null);
        }
    }

    /** A copy that this kind of drive can't make. */
    public static final class NoSuchCopyException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        NoSuchCopyException(String purpose, ConflictBehavior conflict) {
            super(FailureKind.CONFIGURATION, purpose + " failed: a personal OneDrive can't copy with conflictBehavior '"
                    + conflict.wireValue() + "'. Nothing was copied.", "Copy with 'fail', to a name that is free.", null);
        }
    }
}
