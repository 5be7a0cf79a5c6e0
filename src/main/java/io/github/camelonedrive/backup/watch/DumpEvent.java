package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import io.github.camelonedrive.upload.UploadResult;

/** What happens to a dump in a watched directory. */
public sealed interface DumpEvent {

    /** The watch's name. */
    String watch();

    /** The dump, relative to the watched directory. */
    Path file();

    /** It stood still long enough and is handed over for upload. @param size in bytes */
    record Taken(String watch, Path file, long size) implements DumpEvent {
    }

    /** It is proven to be in OneDrive and out of the way. @param movedTo absent when it was deleted, as the settings ask */
    record Done(String watch, Path file, UploadResult result, Optional<Path> movedTo) implements DumpEvent {
    }

    /** It can't be pushed for its own fault. @param movedTo where it is now, with an {@code .error.json} beside it */
    record SetAside(String watch, Path file, Throwable failure, Path movedTo) implements DumpEvent {
    }

    /**
     * It stays where it is and is tried again.
     *
     * @param uploaded whether it is in OneDrive already and only the move is missing
     * @param attempt  how often it failed so far
     * @param next     when it is tried again
     */
    record Postponed(String watch, Path file, Throwable failure, boolean uploaded, int attempt, Instant next)
            implements DumpEvent {
    }

    /** It was changed while or after it was uploaded; it stays and is uploaded again when it stands still. */
    record Changed(String watch, Path file) implements DumpEvent {
    }

    /** Somebody removed it while it was uploaded. */
    record Vanished(String watch, Path file) implements DumpEvent {
    }
}
