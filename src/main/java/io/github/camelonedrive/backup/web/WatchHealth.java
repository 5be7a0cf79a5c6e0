package io.github.camelonedrive.backup.web;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.WatchStatus;

/** The state of one watch as health and metrics show it, with the troubles that concern it. */
public final class WatchHealth {

    private final String name;
    private final List<Subject> subjects;
    private final Supplier<WatchStatus> status;
    private final Troubles troubles;
    private final Duration after;

    /**
     * @param name        the watch's
     * @param destination where its dumps go
     * @param after       how long a passing trouble may last before the watch is not ready
     */
    public WatchHealth(String name, String destination, Supplier<WatchStatus> status, Troubles troubles, Duration after) {
        this.name = name;
        this.subjects = List.of(new Subject.Watch(name), new Subject.Destination(destination), Subject.PROGRAM);
        this.status = status;
        this.troubles = troubles;
        this.after = after;
    }

    String name() {
        return name;
    }

    WatchStatus status() {
        return status.get();
    }

    /** Returns the troubles of the watch, of its destination and of the program, the worst first. */
    List<Trouble> troubles() {
        return troubles.current().stream().filter(trouble -> subjects.contains(trouble.subject())).toList();
    }

    boolean isReady() {
        return troubles().stream().noneMatch(this::isDown);
    }

    boolean isDown(Trouble trouble) {
        return trouble.isDown(after, troubles.now());
    }

    /** Returns how long ago the directory was last looked at. */
    Duration sinceLastPoll(WatchStatus seen) {
        return Duration.between(seen.lastPoll(), troubles.now());
    }
}
