package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.upload.UploadReceipt;
import io.github.camelonedrive.upload.UploadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dumps that are proven to be in OneDrive but could not be moved yet: only the move is tried again, not the upload. */
final class ProvenDumps {

    /** @param receipt to be settled when the dump is put away */
    record Proven(FileIdentity identity, UploadResult result, UploadReceipt receipt) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(ProvenDumps.class);

    private final Map<Path, Proven> dumps = new ConcurrentHashMap<>();

    void remember(Path file, Proven proven) {
        dumps.put(file, proven);
    }

    /** What proved the file, if it still is the file that was proven. */
    Optional<Proven> find(Path file, FileIdentity now) {
        return Optional.ofNullable(dumps.get(file)).filter(proven -> proven.identity.sameContent(now));
    }

    void forget(Path file) {
        dumps.remove(file);
    }

    /** Drops what it knows of files that are gone, and settles their receipts. */
    void prune() {
        dumps.forEach((file, proven) -> {
            if (Files.notExists(file) && dumps.remove(file, proven)) {
                settle(file, proven.receipt);
            }
        });
    }

    /** A record that can't be removed does no harm: it is looked after when the program starts again. */
    static void settle(Path file, UploadReceipt receipt) {
        try {
            receipt.settle();
        } catch (IOException e) {
            LOG.info("The record of {} can't be removed from the upload journal: {}. It does no harm.", file, e.toString());
        }
    }
}
