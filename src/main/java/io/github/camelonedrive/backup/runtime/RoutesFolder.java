package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.trust.TrustCheck;

/** Where the route files are, and which of them there are. */
public final class RoutesFolder {

    /** The file that holds the template of a watched directory. */
    public static final String WATCH_FILE = "watch.camel.yaml";

    private static final String NAME = "routes";
    private static final String ENDING = ".camel.yaml";

    private final Path directory;
    private final TrustCheck trust;

    private RoutesFolder(Path directory, TrustCheck trust) {
        this.directory = directory;
        this.trust = trust;
    }

    /**
     * {@code backup.routes}, else {@code routes} beside the launcher.
     *
     * @param trust refuses files that another user could have written
     */
    public static RoutesFolder locate(Settings settings, Path installation, TrustCheck trust) {
        return new RoutesFolder(settings.routes().orElseGet(() -> installation.resolve(NAME)), trust);
    }

    /** As it was named. */
    public Path directory() {
        return directory;
    }

    /** Every {@code *.camel.yaml} in it, sorted by name. */
    public List<Path> files() throws BackupException {
        requireReadable();
        Path real = trust.requireFolder("The routes folder", directory);
        List<Path> files;
        try (Stream<Path> all = Files.list(real)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw unreadable(e);
        }
        return trusted(files);
    }

    /** Only the template of a watched directory. */
    public List<Path> watchFile() throws BackupException {
        requireReadable();
        return trusted(List.of(directory.resolve(WATCH_FILE)));
    }

    private List<Path> trusted(List<Path> files) throws BackupException {
        List<Path> trusted = new ArrayList<>();
        for (Path file : files) {
            trusted.add(trust.requireFile("The route file", file));
        }
        return trusted;
    }

    private void requireReadable() throws BackupException {
        if (!Files.isDirectory(directory)) {
            throw unreadable(null);
        }
    }

    private BackupException unreadable(IOException cause) {
        return BackupException.usage("The routes folder " + directory + " can't be read.",
                "It comes with the program; backup.routes may name another one.", cause);
    }
}
