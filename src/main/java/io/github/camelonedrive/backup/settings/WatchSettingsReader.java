package io.github.camelonedrive.backup.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.WatchSettings.Content;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.upload.ByteSize;

/** Turns {@code backup.watch.NAME.*} into {@link WatchSettings}, each illegal value with an error that shows a legal one. */
final class WatchSettingsReader {

    private static final Duration SHORTEST_WITH_CHANGED_CONTENT = Duration.ofHours(24);

    private final Map<String, String> values;
    private final Path base;
    private final String prefix;
    private final String name;

    WatchSettingsReader(String name, Map<String, String> values, Path base) {
        this.name = name;
        this.values = values;
        this.base = base;
        this.prefix = SettingNames.WATCH_PREFIX + name + ".";
    }

    WatchSettings read() throws BackupException {
        Content content = content();
        return new WatchSettings(name, directory(), required("destination", "offsite"), folder(),
                pattern("include"), pattern("exclude"), temporary(), size("min-size").orElse(WatchSettings.DEFAULT_MIN_SIZE),
                flag("recursive"), duration("quiet-period").orElse(WatchSettings.DEFAULT_QUIET_PERIOD), flag("follow-links"),
                content, deleteAfter(content));
    }

    private Content content() throws BackupException {
        String text = value("content").orElse("same");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "same" -> Content.SAME;
            case "changed" -> Content.CHANGED;
            default -> throw illegal("content", text,
                    "Give same, or changed where the route uploads something else than the dump's own bytes.", null);
        };
    }

    // What OneDrive has is not the dump itself, so a mistake in the route must have time to be seen.
    private Optional<Duration> deleteAfter(Content content) throws BackupException {
        Optional<Duration> keep = duration("delete-after");
        if (content == Content.CHANGED && keep.filter(time -> time.compareTo(SHORTEST_WITH_CHANGED_CONTENT) < 0).isPresent()) {
            throw BackupException.usage(prefix + "delete-after is " + value("delete-after").orElseThrow() + ", but with "
                    + prefix + "content=changed OneDrive has something else than the dump.",
                    "Give at least 24h, or leave it out to keep pushed dumps.");
        }
        return keep;
    }

    private List<Pattern> temporary() throws BackupException {
        try {
            return value("temporary").map(NamePatterns::parse).orElse(List.of());
        } catch (PatternSyntaxException e) {
            throw illegal("temporary", value("temporary").orElseThrow(),
                    "Give suffixes such as .dat, or patterns such as tmp-*, separated by commas.", e);
        }
    }

    private OptionalLong size(String key) throws BackupException {
        Optional<String> text = value(key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(ByteSize.parse(text.get()));
        } catch (IllegalArgumentException e) {
            throw illegal(key, text.get(), "Give a number of bytes, or a size such as 10kB or 1MB.", e);
        }
    }

    private Path directory() throws BackupException {
        String text = required("directory", "/var/backups/" + name);
        try {
            return base.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw illegal("directory", text, "Give the path of a directory.", e);
        }
    }

    // Known now, not when the first dump ends in .failed.
    private Optional<String> folder() throws BackupException {
        Optional<String> text = value("folder");
        try {
            NameRules.check(ItemPath.parse(text.orElse("/")));
            return text;
        } catch (IllegalNameException e) {
            throw BackupException.usage(e.problem(), "Correct " + prefix + "folder.", e);
        }
    }

    private Optional<Pattern> pattern(String key) throws BackupException {
        Optional<String> text = value(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(text.get(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        } catch (PatternSyntaxException e) {
            throw illegal(key, text.get(),
                    "It is a regular expression, as in Camel's file component: all SQL dumps are .*\\\\.sql in the file.", e);
        }
    }

    private boolean flag(String key) throws BackupException {
        String text = value(key).orElse("false");
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw illegal(key, text, "Give true or false.", null);
    }

    private Optional<Duration> duration(String key) throws BackupException {
        Optional<String> text = value(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = DurationText.parse(text.get());
        if (duration.isEmpty()) {
            throw illegal(key, text.get(), "Give a duration such as 500ms, 10s, 5m, 12h or 7d.", null);
        }
        return duration;
    }

    private String required(String key, String example) throws BackupException {
        Optional<String> value = value(key);
        if (value.isEmpty()) {
            throw BackupException.usage("The watch " + name + " has no " + key + ".",
                    "Set " + prefix + key + ", for example to " + example + ".");
        }
        return value.get();
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(values.get(prefix + key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private BackupException illegal(String key, String text, String remedy, Exception cause) {
        return BackupException.usage("'" + text + "' can't be " + prefix + key + ".", remedy, cause);
    }
}
