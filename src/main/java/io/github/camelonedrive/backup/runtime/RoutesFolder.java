package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.Settings;

/** Where the route files are, and which of them there are. */
public record RoutesFolder(Path directory) {

    /** The file that holds the template of a watched directory. */
    public static final String WATCH_FILE = "watch.camel.yaml";

    private static final String NAME = "routes";
    private static final String ENDING = ".camel.yaml";

    /** {@code backup.routes}, else {@code routes} beside the launcher, else in the working directory. */
    public static RoutesFolder locate(Settings settings, Optional<Path> installation, Path workingDirectory) {
        return new RoutesFolder(settings.routes().orElseGet(() -> installation.orElse(workingDirectory).resolve(NAME)));
    }

    /** Every {@code *.camel.yaml} in it, sorted by name. */
    public List<Path> files() throws BackupException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw BackupException.usage("The routes folder " + directory + " can't be read.",
                    "It comes with the program; backup.routes may name another one.", e);
        }
    }

    /** Only the template of a watched directory. */
    public List<Path> watchFile() {
        return List.of(directory.resolve(WATCH_FILE));
    }
}
