package io.github.camelonedrive.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The directory in which the bytes of files and unfinished uploads are. */
final class ContentStore implements Closeable {
    private final Path directory;
    private final boolean temporary;
    private final Settings settings;

    private ContentStore(Path directory, boolean temporary, Settings settings) {
        this.directory = directory;
        this.temporary = temporary;
        this.settings = settings;
    }

    static ContentStore open(Settings settings) throws IOException {
        boolean temporary = settings.stateDirectory == null;
        Path directory = temporary
                ? Files.createTempDirectory("onedrive-simulator-")
                : Files.createDirectories(settings.stateDirectory);
        return new ContentStore(directory, temporary, settings);
    }

    IncomingContent receive() throws IOException {
        Path file = settings.discardContent ? null : Files.createTempFile(directory, "content-", "");
        return new IncomingContent(file, new Hashes(settings));
    }

    @Override
    public void close() throws IOException {
        if (!temporary) {
            return;
        }
        deleteAll(directory);
    }

    /** Deletes a directory and everything in it. */
    static void deleteAll(Path directory) throws IOException {
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
