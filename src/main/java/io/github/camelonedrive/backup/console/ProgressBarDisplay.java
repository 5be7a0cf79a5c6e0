package io.github.camelonedrive.backup.console;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar for all files together, with the name of the file that moved last; drawn when the first one starts. */
final class ProgressBarDisplay extends TransferDisplay {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long KILOBYTE = 1024;
    private static final int WIDTH = 100;
    private static final int NAME_WIDTH = 30;

    private final PrintStream terminal;
    private final String doing;
    private final int files;
    private final long bytes;
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, Long> moved = new HashMap<>();
    private final Map<Long, Long> movedBefore = new HashMap<>();
    private ProgressBar bar;
    private Instant begun;
    private int started;

    ProgressBarDisplay(PrintStream terminal, String doing, int files, long bytes, InstantSource clock) {
        super(clock);
        this.doing = doing;
        this.terminal = terminal;
        this.files = files;
        this.bytes = bytes;
    }

    private ProgressBar draw() {
        boolean large = bytes >= 10 * MEGABYTE;
        return new ProgressBarBuilder()
                .setTaskName(doing)
                .setInitialMax(bytes)
                .setUnit(large ? " MB" : " kB", large ? MEGABYTE : KILOBYTE)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                .continuousUpdate()
                .build();
    }

    @Override
    synchronized void started(long id, String name, long size, String how) {
        begin();
        started++;
        names.put(id, TerminalText.shortened(name, NAME_WIDTH));
        show(id);
    }

    @Override
    synchronized void resumed(long id, long offset) {
        begin();
        if (offset > 0) {
            names.computeIfPresent(id, (same, name) -> name + ", resumed at " + Sizes.text(offset));
        }
        movedBefore.put(id, offset);
        moved.put(id, offset);
        show(id);
    }

    @Override
    synchronized void anew(long id, String reason) {
        begin();
        names.computeIfPresent(id, (same, name) -> name + ", anew because " + reason);
        show(id);
    }

    @Override
    synchronized void progressed(long id, long bytesNow) {
        begin();
        moved.put(id, bytesNow);
        show(id);
    }

    @Override
    synchronized void waiting(long id, Duration pause, String reason) {
        begin();
        bar.setExtraMessage(" waiting " + Math.max(1, pause.toSeconds()) + " s: " + reason);
    }

    @Override
    synchronized void completed(long id, long size, String end) {
        progressed(id, size);
    }

    @Override
    synchronized void failed(long id) {
        begin();
        moved.remove(id);
        movedBefore.remove(id);
    }

    private void begin() {
        if (bar == null) {
            bar = draw();
            begun = now();
        }
    }

    private void show(long id) {
        long done = sum(moved);
        bar.setExtraMessage(speed(done - sum(movedBefore)) + (files > 1 ? " " + started + "/" + files + " " : " ")
                + names.getOrDefault(id, ""));
        bar.stepTo(done);
    }

    /** Of what this run has moved: what an earlier one had brought there would make it look faster than the line is. */
    private String speed(long bytesNow) {
        double seconds = Duration.between(begun, now()).toMillis() / 1000.0;
        return seconds <= 0 || bytesNow <= 0 ? "" : " " + Sizes.text((long) (bytesNow / seconds)) + "/s";
    }

    private static long sum(Map<Long, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
