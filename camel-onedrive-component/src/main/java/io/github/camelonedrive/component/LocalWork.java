package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.download.DownloadRequest;
import io.github.camelonedrive.download.Downloader;
import io.github.camelonedrive.download.ExistingFile;

/** The option {@code localWorkDirectory}: files are here, and proven, before the route gets them. */
final class LocalWork {

    private static final Logger LOG = LoggerFactory.getLogger(LocalWork.class);

    private final Path directory;

    private LocalWork(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    static Optional<LocalWork> of(String directory) {
        return Optional.ofNullable(directory).filter(text -> !text.isBlank()).map(Path::of).map(LocalWork::new);
    }

    /**
     * Downloads a file, below the directory where it is below the consumer's folder.
     *
     * @throws IOException when it can't be had, is not proven or can't be written
     */
    Path fetch(OneDriveFile file, Downloader downloader, DownloadRequest request) throws IOException, InterruptedException {
        Path target = directory.resolve(file.getFileName()).normalize();
        if (!target.startsWith(directory) || target.equals(directory)) {
            throw new IOException("The file's name leads out of localWorkDirectory: " + file.getFileName());
        }
        Files.createDirectories(target.getParent());
        downloader.toFile(request, target, ExistingFile.Override);
        return target;
    }

    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The local copy {} can't be deleted: {}", file, e.toString());
        }
    }
}
