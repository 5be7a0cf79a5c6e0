package io.github.camelonedrive.backup.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A watched directory as the settings describe it (DESIGN §6).
 *
 * @param name        what log lines and the route call it
 * @param directory   absolute; where dumps appear
 * @param destination the vault's destination that they go to
 * @param folder      replaces the destination's folder
 * @param include     a file's name must match it entirely, whatever the case, as with {@code include} of Camel's {@code file:}
 * @param exclude     a file whose name matches it is left alone; wins over include
 * @param recursive   whether sub-directories are watched too; their structure is kept below the target folder
 * @param quietPeriod how long size, time and file key must stand still before a dump counts as complete
 * @param followLinks whether symbolic links are followed, as far as they stay below the directory and lead to what is not
 *                    reached by its own name
 * @param deleteAfter how long a pushed dump stays in {@code .done/}; zero deletes at once; absent keeps it
 */
public record WatchSettings(
        String name,
        Path directory,
        String destination,
        Optional<String> folder,
        Optional<Pattern> include,
        Optional<Pattern> exclude,
        boolean recursive,
        Duration quietPeriod,
        boolean followLinks,
        Optional<Duration> deleteAfter) {

    /** How long a dump must stand still unless {@code quiet-period} says otherwise. */
    public static final Duration DEFAULT_QUIET_PERIOD = Duration.ofSeconds(10);
}
