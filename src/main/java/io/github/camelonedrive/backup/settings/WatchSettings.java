package io.github.camelonedrive.backup.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A watched directory as the settings describe it.
 *
 * @param name        what log lines and the route call it
 * @param directory   absolute; where dumps appear
 * @param destination the vault's destination that they go to
 * @param folder      replaces the destination's folder
 * @param include     a file's name must match it entirely, whatever the case, as with {@code include} of Camel's {@code file:}
 * @param exclude     a file whose name matches it is left alone; wins over include
 * @param recursive   whether sub-directories are watched too; their structure is kept below the target folder
 * @param temporary   names that are never dumps, beside the usual ones such as {@code .part}
 * @param minSize     in bytes; a smaller file is no dump and is left alone
 * @param quietPeriod how long size and modification time must stand still before a dump counts as complete
 * @param followLinks whether symbolic links are followed, as far as they stay below the directory and lead to what is not
 *                    reached by its own name
 * @param content     whether the route uploads the dump's own bytes
 * @param deleteAfter how long a pushed dump stays in {@code .done/}; zero deletes it after one more quiet period; absent
 *                    keeps it
 */
public record WatchSettings(
        String name,
        Path directory,
        String destination,
        Optional<String> folder,
        Optional<Pattern> include,
        Optional<Pattern> exclude,
        List<Pattern> temporary,
        long minSize,
        boolean recursive,
        Duration quietPeriod,
        boolean followLinks,
        Content content,
        Optional<Duration> deleteAfter) {

    /** What a watch's route sends. */
    public enum Content {

        /** The dump as it is: anything else that is uploaded in its place is refused. */
        SAME,

        /** What the route makes of the dump, for example a compressed copy. */
        CHANGED
    }

    /** The smallest dump unless {@code min-size} says otherwise: an empty file is no dump. */
    public static final long DEFAULT_MIN_SIZE = 1;

    /** How long a dump must stand still unless {@code quiet-period} says otherwise. */
    public static final Duration DEFAULT_QUIET_PERIOD = Duration.ofSeconds(10);
}
