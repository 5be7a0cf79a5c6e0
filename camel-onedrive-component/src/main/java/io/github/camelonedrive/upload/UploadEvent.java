package io.github.camelonedrive.upload;

import java.time.Duration;

/** What happens to an upload, for progress bars, logs and metrics. Events of one upload arrive in order. */
public sealed interface UploadEvent {

    /** Same for all events of an upload, unique in the process. */
    long uploadId();

    /** @param size of the content in bytes; @param mode how it goes; @param fragments 1 for a single PUT */
    record Started(long uploadId, String destination, String target, long size, UploadMode mode, int fragments)
            implements UploadEvent {
    }

    /** @param bytesSent handed to the connection so far, from 0 to the size; goes back when a fragment is sent again */
    record Progressed(long uploadId, long bytesSent) implements UploadEvent {
    }

    /** An earlier upload is continued. @param offset bytes that OneDrive has, proven to be unchanged here */
    record Resumed(long uploadId, long offset) implements UploadEvent {
    }

    /** An earlier upload is not continued. @param reason in plain words, as the rest of a sentence after "because" */
    record StartedAnew(long uploadId, String reason) implements UploadEvent {
    }

    /** For those who follow each step, such as the crash test. */
    record Reached(long uploadId, UploadStep step) implements UploadEvent {
    }

    /** Nothing is sent for a while: throttled, or backing off. @param pause how long; @param reason in plain words */
    record Waiting(long uploadId, Duration pause, String reason) implements UploadEvent {
    }

    /** Proven. */
    record Completed(long uploadId, UploadResult result) implements UploadEvent {
    }

    record Failed(long uploadId, Exception failure) implements UploadEvent {
    }
}
