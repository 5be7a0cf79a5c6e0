package io.github.camelonedrive.backup.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers between polls since when each file has stood still, so that no poll has to wait. The clock decides, not the
 * file's own time, which copies and unpacked archives bring along from the past.
 */
final class QuietPeriod {

    private record Observation(FileIdentity identity, Instant since) {
    }

    private final Duration period;
    private final InstantSource clock;
    private final Map<Path, Observation> observations = new ConcurrentHashMap<>();

    QuietPeriod(Duration period, InstantSource clock) {
        this.period = period;
        this.clock = clock;
    }

    /** Notes how the file looks now; true when it has looked so for the whole period. */
    boolean isOver(Path file, FileIdentity now) {
        Instant instant = clock.instant();
        Observation observation = observations.compute(file, (path, before) ->
                before != null && before.identity.equals(now) ? before : new Observation(now, instant));
        return !observation.since.plus(period).isAfter(instant);
    }

    /** How the file looked at the last poll. */
    Optional<FileIdentity> lastSeen(Path file) {
        return Optional.ofNullable(observations.get(file)).map(Observation::identity);
    }

    void forget(Path file) {
        observations.remove(file);
    }

    /** Drops what it knows of files that are gone. */
    void prune() {
        observations.keySet().removeIf(Files::notExists);
    }
}
