package io.github.camelonedrive.backup.demo;

import java.util.Optional;

import io.github.camelonedrive.upload.UploadResult;

/**
 * What became of one dropped file.
 *
 * @param result     what the upload proved; absent when it failed
 * @param remoteHash what the simulated OneDrive computed from the bytes it holds; absent when it holds no such file
 * @param remoteSize what it holds, in bytes; -1 when it holds no such file
 * @param failure    why it failed
 */
public record DemoRow(String file, long size, Optional<UploadResult> result, Optional<String> remoteHash, long remoteSize,
                      Optional<Throwable> failure) {

    /** Whether size and hash are the same here and there, and the upload itself proved it. */
    public boolean isProven() {
        return result.isPresent() && remoteHash.isPresent() && remoteSize == size && result.get().size() == size
                && result.get().quickXorHash().equals(remoteHash.get());
    }
}
