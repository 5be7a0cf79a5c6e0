package io.github.camelonedrive.upload;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.hc.core5.http.HttpEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.FragmentOutcome;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.graph.UploadSession;
import io.github.camelonedrive.graph.Uploads;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Content that goes in fragments by an upload session ({@code graph-contract.md} §3). The next fragment always begins where
 * the server says; after any failure the server is asked before anything is sent again.
 */
final class SessionUpload {

    private static final Logger LOG = LoggerFactory.getLogger(SessionUpload.class);

    /** Sessions lost in a row before the upload fails: enough for an expiry and a race, too few for a storm. */
    private static final int MOST_SESSIONS = 4;

    /** How long a session that was opened without our knowing can keep others out (§3.6: 15 minutes), and some. */
    private static final Duration LOST_SESSION_LIFE = Duration.ofMinutes(20);

    /** A lost session ends by itself; asking now and then whether it has costs little. */
    private static final Duration LOST_SESSION_PAUSE = Duration.ofSeconds(15);

    /** An upload URL may outlive its token once; refused again it is not the URL's age (§3.4). */
    private static final int MOST_REFUSALS = 2;

    private final Folders folders;
    private final Uploads uploads;
    private final DriveItems items;
    private final SessionEnd sessionEnd;
    private final TimeSource time;

    SessionUpload(Folders folders, Uploads uploads, DriveItems items, SessionEnd sessionEnd, TimeSource time) {
        this.folders = folders;
        this.uploads = uploads;
        this.items = items;
        this.sessionEnd = sessionEnd;
        this.time = time;
    }

    /** @param keptTime the modification time that the item gets; empty leaves it to the service */
    DriveItem run(UploadContext upload, Start start, Optional<Instant> keptTime) throws IOException, InterruptedException {
        Transfer transfer = start instanceof Start.Midway midway
                ? new Transfer(upload, midway.session(), midway.offset()) : new Transfer(upload, open(upload, keptTime), 0);
        int refused = 0;
        for (int sessions = 1;; sessions++) {
            try {
                return transfer.run();
            } catch (SessionLost lost) {
                sessionEnd.end(upload);
                refused += lost.isRefusal() ? 1 : 0;
                if (sessions == MOST_SESSIONS || refused == MOST_REFUSALS) {
                    throw UploadSessionException.lost(upload.purpose(), sessions, lost.reason);
                }
                LOG.info("{}: the upload session is gone, starting a new one. {}", upload.purpose(), lost.reason.problem());
                if (sessions > 1) {
                    upload.patience().pauseOrFailAnyway(lost.reason);
                }
                transfer = new Transfer(upload, open(upload, keptTime), 0);
            }
        }
    }

    private UploadSession open(UploadContext upload, Optional<Instant> keptTime) throws IOException, InterruptedException {
        ItemPath target = upload.request().target();
        ConflictBehavior conflict = upload.options().conflictBehavior();
        LostSession lost = new LostSession(upload);
        while (true) {
            String folderId = folders.ensure(target.parent());
            upload.journal().opening(folderId, upload.probe().thereBefore(), time.now());
            upload.reached(UploadStep.INTENT_RECORDED);
            try {
                UploadSession session =
                        uploads.open(folderId, target.name(), conflict, upload.content().size(), keptTime, upload.purpose());
                upload.reached(UploadStep.SESSION_OPENED);
                upload.journal().opened(session);
                upload.reached(UploadStep.SESSION_RECORDED);
                return session;
            } catch (GraphException.NotFound folderGone) {
                folders.forget(target.parent());
                upload.patience().pauseOrFailAnyway(folderGone);
            } catch (GraphException.NameConflict taken) {
                lost.waitOrFail(taken);
            } catch (OneDriveException failure) {
                lost.maybeOpenedBy(failure);
                upload.pauseOrFail(failure);
            }
        }
    }

    /**
     * A session that may be open although nobody knows its address: the process died, or the answer was lost, between its
     * creation and our record of it. On business drives it keeps others from the name until it expires, so what looks like a
     * conflict is a wait (§3.1, statement 29).
     */
    private final class LostSession {

        private final UploadContext upload;
        private final long startedNanos = time.nanoTime();
        private Optional<Instant> since;
        private boolean said;

        LostSession(UploadContext upload) {
            this.upload = upload;
            this.since = upload.journal().lostOpening();
        }

        /** A request that the service has refused has opened nothing; one without an answer may have. */
        void maybeOpenedBy(OneDriveException failure) {
            if (Patience.isPassing(failure) && !(failure instanceof GraphException.Throttled)) {
                since = since.or(() -> Optional.of(time.now()));
            } else if (since.isEmpty()) {
                upload.journal().ended();
            }
        }

        void waitOrFail(GraphException.NameConflict taken) throws OneDriveException, InterruptedException {
            boolean fails = upload.options().conflictBehavior() == ConflictBehavior.fail
                    && items.find(upload.request().target()).isPresent();
            if (since.isEmpty() || fails) {
                // Where nothing has the name, and under replace and rename, it is no conflict: business drives say so while
                // another session is open.
                upload.journal().ended();
                throw fails ? taken : busy(taken);
            }
            Instant end = since.get().plus(LOST_SESSION_LIFE);
            Duration waited = Duration.ofNanos(time.nanoTime() - startedNanos);
            if (!time.now().isBefore(end) || waited.compareTo(LOST_SESSION_LIFE) > 0) {
                throw busy(taken);
            }
            say(end);
            upload.patience().pause(LOST_SESSION_PAUSE,
                    UploadSessionException.lostButOpen(upload.purpose(), since.get(), taken));
        }

        private UploadSessionException busy(GraphException.NameConflict taken) {
            return upload.journal().isBesideAnother() ? UploadSessionException.besideAnother(upload.purpose(), taken)
                    : UploadSessionException.busy(upload.purpose(), taken);
        }

        private void say(Instant end) {
            if (!said) {
                LOG.warn("{}: a session that was opened at {}, before this program was stopped or the line broke, still holds "
                        + "the name in OneDrive. Nobody else can end it; waiting until it ends by itself, at {} at the latest.",
                        upload.purpose(), ClockText.of(since.get()), ClockText.of(end));
                said = true;
            }
        }
    }

    /** The session is no use any more, but a new one may be. */
    private static final class SessionLost extends Exception {

        private static final long serialVersionUID = 1L;

        private final OneDriveException reason;

        SessionLost(OneDriveException reason) {
            super(reason);
            this.reason = reason;
        }

        boolean isRefusal() {
            return reason instanceof GraphException.Unauthenticated || reason instanceof GraphException.AccessDenied;
        }
    }

    /** The fragments of one session. */
    private final class Transfer {

        private final UploadContext upload;
        private final UploadSession session;
        private final long size;
        private long offset;
        private long sentUpTo;
        private long acknowledged;
        private boolean inDoubt;
        private boolean waited;
        private boolean failedBefore;

        /** @param offset where the server wants us to go on */
        Transfer(UploadContext upload, UploadSession session, long offset) {
            this.upload = upload;
            this.session = session;
            this.size = upload.content().size();
            this.offset = offset;
            this.acknowledged = offset;
            this.sentUpTo = offset == 0 ? 0 : upload.content().readUpTo();
            this.inDoubt = offset == size;
            this.failedBefore = offset > 0;
        }

        DriveItem run() throws IOException, InterruptedException, SessionLost {
            if (session.state().nextExpected().orElse(0) > 0) {
                throw UploadSessionException.aheadOfUs(upload.purpose(), 0, session.state().nextExpected().getAsLong());
            }
            while (true) {
                try {
                    FragmentOutcome outcome = inDoubt ? askWhereItStands() : sendNext();
                    if (outcome instanceof FragmentOutcome.Committed committed) {
                        return committed.item();
                    }
                    Optional<DriveItem> item = goOnFrom(((FragmentOutcome.Pending) outcome).state().nextExpected());
                    if (item.isPresent()) {
                        return item.get();
                    }
                } catch (GraphException.NotFound | GraphException.Unauthenticated | GraphException.AccessDenied gone) {
                    return committedOrLost(gone);
                } catch (GraphException.NameConflict | GraphException.Modified conflict) {
                    return conflictAtCommit(conflict);
                } catch (OneDriveException failure) {
                    upload.pauseOrFail(failure);
                    waited = true;
                    inDoubt = true;
                    failedBefore = true;
                }
            }
        }

        private FragmentOutcome askWhereItStands() throws OneDriveException, InterruptedException {
            FragmentOutcome outcome = uploads.status(session, upload.purpose());
            upload.reached(UploadStep.STATUS_KNOWN);
            return outcome;
        }

        private FragmentOutcome sendNext() throws OneDriveException, InterruptedException {
            long end = Math.min(offset + upload.options().chunkSize(), size);
            HttpEntity fragment = upload.content().entity(offset, end, upload);
            upload.reached(UploadStep.SENDING_STARTED);
            try {
                FragmentOutcome outcome = uploads.send(session, offset, end, size, fragment, upload.purpose());
                upload.reached(UploadStep.FRAGMENT_ACKNOWLEDGED);
                return outcome;
            } finally {
                sentUpTo = Math.max(sentUpTo, upload.content().handedOutUpTo());
            }
        }

        /** Takes the server's word for where the session stands; gives the item when it turns out to be complete. */
        private Optional<DriveItem> goOnFrom(OptionalLong nextExpected) throws OneDriveException, InterruptedException {
            if (nextExpected.isEmpty() && sentUpTo < size && !inDoubt) {
                inDoubt = true;
                return Optional.empty();
            }
            long next = nextExpected.orElse(size);
            if (nextExpected.isPresent() && next > sentUpTo) {
                throw UploadSessionException.aheadOfUs(upload.purpose(), sentUpTo, next);
            }
            if (next >= size) {
                return whenEverythingIsStored();
            }
            if (next > acknowledged) {
                acknowledged = next;
                upload.patience().progressed();
            } else if (!waited) {
                upload.patience().pauseOrFailAnyway(UploadSessionException.standsStill(upload.purpose(), next));
            }
            inDoubt = false;
            waited = false;
            offset = next;
            return Optional.empty();
        }

        /**
         * No more bytes are asked for but no item was shown: either it was committed, or it will be, or the commit failed,
         * which the last fragment sent once more sets going again (statement 54).
         */
        private Optional<DriveItem> whenEverythingIsStored() throws OneDriveException, InterruptedException {
            Optional<DriveItem> item = committedItem();
            if (item.isEmpty()) {
                upload.patience().pauseOrFailAnyway(UploadSessionException.notCommitted(upload.purpose()));
                waited = true;
                inDoubt = sentUpTo < size;
                offset = inDoubt ? offset : (size - 1) / upload.options().chunkSize() * upload.options().chunkSize();
            }
            return item;
        }

        private DriveItem committedOrLost(GraphException gone) throws OneDriveException, InterruptedException, SessionLost {
            Optional<DriveItem> item = committedItem();
            if (item.isPresent()) {
                return item.get();
            }
            throw new SessionLost(gone);
        }

        /** What the target holds may be an older copy of the same bytes while our session is still open, so that is ended. */
        private Optional<DriveItem> committedItem() throws OneDriveException, InterruptedException {
            Optional<DriveItem> item = upload.probe().find(upload.content());
            if (item.isPresent()) {
                LOG.info("{}: the answer was lost, but the item is there (id {})", upload.purpose(), item.get().id());
                cancelQuietly();
                upload.journal().ended();
            }
            return item;
        }

        private void cancelQuietly() throws InterruptedException {
            try {
                uploads.cancel(session, upload.purpose());
            } catch (OneDriveException e) {
                LOG.debug("{}: the session that was committed could not be ended: {}", upload.purpose(), e.problem());
            }
        }

        private DriveItem conflictAtCommit(GraphException conflict)
                throws OneDriveException, InterruptedException, SessionLost {
            if (upload.options().conflictBehavior() == ConflictBehavior.fail
                    && conflict instanceof GraphException.NameConflict) {
                // The name may be taken by ourselves, by a fragment whose answer was lost.
                Optional<DriveItem> ours = failedBefore ? committedItem() : Optional.empty();
                if (ours.isPresent()) {
                    return ours.get();
                }
                if (items.find(upload.request().target()).isPresent()) {
                    throw conflict;
                }
            }
            throw new SessionLost(conflict);
        }
    }
}
