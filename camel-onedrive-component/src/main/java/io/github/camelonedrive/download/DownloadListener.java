package io.github.camelonedrive.download;

/** Told what happens to downloads. Called on the thread that reads: be quick, never throw. */
@FunctionalInterface
public interface DownloadListener {

    /** Takes no interest. */
    DownloadListener NONE = event -> {
    };

    void on(DownloadEvent event);
}
