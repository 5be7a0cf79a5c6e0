package io.github.camelonedrive.backup.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.download.DownloadEvent;
import io.github.camelonedrive.upload.UploadEvent;

/** What uploads and downloads have in common for who looks on. The ids of one kind only are used at a time. */
abstract class TransferDisplay implements ProgressDisplay {

    private final InstantSource clock;
    private final Map<Long, Instant> begun = new ConcurrentHashMap<>();

    TransferDisplay(InstantSource clock) {
        this.clock = clock;
    }

    final Instant now() {
        return clock.instant();
    }

    /** @param size in bytes; negative when unknown; @param doing in plain words, for example "uploading 2.0 kB" */
    abstract void started(long id, String name, long size, String doing);

    abstract void resumed(long id, long offset);

    abstract void anew(long id, String reason);

    abstract void progressed(long id, long bytes);

    abstract void waiting(long id, Duration pause, String reason);

    /** @param end in plain words, for example "proven after 0.2 s" */
    abstract void completed(long id, long size, String end);

    abstract void failed(long id);

    @Override
    public final void on(UploadEvent event) {
        if (event instanceof UploadEvent.Started start) {
            started(start.uploadId(), name(start.target()), start.size(), "uploading " + Sizes.text(start.size())
                    + (start.fragments() > 1 ? " in " + start.fragments() + " fragments" : ""));
        } else if (event instanceof UploadEvent.Resumed resumed) {
            resumed(resumed.uploadId(), resumed.offset());
        } else if (event instanceof UploadEvent.StartedAnew anew) {
            anew(anew.uploadId(), TerminalText.printable(anew.reason()));
        } else if (event instanceof UploadEvent.Progressed progress) {
            progressed(progress.uploadId(), progress.bytesSent());
        } else if (event instanceof UploadEvent.Waiting wait) {
            waiting(wait.uploadId(), wait.pause(), TerminalText.printable(wait.reason()));
        } else if (event instanceof UploadEvent.Completed done) {
            completed(done.uploadId(), done.result().size(),
                    (UploadRows.wasThereAlready(done.result()) ? "was there already, " : "")
                            + UploadRows.verdict(done.result().verdict()) + after(done.result().took()));
        } else if (event instanceof UploadEvent.Failed failed) {
            failed(failed.uploadId());
        }
    }

    @Override
    public final void on(DownloadEvent event) {
        if (event instanceof DownloadEvent.Started start) {
            begun.putIfAbsent(start.downloadId(), now());
            started(start.downloadId(), name(start.path()), start.size(),
                    "downloading" + (start.size() < 0 ? "" : " " + Sizes.text(start.size())));
        } else if (event instanceof DownloadEvent.Resumed resumed) {
            resumed(resumed.downloadId(), resumed.offset());
        } else if (event instanceof DownloadEvent.Progressed progress) {
            progressed(progress.downloadId(), progress.bytes());
        } else if (event instanceof DownloadEvent.Waiting wait) {
            waiting(wait.downloadId(), wait.pause(), TerminalText.printable(wait.reason()));
        } else if (event instanceof DownloadEvent.Completed done) {
            Instant start = begun.remove(done.downloadId());
            completed(done.downloadId(), done.bytes(), DownloadRows.verdict(done.verdict())
                    + (start == null ? "" : after(Duration.between(start, now()))));
        } else if (event instanceof DownloadEvent.Failed failed) {
            failed(failed.downloadId());
        }
    }

    private static String after(Duration took) {
        return " after " + took.toMillis() / 1000.0 + " s";
    }

    private static String name(String path) {
        return TerminalText.printable(path.substring(path.lastIndexOf('/') + 1));
    }
}
