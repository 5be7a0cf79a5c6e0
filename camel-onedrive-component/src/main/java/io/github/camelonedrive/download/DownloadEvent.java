package io.github.camelonedrive.download;

import java.time.Duration;

/** What happens to a download, for progress bars, logs and metrics. Events of one download arrive in order. */
public sealed interface DownloadEvent {

    /** Same for all events of a download, unique in the process. */
    long downloadId();

    /** The first request is made. @param size how many bytes will come; negative when not known yet */
    record Started(long downloadId, String destination, String path, long size) implements DownloadEvent {
    }

    /** It goes on where it was broken off, perhaps by an earlier program. @param offset bytes that are here already */
    record Resumed(long downloadId, long offset) implements DownloadEvent {
    }

    /** @param bytes that are here, from 0 to the size */
    record Progressed(long downloadId, long bytes) implements DownloadEvent {
    }

    /** Nothing comes for a while: throttled, or backing off. @param pause how long; @param reason in plain words */
    record Waiting(long downloadId, Duration pause, String reason) implements DownloadEvent {
    }

    /** All of it is here. @param bytes all that came, those of earlier attempts included */
    record Completed(long downloadId, long bytes, DownloadVerdict verdict) implements DownloadEvent {
    }

    /** It was closed or released before the end. Who reads on starts and resumes it again. */
    record BrokenOff(long downloadId) implements DownloadEvent {
    }

    record Failed(long downloadId, Exception failure) implements DownloadEvent {
    }
}
