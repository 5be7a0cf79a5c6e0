package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.FragmentOutcome;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.UploadSession;
import io.github.camelonedrive.graph.Uploads;
import io.github.camelonedrive.hash.PrefixDigest;

/**
 * Finds out how far an earlier upload of the same source came (DESIGN §3, law 3; statement 56). The server says what it has;
 * the journal says what that was; reading it again says whether the source still is that. Where one of the three is missing,
 * the session is ended and the upload starts anew.
 */
final class Resumption {

    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    private final Folders folders;
    private final Uploads uploads;
    private final SessionEnd sessions;

    Resumption(Folders folders, Uploads uploads, SessionEnd sessions) {
        this.folders = folders;
        this.uploads = uploads;
        this.sessions = sessions;
    }

    Start find(UploadContext upload, UploadMode mode) throws IOException, InterruptedException {
        JournalTrace trace = upload.journal().trace();
        if (trace.uploadUrl().isPresent()) {
            return mode == UploadMode.SESSION ? session(upload, trace) : anew(upload, "it is to go by one PUT now");
        }
        boolean maybeThere = trace.itemId().isPresent() || mode == UploadMode.SIMPLE && trace.openingSince().isPresent();
        return maybeThere ? item(upload, trace).orElseGet(Start.Anew::new) : new Start.Anew();
    }

    private Start session(UploadContext upload, JournalTrace trace) throws IOException, InterruptedException {
        UploadSession session = uploads.reopen(trace.uploadUrl().orElseThrow());
        String folderId = folders.ensureNow(upload.request().target().parent());
        if (!ItemId.same(trace.folderId(), folderId)) {
            return anew(upload, "its folder is another one now");
        }
        while (true) {
            try {
                return uploads.status(session, upload.purpose()) instanceof FragmentOutcome.Pending pending
                        ? pending(upload, trace, session, pending.state().nextExpected()) : committed(upload, trace);
            } catch (GraphException.NotFound | GraphException.Unauthenticated | GraphException.AccessDenied gone) {
                return committed(upload, trace);
            } catch (OneDriveException failure) {
                upload.pauseOrFail(failure);
            }
        }
    }

    private Start pending(UploadContext upload, JournalTrace trace, UploadSession session, OptionalLong nextExpected)
            throws IOException, InterruptedException {
        long size = upload.content().size();
        long next = nextExpected.orElse(size);
        long read = trace.read().map(PrefixDigest::length).orElse(0L);
        if (next > read) {
            return anew(upload, "OneDrive has " + next + " bytes, of which only " + read + " are on record");
        }
        if (next > 0 && !isUnchanged(upload, trace)) {
            return anew(upload, "what was sent is not what the source holds now");
        }
        return new Start.Midway(session, next);
    }

    /** The session is gone. If all of it was sent, it was perhaps committed; else it is over. */
    private Start committed(UploadContext upload, JournalTrace trace) throws IOException, InterruptedException {
        boolean allSent = trace.read().filter(read -> read.length() == upload.content().size()).isPresent();
        Optional<Start> item = allSent && isUnchanged(upload, trace) ? item(upload, trace) : Optional.empty();
        if (item.isPresent()) {
            return item.get();
        }
        sayAnew(upload, "OneDrive has ended its upload session");
        upload.journal().ended();
        return new Start.Anew();
    }

    private Optional<Start> item(UploadContext upload, JournalTrace trace) throws IOException, InterruptedException {
        upload.content().readUpTo(upload.content().size());
        Optional<DriveItem> item = upload.probe().find(upload.content(),
                candidate -> ItemId.same(trace.itemId(), candidate.id()));
        item.ifPresent(there -> LOG.info("{}: an earlier attempt has committed it already (id {})", upload.purpose(),
                there.id()));
        return item.map(Start.AtProof::new);
    }

    /** Reads again what was sent; a source that was edited in place is noticed before the good backup is replaced. */
    private static boolean isUnchanged(UploadContext upload, JournalTrace trace) throws IOException, InterruptedException {
        PrefixDigest sent = trace.read().orElseThrow();
        PrefixDigest now = upload.content().readUpTo(sent.length());
        upload.journal().reading(now);
        return now.equals(sent);
    }

    private Start anew(UploadContext upload, String why) throws OneDriveException, InterruptedException {
        sayAnew(upload, why);
        sessions.end(upload);
        return new Start.Anew();
    }

    private static void sayAnew(UploadContext upload, String why) {
        LOG.info("{}: an earlier attempt can't be continued, because {}; starting anew", upload.purpose(), why);
        upload.listener().on(new UploadEvent.StartedAnew(upload.id(), why));
    }
}
