package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;
import java.time.Instant;

import io.github.camelonedrive.upload.UploadResult;

/** What happens to a dump in a watched directory. */
public sealed interface DumpEvent {

    /** The watch's name. */
    String watch();

    /** The dump, relative to the watched directory. */
    Path file();

    /** It is complete and handed over for upload. @param size in bytes */
    record Taken(String watch, Path file, long size) implements DumpEvent {
    }

    /** It is proven to be in OneDrive and out of the way. @param movedTo where it is now */
    record Done(String watch, Path file, UploadResult result, Path movedTo) implements DumpEvent {
    }

    /** It stays where it is and is not tried until it changes or a retry is asked for. */
    record Held(String watch, Path file, String problem, String remedy) implements DumpEvent {
    }

    /** OneDrive can never take it as it is. @param movedTo where it is now, with an {@code .error.json} beside it */
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

    /** It changed while or after it was uploaded; it stays and is uploaded again when it stands still. */
    record Changed(String watch, Path file) implements DumpEvent {
    }

    /** It changed after it was put away, too soon to be damage: it is back under its name and is uploaded again. */
    record Returned(String watch, Path file) implements DumpEvent {
    }

    /** It was removed while it was uploaded. */
    record Vanished(String watch, Path file) implements DumpEvent {
    }
}
