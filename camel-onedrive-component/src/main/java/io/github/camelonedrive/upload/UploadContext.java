package io.github.camelonedrive.upload;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.Patience;
import io.github.camelonedrive.hash.PrefixDigest;

/** One upload under way: what is asked for, its content, and who is told about it. Belongs to one thread. */
record UploadContext(
        long id,
        UploadRequest request,
        HashedContent content,
        CommitProbe probe,
        UploadRecord journal,
        Patience patience,
        UploadListener listener) implements HashedContent.Watcher {

    String purpose() {
        return request.purpose();
    }

    UploadOptions options() {
        return request.options();
    }

    @Override
    public void read(PrefixDigest prefix) {
        journal.reading(prefix);
    }

    @Override
    public void beforeLastBytes() {
        journal.force();
        reached(UploadStep.LAST_BYTES_READ);
    }

    @Override
    public void sent(long position) {
        listener.on(new UploadEvent.Progressed(id, position));
    }

    void reached(UploadStep step) {
        listener.on(new UploadEvent.Reached(id, step));
    }

    /** Waits before another try, or throws the failure. */
    void pauseOrFail(OneDriveException failure) throws OneDriveException, InterruptedException {
        patience.pauseOrFail(failure);
    }
}
