package io.github.camelonedrive.upload;

/** Told what happens to uploads. Called on the uploading thread: be quick, never throw. */
@FunctionalInterface
public interface UploadListener {

    void on(UploadEvent event);
}
