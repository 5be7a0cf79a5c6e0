package io.github.camelonedrive.backup.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.Secret;

/** All settings of one invocation: the settings file overlaid by the command line's {@code -D}. Defaults live in the code. */
public final class Settings {

    private static final String LEVEL_PREFIX = "logging.level.";
    private static final List<String> SECRET_ENDINGS = List.of("secret", "token", "password", "passphrase", "privatekey");

    private final Path base;
    private final Map<String, String> values;
    private final List<WatchSettings> watches;
    private final ConsoleSettings console;
    private final ObserveSettings observe;

    private Settings(Path base, Map<String, String> values, List<WatchSettings> watches, ConsoleSettings console,
                     ObserveSettings observe) {
        this.base = base;
        this.values = values;
        this.watches = watches;
        this.console = console;
        this.observe = observe;
    }

    /**
     * @param  base   the directory that relative paths in the settings start from: the settings file's own
     * @param  values name to value
     * @throws BackupException for an unknown name below {@code backup.} and for an illegal value
     */
    public static Settings of(Path base, Map<String, String> values) throws BackupException {
        SettingNames.check(values.keySet());
        registerSecrets(values);
        List<WatchSettings> watches = new ArrayList<>();
        for (String name : SettingNames.watches(values)) {
            watches.add(new WatchSettingsReader(name, values, base.toAbsolutePath()).read());
        }
        ConsoleSettings console = ConsoleSettings.read(values);
        return new Settings(base.toAbsolutePath(), Collections.unmodifiableMap(new TreeMap<>(values)), List.copyOf(watches),
                console, ObserveSettings.read(values, console));
    }

    // The log back-end can then keep a secret out of the log that somebody wrote into the settings.
    private static void registerSecrets(Map<String, String> values) {
        values.forEach((name, value) -> {
            String plain = name.toLowerCase(Locale.ROOT).replace("-", "");
            if (SECRET_ENDINGS.stream().anyMatch(plain::endsWith) && !value.isBlank()) {
                Secret.of(value.strip());
            }
        });
    }

    /** The watched directories, sorted by name. */
    public List<WatchSettings> watches() {
        return watches;
    }

    /** {@code backup.console.*}: where pages are shown. */
    public ConsoleSettings console() {
        return console;
    }

    /** {@code backup.observe.*} and {@code backup.health.after}: where health and metrics are shown. */
    public ObserveSettings observe() {
        return observe;
    }

    /** {@code backup.routes}: the folder of routes, if it is not the one beside the launcher. */
    public Optional<Path> routes() {
        return value("backup.routes").map(base::resolve).map(Path::normalize);
    }

    /** {@code camel.component.onedrive.journal-directory}, if it is not the home's. */
    public Optional<Path> journalDirectory() {
        return componentOption("journal-directory").filter(text -> !text.isEmpty()).map(base::resolve).map(Path::normalize);
    }

    /** {@code logging.level.*}: logger name to level. */
    public Map<String, String> logLevels() {
        Map<String, String> levels = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(LEVEL_PREFIX)) {
                levels.put(name.substring(LEVEL_PREFIX.length()), value.strip());
            }
        });
        return levels;
    }

    /**
     * What Camel gets: everything but the application's own names and the log levels, so that {@code camel.*} options apply
     * and a route can use any other name as {@code {{name}}}.
     */
    public Map<String, String> forCamel() {
        Map<String, String> camel = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (!name.startsWith(SettingNames.PREFIX) && !name.startsWith(LEVEL_PREFIX)) {
                camel.put(name, value);
            }
        });
        return camel;
    }

    /** An option of the component ({@code camel.component.onedrive.NAME}), in kebab or camel case. */
    public Optional<String> componentOption(String kebabName) {
        String wanted = kebabName.replace("-", "");
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("camel.component.onedrive."))
                .filter(entry -> entry.getKey().substring("camel.component.onedrive.".length()).replace("-", "")
                        .equalsIgnoreCase(wanted))
                .map(Map.Entry::getValue).map(String::strip).findFirst();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The names that are set; values stay inside. */
    public Set<String> names() {
        return values.keySet();
    }

    /** Names only: a value may be a secret. */
    @Override
    public String toString() {
        return "Settings" + names();
    }
}
