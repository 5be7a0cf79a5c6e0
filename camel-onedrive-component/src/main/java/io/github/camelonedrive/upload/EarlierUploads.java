package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.Uploads;
import io.github.camelonedrive.hash.PrefixDigest;

/** What broken-off uploads have left in the journal, and the ending of those that nobody will continue. */
final class EarlierUploads {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierUploads.class);

    /** The further an upload of the same source came, the better. */
    private static final Comparator<JournalEntry> FURTHEST = Comparator
            .comparing((JournalEntry entry) -> entry.trace().itemId().isPresent())
            .thenComparing(entry -> entry.trace().uploadUrl().isPresent())
            .thenComparing(entry -> entry.trace().read().map(PrefixDigest::length).orElse(0L));

    private final UploadJournal journal;
    private final Uploads uploads;

    EarlierUploads(UploadJournal journal, Uploads uploads) {
        this.journal = journal;
        this.uploads = uploads;
    }

    /** Takes over what there is for this target: at most one upload is continued, sessions of all others are ended. */
    UploadRecord takeOver(UploadKey key, UploadIdentity identity) throws InterruptedException {
        List<JournalEntry> entries;
        try {
            entries = journal.claim(key);
        } catch (IOException e) {
            LOG.warn("The journal of uploads can't be used, so the upload of '{}' to '{}' starts anew, and could not be "
                    + "continued after a crash. {}", key.target(), key.destination(), e.getMessage());
            return UploadRecord.unusable(journal, key, identity);
        }
        Optional<JournalEntry> same = entries.stream().filter(entry -> entry.trace().identity().equals(identity)).max(FURTHEST);
        List<JournalEntry> lostOpenings = new ArrayList<>();
        try {
            for (JournalEntry entry : entries) {
                if (same.filter(chosen -> chosen == entry).isPresent()) {
                    continue;
                }
                if (entry.trace().openingSince().isPresent()) {
                    lostOpenings.add(entry);
                } else {
                    end(entry);
                }
            }
        } catch (InterruptedException e) {
            release(entries);
            throw e;
        }
        return new UploadRecord(journal, key, identity, same, lostOpenings);
    }

    /** Leaves entries to the next that claims them. */
    private static void release(List<JournalEntry> entries) {
        for (JournalEntry entry : entries) {
            try {
                entry.close();
            } catch (IOException e) {
                LOG.warn("The journal of uploads can't be written: {}", e.getMessage());
            }
        }
    }

    /** Ends the sessions of uploads whose source is gone or changed. */
    void endAbandoned(String destination, String drive) throws InterruptedException {
        endAll(() -> journal.claimAbandoned(destination, drive));
    }

    /** Ends the sessions of broken-off uploads to a drive that nothing will know of after this process. */
    void endTransient(String destination, String drive) throws InterruptedException {
        endAll(() -> journal.claimTransient(destination, drive));
    }

    /** Ends the sessions of all broken-off uploads to one target. */
    void endAll(UploadKey key) throws InterruptedException {
        endAll(() -> journal.claim(key));
    }

    private void endAll(Claim claim) throws InterruptedException {
        List<JournalEntry> entries;
        try {
            entries = claim.entries();
        } catch (IOException e) {
            LOG.warn("The journal of uploads can't be read: {}", e.getMessage());
            return;
        }
        try {
            for (JournalEntry entry : entries) {
                end(entry);
            }
        } catch (InterruptedException e) {
            release(entries);
            throw e;
        }
    }

    private interface Claim {
        List<JournalEntry> entries() throws IOException;
    }

    /** A session that can't be reached now stays on record, so that the next one can end it. */
    private void end(JournalEntry entry) throws InterruptedException {
        try (entry) {
            if (entry.trace().uploadUrl().isPresent()) {
                uploads.cancel(uploads.reopen(entry.trace().uploadUrl().get()), "Ending an upload that was broken off");
                LOG.info("An upload of {} was broken off and will not be continued, so its upload session was ended.",
                        entry.trace().identity().file().map(file -> "'" + file + "'").orElse("a stream"));
            }
            entry.forget();
        } catch (OneDriveException e) {
            LOG.info("The session of an upload that was broken off can't be ended now: {}", e.problem());
        } catch (IOException e) {
            LOG.warn("The journal of uploads can't be written: {}", e.getMessage());
        }
    }
}
