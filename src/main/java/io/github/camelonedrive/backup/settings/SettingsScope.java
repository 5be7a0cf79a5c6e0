package io.github.camelonedrive.backup.settings;

import java.util.List;
import java.util.Locale;

/** Which names a command reads from the settings file. */
public enum SettingsScope {

    /** All of them: commands that load routes, which may use any name. */
    ROUTES,

    /** What it takes to reach OneDrive: all other commands. Nothing of it makes Camel load routes or beans. */
    CALLS;

    private static final List<String> OF_CALLS = List.of("backup.", "camel.component.onedrive.", "camel.ssl.", "logging.level.");
    private static final String SHUTDOWN_TIMEOUT = "camel.main.shutdowntimeout";

    boolean includes(String name) {
        return this == ROUTES || OF_CALLS.stream().anyMatch(name::startsWith)
                || name.toLowerCase(Locale.ROOT).replace("-", "").equals(SHUTDOWN_TIMEOUT);
    }
}
