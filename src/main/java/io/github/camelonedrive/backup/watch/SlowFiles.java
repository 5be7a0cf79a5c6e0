package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;

/**
 * Reports files that do not become complete: they keep changing, stay open for writing, or are too small to be dumps. Each is
 * one trouble that ends when the file is taken or gone. Used by the thread of the poll.
 */
final class SlowFiles {

    private static final Duration CHANGING = Duration.ofSeconds(100);
    private static final Duration OPEN = Duration.ofSeconds(60);
    private static final Duration SMALL = Duration.ofHours(1);
    private static final int MOST = 1_000;

    private record Report(TroubleKind kind, String about) {
    }

    private record Opened(OpenFiles.Writer writer, Instant since) {
    }

    private final WatchSettings settings;
    private final Subject subject;
    private final Troubles troubles;
    private final Map<Path, Opened> open = new HashMap<>();
    private final Map<Path, Instant> small = new HashMap<>();
    private final Set<Path> smallInPass = new HashSet<>();
    private final Set<Report> reported = new HashSet<>();
    private final Set<Report> current = new HashSet<>();

    SlowFiles(WatchSettings settings, Troubles troubles) {
        this.settings = settings;
        this.subject = new Subject.Watch(settings.name());
        this.troubles = troubles;
    }

    void open(DumpPath path, OpenFiles.Writer writer, Instant now) {
        Opened before = open.get(path.shown());
        open.put(path.shown(), new Opened(writer, before == null ? now : before.since()));
    }

    void notOpen(DumpPath path) {
        open.remove(path.shown());
    }

    void tooSmall(DumpPath path, long size, Instant now) {
        if (!small.containsKey(path.shown()) && small.size() >= MOST) {
            return;
        }
        Instant since = small.computeIfAbsent(path.shown(), shown -> now);
        smallInPass.add(path.shown());
        if (!since.plus(SMALL).isAfter(now)) {
            report(TroubleKind.TOO_SMALL, path, path + " has " + size + " bytes, which is less than "
                    + settings.minSize() + ", so it is no dump and is left alone.",
                    "Look at the program that writes it; backup.watch." + settings.name() + ".min-size=0 lets empty files through.");
        }
    }

    /** Reports what is unusable in a pass. */
    void report(TroubleKind kind, DumpPath path, String problem, String remedy) {
        if (current.size() >= MOST) {
            return;
        }
        current.add(new Report(kind, path.toString()));
        troubles.begin(kind, subject, path.toString(), problem, remedy);
    }

    /** As {@link #report}, for what was logged when it happened. */
    void note(TroubleKind kind, DumpPath path, String problem, String remedy) {
        if (current.size() < MOST) {
            current.add(new Report(kind, path.toString()));
            troubles.note(kind, subject, path.toString(), problem, remedy);
        }
    }

    /** Ends a pass: reports the files that are not complete yet, and ends the reports of those that are. */
    void endPass(Backlog backlog, Instant now) {
        Set<Path> known = new HashSet<>();
        for (Backlog.Candidate candidate : backlog.all()) {
            known.add(candidate.path().shown());
            Opened opened = open.get(candidate.path().shown());
            if (opened != null && !opened.since().plus(OPEN).isAfter(now)) {
                report(TroubleKind.HELD_OPEN, candidate.path(), candidate.path() + " stands still, but " + opened.writer()
                        + " has it open for writing. It is uploaded when it is closed.",
                        "If that process hangs, end it.");
            } else if (isChanging(candidate, now)) {
                report(TroubleKind.NEVER_STILL, candidate.path(), candidate.path() + " is still being written: it has not stood"
                        + " still for " + settings.quietPeriod().toSeconds() + " s since it appeared.",
                        "It is uploaded when it stands still.");
            }
        }
        open.keySet().retainAll(known);
        small.keySet().retainAll(smallInPass);
        smallInPass.clear();
        reported.removeAll(current);
        reported.forEach(over -> troubles.end(over.kind(), subject, over.about()));
        reported.clear();
        reported.addAll(current);
        current.clear();
    }

    private boolean isChanging(Backlog.Candidate candidate, Instant now) {
        return candidate.since().isAfter(candidate.firstSeen()) && !candidate.firstSeen().plus(CHANGING).isAfter(now)
                && candidate.since().plus(settings.quietPeriod()).isAfter(now) && candidate.proof().isEmpty();
    }
}
