package io.github.camelonedrive.backup.console;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import io.github.camelonedrive.upload.UploadEvent;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar for all files together, with the name of the file that moved last; drawn when the first upload starts. */
final class ProgressBarDisplay implements ProgressDisplay {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long KILOBYTE = 1024;
    private static final int WIDTH = 100;
    private static final int NAME_WIDTH = 30;

    private final PrintStream terminal;
    private final int files;
    private final long bytes;
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, Long> sent = new HashMap<>();
    private final Map<Long, Long> sentBefore = new HashMap<>();
    private final InstantSource clock;
    private ProgressBar bar;
    private Instant begun;
    private int started;

    ProgressBarDisplay(PrintStream terminal, int files, long bytes, InstantSource clock) {
        this.clock = clock;
        this.terminal = terminal;
        this.files = files;
        this.bytes = bytes;
    }

    private ProgressBar draw() {
        boolean large = bytes >= 10 * MEGABYTE;
        return new ProgressBarBuilder()
                .setTaskName("Uploading")
                .setInitialMax(bytes)
                .setUnit(large ? " MB" : " kB", large ? MEGABYTE : KILOBYTE)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                .continuousUpdate()
                .build();
    }

    @Override
    public synchronized void on(UploadEvent event) {
        if (bar == null) {
            bar = draw();
            begun = clock.instant();
        }
        if (event instanceof UploadEvent.Started start) {
            started++;
            names.put(start.uploadId(), shortName(start.target()));
            show(start.uploadId());
        } else if (event instanceof UploadEvent.Resumed resumed) {
            if (resumed.offset() > 0) {
                names.computeIfPresent(resumed.uploadId(), (id, name) -> name + ", resumed at " + Sizes.text(resumed.offset()));
            }
            sentBefore.put(resumed.uploadId(), resumed.offset());
            sent.put(resumed.uploadId(), resumed.offset());
            show(resumed.uploadId());
        } else if (event instanceof UploadEvent.StartedAnew anew) {
            names.computeIfPresent(anew.uploadId(), (id, name) -> name + ", anew because " + anew.reason());
            show(anew.uploadId());
        } else if (event instanceof UploadEvent.Progressed progress) {
            sent.put(progress.uploadId(), progress.bytesSent());
            show(progress.uploadId());
        } else if (event instanceof UploadEvent.Waiting wait) {
            bar.setExtraMessage(" waiting " + Math.max(1, wait.pause().toSeconds()) + " s: " + wait.reason());
        } else if (event instanceof UploadEvent.Completed completed) {
            sent.put(completed.uploadId(), completed.result().size());
            show(completed.uploadId());
        } else if (event instanceof UploadEvent.Failed failed) {
            sent.remove(failed.uploadId());
            sentBefore.remove(failed.uploadId());
        }
    }

    private void show(long uploadId) {
        long done = sum(sent);
        bar.setExtraMessage(speed(done - sum(sentBefore)) + (files > 1 ? " " + started + "/" + files + " " : " ")
                + names.getOrDefault(uploadId, ""));
        bar.stepTo(done);
    }

    /** Of what this run has sent: what an earlier one had brought there would make it look faster than the line is. */
    private String speed(long bytesNow) {
        double seconds = Duration.between(begun, clock.instant()).toMillis() / 1000.0;
        return seconds <= 0 || bytesNow <= 0 ? "" : " " + Sizes.text((long) (bytesNow / seconds)) + "/s";
    }

    private static long sum(Map<Long, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String shortName(String target) {
        return TerminalText.shortened(TerminalText.printable(target.substring(target.lastIndexOf('/') + 1)), NAME_WIDTH);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
