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

/**
 * Finds and reads {@code application.properties}: the one named by {@code --config}, else the one in the working directory
 * (DESIGN §6). An empty or missing file (unless it was named) is valid.
 */
public final class SettingsFile {

    /** What the file is called. */
    public static final String NAME = "application.properties";

    private final Path file;
    private final boolean named;

    private SettingsFile(Path file, boolean named) {
        this.file = file.toAbsolutePath().normalize();
        this.named = named;
    }

    /**
     * The place does not depend on whether a file is there: the home lies beside it, and would jump when one appears.
     *
     * @param named            what {@code --config} gave
     * @param workingDirectory where the command was called
     */
    public static SettingsFile locate(Optional<Path> named, Path workingDirectory) {
        return new SettingsFile(workingDirectory.resolve(named.orElse(Path.of(NAME))), named.isPresent());
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
     * @param  overrides the command line's {@code -D}, which win
     * @throws BackupException when a named file is missing, the file can't be read, or a setting is illegal
     */
    public Settings read(Map<String, String> overrides) throws BackupException {
        Map<String, String> values = new TreeMap<>();
        Properties properties = load();
        properties.stringPropertyNames().forEach(name -> values.put(name.strip(), properties.getProperty(name)));
        values.putAll(overrides);
        return Settings.of(directory(), values);
    }

    private Properties load() throws BackupException {
        Properties properties = new Properties();
        if (!named && !Files.exists(file)) {
            return properties;
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw BackupException.usage("The settings file " + file + " can't be read as UTF-8 properties.",
                    Files.exists(file) ? "Check its permissions and its encoding." : "It is not there: check --config.", e);
        }
    }
}
