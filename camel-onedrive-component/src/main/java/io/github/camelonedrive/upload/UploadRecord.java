package io.github.camelonedrive.upload;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.UploadSession;
import io.github.camelonedrive.hash.PrefixDigest;

/**
 * What the journal says of the upload under way. The entry is begun when there is something to write. A journal that can't be
 * written costs the ability to go on after a crash, never the backup: after one warning the upload does without.
 */
final class UploadRecord implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UploadRecord.class);

    private final UploadJournal journal;
    private final UploadKey key;
    private final List<JournalEntry> lostOpenings;
    private Optional<JournalEntry> entry;
    private JournalTrace trace;
    private boolean broken;

    /**
     * @param earlier      the entry of an earlier upload of the same source, if there is one
     * @param lostOpenings entries of other uploads to this target that may have opened a session without knowing it
     */
    UploadRecord(
            UploadJournal journal, UploadKey key, UploadIdentity identity, Optional<JournalEntry> earlier,
            List<JournalEntry> lostOpenings) {
        this(journal, key, identity, earlier, lostOpenings, false);
    }

    /** Of a journal that can't be used, about which the operator was told already. */
    static UploadRecord unusable(UploadJournal journal, UploadKey key, UploadIdentity identity) {
        return new UploadRecord(journal, key, identity, Optional.empty(), List.of(), true);
    }

    private UploadRecord(
            UploadJournal journal, UploadKey key, UploadIdentity identity, Optional<JournalEntry> earlier,
            List<JournalEntry> lostOpenings, boolean broken) {
        this.broken = broken;
        this.journal = journal;
        this.key = key;
        this.entry = earlier;
        this.trace = earlier.map(JournalEntry::trace).orElseGet(() -> JournalTrace.begun(identity));
        this.lostOpenings = new ArrayList<>(lostOpenings);
    }

    /** What is known, whether or not it could be written. */
    JournalTrace trace() {
        return trace;
    }

    /** Whether somebody can go on with this upload after this process. */
    boolean isDurable() {
        return !broken && entry.filter(JournalEntry::isDurable).isPresent();
    }

    /** Whether another attempt of this process can go on with this upload. */
    boolean outlivesAttempt() {
        return !broken && entry.filter(JournalEntry::outlivesAttempt).isPresent();
    }

    /** Since when a session may be open, or a file be there, of which nothing is known but that it was asked for. */
    Optional<Instant> lostOpening() {
        return Stream.concat(lostOpenings.stream().map(JournalEntry::trace), Stream.of(trace))
                .map(JournalTrace::openingSince).flatMap(Optional::stream).max(Instant::compareTo);
    }

    /** Whether another living upload of this machine goes to the same target. */
    boolean isBesideAnother() {
        try {
            return journal.underWay(key) > (entry.isPresent() ? 1 : 0);
        } catch (IOException e) {
            return false;
        }
    }

    void opening(String folderId, Set<String> thereBefore, Instant now) {
        if (trace.openingSince().isEmpty() || !ItemId.same(trace.folderId(), folderId)) {
            Instant since = trace.openingSince().orElse(now);
            trace = trace.opening(folderId, thereBefore, since);
            write(to -> to.opening(folderId, thereBefore, since));
        }
    }

    void opened(UploadSession session) {
        trace = trace.opened(session.url().secret(), session.state().expires());
        write(to -> to.opened(session.url().secret(), session.state().expires().orElse(null)));
        forgetLostOpenings();
    }

    void reading(PrefixDigest prefix) {
        if (entry.isPresent()) {
            write(to -> to.reading(prefix));
        }
    }

    void force() {
        if (entry.isPresent()) {
            write(JournalEntry::force);
        }
    }

    void ended() {
        trace = trace.ended();
        if (entry.isPresent()) {
            write(JournalEntry::ended);
        }
    }

    void committed(String itemId) {
        trace = trace.committed(itemId);
        write(to -> to.committed(itemId));
        forgetLostOpenings();
    }

    /** What it knows is wrong: the item is not what we sent. */
    void forget() {
        trace = JournalTrace.begun(trace.identity());
        entry.ifPresent(this::forget);
        entry = Optional.empty();
    }

    /** Leaves to the next what it can use. */
    @Override
    public void close() {
        entry.ifPresent(left -> leave(left, trace.isUseful()));
        lostOpenings.forEach(left -> leave(left, true));
    }

    private void forgetLostOpenings() {
        lostOpenings.forEach(this::forget);
        lostOpenings.clear();
    }

    private void leave(JournalEntry left, boolean useful) {
        try (left) {
            if (!useful) {
                left.forget();
            }
        } catch (IOException e) {
            warn(e);
        }
    }

    private void forget(JournalEntry done) {
        try (done) {
            done.forget();
        } catch (IOException e) {
            warn(e);
        }
    }

    private void write(Step step) {
        try {
            if (entry.isEmpty() && !broken) {
                entry = Optional.of(journal.begin(key, trace.identity()));
            }
            if (entry.isPresent()) {
                step.on(entry.get());
            }
        } catch (IOException e) {
            warn(e);
        }
    }

    private void warn(IOException e) {
        if (!broken) {
            LOG.warn("The journal of uploads can't be written, so the upload of '{}' to '{}' could not be continued after a "
                    + "crash. It goes on without. {}", key.target(), key.destination(), e.getMessage());
        }
        broken = true;
    }

    private interface Step {
        void on(JournalEntry entry) throws IOException;
    }
}
