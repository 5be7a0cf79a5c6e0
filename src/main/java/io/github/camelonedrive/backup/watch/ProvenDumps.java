package io.github.camelonedrive.backup.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.upload.UploadResult;

/** Dumps that are proven to be in OneDrive but could not be moved yet: only the move is tried again, not the upload. */
final class ProvenDumps {

    private record Proven(FileIdentity identity, UploadResult result) {
    }

    private final Map<Path, Proven> dumps = new ConcurrentHashMap<>();

    void remember(Path file, FileIdentity identity, UploadResult result) {
        dumps.put(file, new Proven(identity, result));
    }

    /** What proved the file, if it still is the file that was proven. */
    Optional<UploadResult> result(Path file, FileIdentity now) {
        return Optional.ofNullable(dumps.get(file)).filter(proven -> proven.identity.sameContent(now)).map(Proven::result);
    }

    void forget(Path file) {
        dumps.remove(file);
    }

    /** Drops what it knows of files that are gone. */
    void prune() {
        dumps.keySet().removeIf(Files::notExists);
    }
}
