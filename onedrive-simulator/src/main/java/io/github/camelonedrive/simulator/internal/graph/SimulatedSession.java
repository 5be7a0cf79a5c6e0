package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.UploadSessionView;
import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.IncomingContent;
import io.github.camelonedrive.simulator.internal.http.Call;

/** One upload session. Guarded by its own lock. */
public final class SimulatedSession {
    enum State { OPEN, COMMITTED, CANCELLED, EXPIRED }

    /**
     * How long an upload session lives.
     *
     * @param idle how far ahead each accepted fragment pushes the expiry
     * @param url how long the upload URL's own token is good, whatever happens
     */
    public record Lifetime(Duration idle, Duration url) {
        private static final Lifetime TODAY = new Lifetime(Duration.ofMinutes(15), Duration.ofHours(24));
        private static final Lifetime LEGACY = new Lifetime(Duration.ofDays(7), Duration.ofDays(7));

        public static Lifetime of(AccountType accountType) {
            return accountType == AccountType.PERSONAL_LEGACY ? LEGACY : TODAY;
        }
    }

    final String guid;
    final String rawTarget;
    final DriveTree.Target target;
    final ConflictRule conflict;
    final DriveTree.FileTimes times;
    final String description;
    final Instant created;
    final IncomingContent content;
    private final Lifetime lifetime;

    Instant expires;
    State state = State.OPEN;
    /** The file's size, or -1 until the first fragment says it. */
    long total = -1;
    int acceptedFragments;
    /** A fragment was no multiple of 320 KiB; the commit will fail. */
    boolean misaligned;
    private boolean reportedGone;
    /** What counts: everything up to the end of the last accepted fragment. */
    IncomingContent.Mark accepted;
    /** The fragment that may write; a newer one takes over from one that hangs. */
    Call writer;

    SimulatedSession(String guid, String rawTarget, DriveTree.Target target, ConflictRule conflict, DriveTree.FileTimes times,
            String description, Instant created, Lifetime lifetime, IncomingContent content) {
        this.guid = guid;
        this.rawTarget = rawTarget;
        this.target = target;
        this.conflict = conflict;
        this.times = times;
        this.description = description;
        this.created = created;
        this.lifetime = lifetime;
        this.expires = created.plus(lifetime.idle());
        this.content = content;
        this.accepted = content.mark();
    }

    synchronized long next() {
        return accepted.length();
    }

    /** A fragment was accepted: the session lives on. */
    void prolong(Instant now) {
        expires = now.plus(lifetime.idle());
    }

    /** Returns whether the upload URL's own token is too old, however long the session would live. */
    boolean isUrlExpired(Instant now) {
        return !now.isBefore(created.plus(lifetime.url()));
    }

    synchronized boolean isOpen(Instant now) throws IOException {
        if (state == State.OPEN && !now.isBefore(expires)) {
            close(State.EXPIRED);
        }
        return state == State.OPEN;
    }

    synchronized void close(State end) throws IOException {
        if (state == State.OPEN) {
            state = end;
            content.discard();
        }
    }

    /** Records that a client is told that this session is gone. Returns whether one was told before. */
    synchronized boolean reportGone() {
        boolean before = reportedGone;
        reportedGone = true;
        return before;
    }

    Commits.Destination destination() {
        return new Commits.Destination(target, conflict, times, description);
    }

    public synchronized UploadSessionView view() {
        return new UploadSessionView(target.path(), created, expires, accepted.length(), total, acceptedFragments);
    }
}
