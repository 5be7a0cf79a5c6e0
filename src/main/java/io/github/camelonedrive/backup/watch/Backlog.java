package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a watch knows of between polls: since when each has stood still, how often it failed, whether it is being
 * uploaded. Holds at most {@value #MOST} files, so that memory does not grow with the number of waiting dumps; the others are
 * looked at when there is room. A directory is the only record: what is forgotten here is found again. Safe for concurrent
 * use; times are of a clock that never goes back.
 */
final class Backlog {

    static final int MOST = 5_000;
    static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
    private static final Duration STUCK = Duration.ofMinutes(10);
    private static final int DOUBLINGS_TO_LONGEST = 7;

    /** What is known of one file. */
    static final class Candidate {

        private final DumpPath path;
        private final Instant firstSeen;
        private FileState state;
        private Instant since;
        private Instant notBefore;
        private int attempts;
        private boolean keyIsStable = true;
        private boolean inHand;
        private long pass;
        private Optional<Proof> proof = Optional.empty();
        private Optional<Path> recorded = Optional.empty();

        private Candidate(DumpPath path, FileState state, Instant now) {
            this.path = path;
            this.state = state;
            this.firstSeen = now;
            this.since = now;
            this.notBefore = now;
        }

        DumpPath path() {
            return path;
        }

        FileState state() {
            return state;
        }

        Instant firstSeen() {
            return firstSeen;
        }

        /** Returns since when size and modification time have stood still. */
        Instant since() {
            return since;
        }

        /**
         * Returns whether each look at the unchanged file gave the same key. Only then another key means another file.
         */
        boolean keyIsStable() {
            return keyIsStable;
        }

        /** Returns the name in {@code .done/} that is on record already, where the file could not be moved there. */
        Optional<Path> recorded() {
            return recorded;
        }

        /** Returns what proved the file at an earlier attempt, as long as nothing is known that changed it. */
        Optional<Proof> proof() {
            return proof;
        }
    }

    /** @param attempt how often the file failed so far; @param next when it is tried again */
    record Postponement(int attempt, Instant next) {
    }

    private final Duration quietPeriod;
    private final Map<Path, Candidate> candidates = new LinkedHashMap<>();
    private long pass;
    private int inHand;
    private int skip;
    private int unknown;

    Backlog(Duration quietPeriod) {
        this.quietPeriod = quietPeriod;
    }

    /** Begins a pass over the whole directory. */
    synchronized void beginPass() {
        pass++;
        unknown = 0;
    }

    /** Records how a file looks. Returns empty if it is new and there is no room for it. */
    synchronized Optional<Candidate> seen(DumpPath path, FileState now, Instant time) {
        Candidate candidate = candidates.get(path.shown());
        if (candidate == null) {
            unknown++;
            if (candidates.size() >= MOST || unknown <= skip) {
                return Optional.empty();
            }
            candidate = new Candidate(path, now, time);
            candidates.put(path.shown(), candidate);
        } else if (!candidate.inHand) {
            look(candidate, now, time);
        }
        candidate.pass = pass;
        return Optional.of(candidate);
    }

    /** Records another look at a known file and returns whether it stood still. */
    synchronized boolean look(Candidate candidate, FileState now, Instant time) {
        boolean same = candidate.state.standsStill(now);
        if (!same) {
            candidate.since = time;
            candidate.notBefore = time;
        } else if (!candidate.state.key().equals(now.key())) {
            candidate.keyIsStable = false;
        }
        candidate.state = now;
        return same;
    }

    /**
     * Ends a pass: what it did not see is gone. When there is no room left, files that were postponed or do not become complete
     * make room for others, and the next pass leaves out as many new files, so that it does not find the same ones first again.
     */
    synchronized void endPass(Instant now) {
        candidates.values().removeIf(candidate -> !candidate.inHand && candidate.pass != pass);
        int before = candidates.size();
        if (before >= MOST) {
            candidates.values().removeIf(candidate -> !candidate.inHand && candidate.proof.isEmpty()
                    && (candidate.attempts > 0 || candidate.firstSeen.plus(STUCK).isBefore(now)) && candidates.size() > MOST / 2);
        }
        skip = before - candidates.size();
    }

    /** Returns files that have stood still for the quiet period and are due, those that were seen first at the head. */
    synchronized List<Candidate> ripe(int most, Instant now) {
        List<Candidate> ripe = new ArrayList<>();
        for (Candidate candidate : candidates.values()) {
            if (ripe.size() >= most) {
                break;
            }
            if (!candidate.inHand && !candidate.since.plus(quietPeriod).isAfter(now) && !candidate.notBefore.isAfter(now)) {
                ripe.add(candidate);
            }
        }
        return ripe;
    }

    synchronized List<Candidate> all() {
        return List.copyOf(candidates.values());
    }

    synchronized void take(Candidate candidate) {
        if (!candidate.inHand) {
            candidate.inHand = true;
            inHand++;
        }
    }

    /** Ends what {@link #take} began; the file stays known. */
    synchronized void release(Candidate candidate) {
        if (candidate.inHand) {
            candidate.inHand = false;
            inHand--;
        }
    }

    synchronized int inHand() {
        return inHand;
    }

    synchronized void forget(Candidate candidate) {
        release(candidate);
        candidates.remove(candidate.path.shown(), candidate);
    }

    /** Has the file stand still for a whole quiet period again. @param proof what its content was proven by, if it was */
    synchronized void changed(Candidate candidate, FileState now, Optional<Proof> proof, Instant time) {
        candidate.state = now;
        candidate.since = time;
        candidate.proof = proof;
        candidate.recorded = Optional.empty();
    }

    /** Records a failure; the delay to the next attempt doubles from 5 s to 10 min. @param earliest never before this */
    synchronized Postponement postpone(Candidate candidate, Optional<Proof> proof, Instant now, Instant earliest) {
        candidate.attempts++;
        candidate.proof = proof;
        Instant next = now.plus(delay(candidate.attempts));
        candidate.notBefore = next.isBefore(earliest) ? earliest : next;
        return new Postponement(candidate.attempts, candidate.notBefore);
    }

    /** Has the file wait behind the others, without counting that as a failure. */
    synchronized void delay(Candidate candidate, Instant until) {
        candidate.notBefore = until;
        if (candidates.remove(candidate.path.shown(), candidate)) {
            candidates.put(candidate.path.shown(), candidate);
        }
    }

    /** Notes that the proof is on record, with the file's name in {@code .done/}. */
    synchronized void recorded(Candidate candidate, Path done) {
        candidate.recorded = Optional.of(done);
    }

    static Duration delay(int attempt) {
        return attempt > DOUBLINGS_TO_LONGEST ? LONGEST_DELAY : FIRST_DELAY.multipliedBy(1L << (attempt - 1));
    }
}
