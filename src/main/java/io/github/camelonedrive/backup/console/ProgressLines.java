package io.github.camelonedrive.backup.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.upload.UploadEvent;
import io.github.camelonedrive.upload.UploadResult;

/** Progress for logs and pipes: a line at the start, at each quarter or half minute of a large file, and at the end. */
final class ProgressLines implements ProgressDisplay {

    private static final long LARGE = 8L * 1024 * 1024;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private record Upload(String name, long size, int quarter, Instant spoken) {
    }

    private final Console console;
    private final InstantSource clock;
    private final Map<Long, Upload> uploads = new ConcurrentHashMap<>();

    ProgressLines(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public void on(UploadEvent event) {
        if (event instanceof UploadEvent.Started start) {
            String name = TerminalText.printable(start.target().substring(start.target().lastIndexOf('/') + 1));
            uploads.put(start.uploadId(), new Upload(name, start.size(), 0, clock.instant()));
            console.say(name + ": uploading " + Sizes.text(start.size())
                    + (start.fragments() > 1 ? " in " + start.fragments() + " fragments" : ""));
        } else if (event instanceof UploadEvent.Resumed resumed) {
            uploads.computeIfPresent(resumed.uploadId(), (id, upload) -> resumed(upload, resumed.offset()));
        } else if (event instanceof UploadEvent.StartedAnew anew && uploads.containsKey(anew.uploadId())) {
            console.say(uploads.get(anew.uploadId()).name + ": starting anew, because " + anew.reason());
        } else if (event instanceof UploadEvent.Progressed progress) {
            uploads.computeIfPresent(progress.uploadId(), (id, upload) -> progressed(upload, progress.bytesSent()));
        } else if (event instanceof UploadEvent.Waiting wait && uploads.containsKey(wait.uploadId())) {
            console.say(uploads.get(wait.uploadId()).name + ": waiting " + Math.max(1, wait.pause().toSeconds()) + " s: "
                    + wait.reason());
        } else if (event instanceof UploadEvent.Completed done && uploads.containsKey(done.uploadId())) {
            console.say(uploads.remove(done.uploadId()).name + ": " + end(done.result()));
        } else if (event instanceof UploadEvent.Failed failed) {
            uploads.remove(failed.uploadId());
        }
    }

    private static String end(UploadResult result) {
        return (UploadRows.wasThereAlready(result) ? "was there already, " : "") + UploadRows.verdict(result.verdict())
                + " after " + result.took().toMillis() / 1000.0 + " s";
    }

    private Upload resumed(Upload upload, long offset) {
        if (offset == 0 || offset >= upload.size) {
            return upload;
        }
        console.say(upload.name + ": resumed at " + Sizes.text(offset) + " of " + Sizes.text(upload.size));
        return new Upload(upload.name, upload.size, (int) (offset * 4 / upload.size), clock.instant());
    }

    private Upload progressed(Upload upload, long bytes) {
        if (upload.size < LARGE || bytes >= upload.size) {
            return upload;
        }
        int quarter = (int) (bytes * 4 / upload.size);
        Instant now = clock.instant();
        if (quarter <= upload.quarter && now.isBefore(upload.spoken.plus(LONGEST_SILENCE))) {
            return upload;
        }
        console.say(upload.name + ": " + bytes * 100 / upload.size + " % (" + Sizes.text(bytes) + " of "
                + Sizes.text(upload.size) + ")");
        return new Upload(upload.name, upload.size, Math.max(quarter, upload.quarter), now);
    }

    @Override
    public void close() {
        uploads.clear();
    }
}
