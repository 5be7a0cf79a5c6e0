package io.github.camelonedrive.upload;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.Patience;

/** One upload under way: what is asked for, its content, and who is told about it. Belongs to one thread. */
record UploadContext(
        long id,
        UploadRequest request,
        HashedContent content,
        CommitProbe probe,
        Patience patience,
        UploadListener listener) {

    String purpose() {
        return request.purpose();
    }

    UploadOptions options() {
        return request.options();
    }

    void sent(long position) {
        listener.on(new UploadEvent.Progressed(id, position));
    }

    /** Waits before another try, or throws the failure. */
    void pauseOrFail(OneDriveException failure) throws OneDriveException, InterruptedException {
        patience.pauseOrFail(failure);
    }
}
