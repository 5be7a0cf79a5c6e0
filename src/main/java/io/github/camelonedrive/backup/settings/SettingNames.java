package io.github.camelonedrive.backup.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.camelonedrive.backup.failure.BackupException;

/** The names below {@code backup.} that the application knows. Names outside it belong to Camel, to logging or to routes. */
final class SettingNames {

    static final String PREFIX = "backup.";
    static final String WATCH_PREFIX = "backup.watch.";

    static final List<String> GENERAL = List.of(
            "backup.routes",
            "backup.console.enabled",
            "backup.console.port",
            "backup.console.host",
            "backup.console.public-url",
            "backup.observe.enabled",
            "backup.observe.host",
            "backup.observe.port",
            "backup.health.after");

    /** Names that later versions will know. */
    static final List<String> LATER = List.of(
            "backup.notify.uri",
            "backup.lib",
            "backup.console.password-file");

    static final List<String> OF_A_WATCH = List.of("directory", "destination", "folder", "include", "exclude", "recursive",
            "quiet-period", "temporary", "min-size", "content", "follow-links", "delete-after");

    private static final Pattern WATCH_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private SettingNames() {
    }

    /** @throws BackupException for the first unknown name below {@code backup.}, with the known name nearest to it */
    static void check(Set<String> names) throws BackupException {
        for (String name : new TreeSet<>(names)) {
            if (name.startsWith(WATCH_PREFIX)) {
                checkWatch(name);
            } else if (LATER.contains(name)) {
                throw BackupException.usage("The setting " + name + " comes with a later version; this one can't obey it.",
                        "Remove it until then.");
            } else if (name.startsWith(PREFIX) && !GENERAL.contains(name)) {
                throw unknown(name, nearestGeneral(name));
            }
        }
    }

    private static void checkWatch(String name) throws BackupException {
        String rest = name.substring(WATCH_PREFIX.length());
        int dot = rest.lastIndexOf('.');
        if (dot < 0) {
            throw BackupException.usage("The setting " + name + " is incomplete.",
                    "A watched directory's settings look like " + WATCH_PREFIX + "NAME.directory.");
        }
        String watch = rest.substring(0, dot);
        String key = rest.substring(dot + 1);
        if (!WATCH_NAME.matcher(watch).matches()) {
            throw BackupException.usage("'" + watch + "' in the setting " + name + " can't be a watch's name.",
                    "Use at most 64 letters, digits, '-' and '_'.");
        }
        if (!OF_A_WATCH.contains(key)) {
            throw unknown(name, WATCH_PREFIX + watch + "." + NearestName.of(key, OF_A_WATCH).orElseThrow());
        }
    }

    private static String nearestGeneral(String name) {
        return name.startsWith("backup.watch") ? WATCH_PREFIX + "NAME.directory" : NearestName.of(name, GENERAL).orElseThrow();
    }

    private static BackupException unknown(String name, String nearest) {
        return BackupException.usage("There is no setting " + name + ".", "Did you mean " + nearest + "?");
    }

    /** The watch names that occur, sorted; call {@link #check} first. */
    static Set<String> watches(Map<String, String> values) {
        Set<String> watches = new TreeSet<>();
        for (String name : values.keySet()) {
            if (name.startsWith(WATCH_PREFIX)) {
                String rest = name.substring(WATCH_PREFIX.length());
                watches.add(rest.substring(0, rest.lastIndexOf('.')));
            }
        }
        return watches;
    }
}
