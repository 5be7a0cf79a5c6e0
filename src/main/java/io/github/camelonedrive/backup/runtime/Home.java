package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.files.FileOwner;
import io.github.camelonedrive.files.OwnerOnlyFiles;

/** The directory that holds the application's state: the vault, the upload journal, and the lock of a {@code run}. */
public final class Home {

    /** Names the home in the environment. */
    public static final String VARIABLE = "ONEDRIVE_BACKUP_HOME";

    /** What it is called unless somebody names it. */
    public static final String DEFAULT_NAME = ".onedrive-backup";

    private final Path directory;

    private Home(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** The home in that directory, whatever is in it. */
    public static Home at(Path directory) {
        return new Home(directory);
    }

    /** {@code --home}, else {@code ONEDRIVE_BACKUP_HOME}, else {@code .onedrive-backup} beside the settings file. */
    public static Home locate(Optional<Path> option, Map<String, String> environment, Path settingsDirectory) {
        Optional<Path> variable = Optional.ofNullable(environment.get(VARIABLE)).filter(text -> !text.isBlank()).map(Path::of);
        return new Home(option.or(() -> variable).orElseGet(() -> settingsDirectory.resolve(DEFAULT_NAME)));
    }

    public Path directory() {
        return directory;
    }

    public Path vaultFile() {
        return directory.resolve("vault.json");
    }

    /** Where uploads under way are remembered, unless the settings name another place. */
    Path journalDirectory() {
        return directory.resolve("journal");
    }

    /** The append-only record of proven dumps. */
    public Path catalogueDirectory() {
        return directory.resolve("catalogue");
    }

    /** The dumps that are held, by watch. */
    public Path heldDirectory() {
        return directory.resolve("held");
    }

    Path lockFile() {
        return directory.resolve("run.lock");
    }

    /**
     * Checks that the directory, if it is there, is ours, so that nothing is written for another user or through another
     * user's links.
     *
     * @throws BackupException if it belongs to another user
     */
    public void requireOurs() throws BackupException {
        try {
            Path real = OwnerOnlyFiles.resolveLinks(directory);
            Optional<FileOwner> foreign = Files.exists(real) ? OwnerOnlyFiles.foreignOwner(real) : Optional.empty();
            if (foreign.isPresent()) {
                throw new BackupException(FailureKind.VAULT, "The home " + directory + " belongs to the user " + foreign.get()
                        + ", and this program runs as another one.", remedy(foreign.get(), OwnerOnlyFiles.isRoot()));
            }
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw new BackupException(FailureKind.VAULT, "The home " + directory + " can't be used: "
                    + OwnerOnlyFiles.describe(e) + ".", "Check it and its rights, or name another one with --home or " + VARIABLE
                    + ".", e);
        }
    }

    static String remedy(FileOwner owner, boolean root) {
        if (!root) {
            return "Run it as that user, or name another home with --home or " + VARIABLE + ".";
        }
        return "Run it as that user: " + owner.name().map(name -> "runuser -u " + name)
                .orElse("setpriv --reuid " + owner.uid() + " --regid " + owner.gid() + " --clear-groups")
                + " -- onedrive-backup …";
    }

    /** Makes the directory, for our user only (mode 700), unless it is there. */
    public void create() throws BackupException {
        requireOurs();
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            if (directory.getParent() != null) {
                Files.createDirectories(directory.getParent());
            }
            Files.createDirectory(directory, OwnerOnlyFiles.directoryAttributes(directory));
        } catch (IOException e) {
            throw new BackupException(FailureKind.VAULT, "The home " + directory + " can't be made.",
                    "Check the rights there, or name another one with --home or " + VARIABLE + ".", e);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
