package io.github.camelonedrive.backup.console;

import java.time.InstantSource;

import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.upload.UploadListener;

/** Shows how uploads, or downloads, of known total size go on: a bar on a terminal, a line now and then elsewhere. */
public interface ProgressDisplay extends UploadListener, DownloadListener, AutoCloseable {

    /**
     * @param doing "Uploading" or "Downloading"
     * @param files how many there will be
     * @param bytes their sizes together; negative when unknown
     */
    static ProgressDisplay of(Console console, String doing, int files, long bytes) {
        return console.terminal() && bytes >= 0
                ? new ProgressBarDisplay(PrintableStream.unfiltered(console.err()), doing, files, bytes, InstantSource.system())
                : new ProgressLines(console, InstantSource.system());
    }

    /** Leaves the terminal as it was. */
    @Override
    void close();
}
