package io.github.camelonedrive.simulator.internal.drive;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;

/** The directory in which the bytes of files and unfinished uploads are. */
public final class ContentStore implements Closeable {
    private final Path directory;
    private final boolean temporary;
    private final SimulatorSettings settings;

    private ContentStore(Path directory, boolean temporary, SimulatorSettings settings) {
        this.directory = directory;
        this.temporary = temporary;
        this.settings = settings;
    }

    public static ContentStore open(SimulatorSettings settings) throws IOException {
        boolean temporary = settings.stateDirectory == null;
        Path directory = temporary
                ? Files.createTempDirectory("onedrive-simulator-")
                : Files.createDirectories(settings.stateDirectory.resolve("content"));
        return new ContentStore(directory, temporary, settings);
    }

    public IncomingContent receive() throws IOException {
        Path file = settings.discardContent ? null : Files.createTempFile(directory, "content-", "");
        return new IncomingContent(file, new Hashes(settings));
    }

    /** Where the bytes are that were stored under this name. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Takes up what was received before a restart; bytes behind the first {@code received} do not count. */
    public IncomingContent reopen(Path file, long received) throws IOException {
        IncomingContent incoming = new IncomingContent(file, new Hashes(settings));
        incoming.adopt(received);
        return incoming;
    }

    /** Deletes all files but these. */
    public void deleteAllBut(Set<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> !wanted.contains(file)).forEach(ContentStore::delete);
        }
    }

    @Override
    public void close() throws IOException {
        if (!temporary) {
            return;
        }
        deleteAll(directory);
    }

    /** Deletes a directory and everything in it. */
    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(ContentStore::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
