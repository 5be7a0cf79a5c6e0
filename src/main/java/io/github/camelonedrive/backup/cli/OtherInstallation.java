package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.runtime.Home;
import io.github.camelonedrive.backup.settings.SettingsFile;

/**
 * Settings and home that lie in the working directory and are not in use: whoever expects them to be reads how to name them.
 * Only their being there is looked at; nothing in them is read.
 *
 * @param options what to give, empty where there is nothing
 */
record OtherInstallation(Path directory, List<String> options, boolean hasVault, Home inUse) {

    static OtherInstallation in(Path workingDirectory, Path settingsInUse, Home homeInUse) {
        Path settings = workingDirectory.resolve(SettingsFile.NAME);
        Path home = workingDirectory.resolve(Home.DEFAULT_NAME);
        List<String> options = new ArrayList<>();
        if (isOther(settings, settingsInUse)) {
            options.add("--config ./" + SettingsFile.NAME);
        }
        boolean otherHome = isOther(home, homeInUse.directory());
        if (otherHome) {
            options.add("--home ./" + Home.DEFAULT_NAME);
        }
        return new OtherInstallation(workingDirectory, options,
                otherHome && Files.exists(Home.at(home).vaultFile()), homeInUse);
    }

    private static boolean isOther(Path here, Path inUse) {
        try {
            return Files.exists(here) && !(Files.exists(inUse) && Files.isSameFile(here, inUse));
        } catch (IOException e) {
            return true;
        }
    }

    /** One line that says so. */
    Optional<String> note() {
        return options.isEmpty() ? Optional.empty() : Optional.of("Not used: what lies in the current directory, " + directory
                + ". To use it, give " + String.join(" ", options) + ".");
    }

    /** Throws with exit code 2 if there is a vault here but none in the home in use. */
    void refuseItsVault() throws BackupException {
        if (hasVault && !Files.exists(inUse.vaultFile())) {
            throw BackupException.usage("The home in use, " + inUse + ", has no vault, but the current directory's "
                    + Home.DEFAULT_NAME + " has one.", "To use that, give " + String.join(" ", options)
                    + "; else start elsewhere, or make a vault: onedrive-backup vault init.");
        }
    }
}
