package io.github.camelonedrive.backup.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each file that failed for no fault of its own is tried again: 5 s, 10 s, 20 s, … at most 10 min later. */
final class RetrySchedule {

    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int DOUBLINGS_TO_LONGEST = 7;

    /** @param attempt how often it failed so far; @param next when it is tried again */
    record Postponement(int attempt, Instant next) {
    }

    private final InstantSource clock;
    private final Map<Path, Postponement> postponements = new ConcurrentHashMap<>();

    RetrySchedule(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes another failure. */
    Postponement postpone(Path file) {
        return postponements.compute(file, (path, before) -> {
            int attempt = before == null ? 1 : before.attempt + 1;
            return new Postponement(attempt, clock.instant().plus(delay(attempt)));
        });
    }

    static Duration delay(int attempt) {
        if (attempt > DOUBLINGS_TO_LONGEST) {
            return LONGEST;
        }
        return FIRST.multipliedBy(1L << (attempt - 1));
    }

    /** Whether the file's time has come; true for a file that never failed. */
    boolean isDue(Path file) {
        Postponement postponement = postponements.get(file);
        return postponement == null || !clock.instant().isBefore(postponement.next);
    }

    void forget(Path file) {
        postponements.remove(file);
    }

    /** Drops what it knows of files that are gone. */
    void prune() {
        postponements.keySet().removeIf(Files::notExists);
    }
}
