package io.github.camelonedrive.backup.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;

/** Turns {@code backup.watch.NAME.*} into {@link WatchSettings}, each illegal value with an error that shows a legal one. */
final class WatchSettingsReader {

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
        return new WatchSettings(name, directory(), required("destination", "offsite"), folder(),
                pattern("include"), pattern("exclude"), flag("recursive"),
                duration("quiet-period").orElse(WatchSettings.DEFAULT_QUIET_PERIOD), flag("follow-links"),
                duration("delete-after"));
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
