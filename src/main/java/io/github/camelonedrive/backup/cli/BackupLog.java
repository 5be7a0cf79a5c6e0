package io.github.camelonedrive.backup.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.backup.console.Console;
import io.github.camelonedrive.backup.console.Sizes;
import io.github.camelonedrive.backup.console.UploadRows;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.runtime.DestinationTroubles;
import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.backup.watch.DumpListener;
import io.github.camelonedrive.upload.UploadEvent;
import io.github.camelonedrive.upload.UploadListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells what {@code run} does: log lines for people, and with {@code --json} one JSON line per event for programs. */
final class BackupLog implements DumpListener, UploadListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.camelonedrive.backup");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Console console;
    private final Map<Long, UploadEvent.Started> uploads = new ConcurrentHashMap<>();

    BackupLog(Console console) {
        this.console = console;
    }

    @Override
    public void on(UploadEvent event) {
        if (event instanceof UploadEvent.Started start) {
            uploads.put(start.uploadId(), start);
        } else if (event instanceof UploadEvent.Resumed resumed) {
            LOG.info("{} is resumed at {}: OneDrive has {}.", name(resumed), Sizes.text(resumed.offset()),
                    isWhole(resumed) ? "all of it" : "what comes before");
        } else if (event instanceof UploadEvent.Completed || event instanceof UploadEvent.Failed) {
            uploads.remove(event.uploadId());
        } else if (event instanceof UploadEvent.Waiting wait && wait.pause().compareTo(Duration.ofSeconds(1)) >= 0) {
            LOG.info("{} waits {} s: {}", name(wait), wait.pause().toSeconds(), wait.reason());
        }
    }

    private String name(UploadEvent event) {
        UploadEvent.Started start = uploads.get(event.uploadId());
        return start == null ? "An upload" : start.target();
    }

    private boolean isWhole(UploadEvent.Resumed resumed) {
        UploadEvent.Started start = uploads.get(resumed.uploadId());
        return start != null && start.size() == resumed.offset();
    }

    @Override
    public void on(DumpEvent event) {
        say(event);
        console.printJsonLine(data(event));
    }

    private static void say(DumpEvent event) {
        if (event instanceof DumpEvent.Taken taken) {
            LOG.info("{}: {} ({}) is complete and goes up.", taken.watch(), taken.file(), Sizes.text(taken.size()));
        } else if (event instanceof DumpEvent.Done done) {
            LOG.info("{}: {} is in OneDrive, {} ({}, {}, QuickXorHash {}, {} s). {}", done.watch(), done.file(),
                    UploadRows.verdict(done.result().verdict()), Sizes.text(done.result().size()),
                    UploadRows.mode(done.result()), done.result().quickXorHash(), done.result().took().toMillis() / 1000.0,
                    "Moved to " + done.movedTo() + ".");
        } else if (event instanceof DumpEvent.Held held) {
            LOG.error("{}: {} is held: {} {}", held.watch(), held.file(), held.problem(), held.remedy());
        } else if (event instanceof DumpEvent.Returned returned) {
            LOG.warn("{}: {} changed after it was uploaded and put away. It is back under its name and is uploaded again.",
                    returned.watch(), returned.file());
        } else if (event instanceof DumpEvent.SetAside aside) {
            LOG.error("{}: {} can't be pushed: {} It is now {}, with the reason beside it.", aside.watch(), aside.file(),
                    Failures.message(aside.failure()), aside.movedTo());
            LOG.debug("The failure of {}:", aside.file(), aside.failure());
        } else if (event instanceof DumpEvent.Postponed postponed) {
            LOG.atLevel(isLoggedElsewhere(postponed) ? Level.DEBUG : Level.INFO).log("{}: {} {}: {} Failed {}; next try at {}.", postponed.watch(), postponed.file(),
                    postponed.uploaded() ? "is in OneDrive but can't be moved away" : "stays where it is",
                    Failures.message(postponed.failure()), times(postponed.attempt()), TIME.format(postponed.next()));
            LOG.debug("The failure of {}:", postponed.file(), postponed.failure());
        } else if (event instanceof DumpEvent.Changed changed) {
            LOG.warn("{}: {} changed while it was uploaded. It is uploaded again when it stands still.", changed.watch(),
                    changed.file());
        } else if (event instanceof DumpEvent.Vanished vanished) {
            LOG.warn("{}: {} was removed while it was uploaded.", vanished.watch(), vanished.file());
        }
    }

    // As a trouble: thousands of dumps may meet the same one, each again and again. One that is uploaded cannot be put away.
    private static boolean isLoggedElsewhere(DumpEvent.Postponed postponed) {
        return postponed.uploaded() || DestinationTroubles.isShared(postponed.failure());
    }

    private static String times(int attempt) {
        return attempt == 1 ? "once" : attempt + " times";
    }

    private static Map<String, Object> data(DumpEvent event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("event", event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        data.put("time", Instant.now().toString());
        data.put("watch", event.watch());
        data.put("file", event.file().toString());
        if (event instanceof DumpEvent.Taken taken) {
            data.put("size", taken.size());
        } else if (event instanceof DumpEvent.Done done) {
            data.putAll(UploadRows.data(done.result()));
            data.put("movedTo", done.movedTo().toString());
        } else if (event instanceof DumpEvent.Held held) {
            data.put("problem", held.problem());
            data.put("remedy", held.remedy());
        } else if (event instanceof DumpEvent.SetAside aside) {
            data.put("movedTo", aside.movedTo().toString());
            data.put("error", FailureReport.of(aside.failure()));
        } else if (event instanceof DumpEvent.Postponed postponed) {
            data.put("uploaded", postponed.uploaded());
            data.put("attempt", postponed.attempt());
            data.put("next", postponed.next().toString());
            data.put("error", FailureReport.of(postponed.failure()));
        }
        return data;
    }
}
