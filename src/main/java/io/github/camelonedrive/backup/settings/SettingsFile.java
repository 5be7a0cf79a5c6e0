package io.github.camelonedrive.backup.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.trust.TrustCheck;

/**
 * Finds and reads {@code application.properties}: the one named by {@code --config} or {@code ONEDRIVE_BACKUP_CONFIG}, else
 * the one beside the launcher, never one that merely lies in the working directory. An empty or missing file (unless it was
 * named) is valid.
 */
public final class SettingsFile {

    /** What the file is called. */
    public static final String NAME = "application.properties";

    /** Names the file in the environment. */
    public static final String VARIABLE = "ONEDRIVE_BACKUP_CONFIG";

    private final Path file;
    private final boolean named;

    private SettingsFile(Path file, boolean named) {
        this.file = file.toAbsolutePath().normalize();
        this.named = named;
    }

    /**
     * Locates the file. Its place does not depend on whether a file is there: the home lies beside it, and would move when
     * one appears.
     *
     * @param option       what {@code --config} gave
     * @param environment  the process's variables
     * @param installation the launcher's directory
     */
    public static SettingsFile locate(Optional<Path> option, Map<String, String> environment, Path installation) {
        Optional<Path> named = option.or(() -> Optional.ofNullable(environment.get(VARIABLE)).filter(text -> !text.isBlank())
                .map(Path::of));
        return new SettingsFile(named.orElseGet(() -> installation.resolve(NAME)), named.isPresent());
    }

    /** Absolute; may not exist. */
    public Path path() {
        return file;
    }

    /** Where the file lies: relative paths in it start here, and the default home is here. */
    public Path directory() {
        return file.getParent();
    }

    /**
     * Reads the settings.
     *
     * @param  scope     which names are read from the file; others are as if they were not there
     * @param  overrides the command line's {@code -D}, which win, whatever their names
     * @param  trust     refuses a file that another user could have written
     * @throws BackupException when a named file is missing, the file can't be read or is refused, or a setting is illegal
     */
    public Settings read(SettingsScope scope, Map<String, String> overrides, TrustCheck trust) throws BackupException {
        Map<String, String> values = new TreeMap<>();
        Properties properties = load(trust);
        properties.stringPropertyNames().stream().filter(name -> scope.includes(name.strip()))
                .forEach(name -> values.put(name.strip(), properties.getProperty(name)));
        values.putAll(overrides);
        return Settings.of(directory(), values);
    }

    private Properties load(TrustCheck trust) throws BackupException {
        Properties properties = new Properties();
        if (Files.notExists(file) && !named) {
            return properties;
        }
        if (Files.notExists(file)) {
            throw BackupException.usage("The settings file " + file + " is not there.", "Check --config and " + VARIABLE + ".");
        }
        Path real = trust.requireFile("The settings file", file);
        try (Reader reader = Files.newBufferedReader(real, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw BackupException.usage("The settings file " + file + " can't be read as UTF-8 properties.",
                    "Check its permissions and its encoding.", e);
        }
    }
}
