package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelonedrive.backup.console.Json;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.settings.WatchSettings;

/** Sets dumps aside that can't be pushed for their own fault: into {@code .failed/}, with the reason beside each as JSON. */
final class FailedDumps {

    static final String REPORT_SUFFIX = ".error.json";

    private final WatchSettings settings;
    private final DropDirectory drop;
    private final InstantSource clock;

    FailedDumps(WatchSettings settings, DropDirectory drop, InstantSource clock) {
        this.settings = settings;
        this.drop = drop;
        this.clock = clock;
    }

    /**
     * Moves a dump to {@code .failed/}. The report is there first, so that no dump lies there without its reason.
     *
     * @return where the dump is now
     */
    Path setAside(DumpPath dump, FileState state, Throwable failure) throws IOException {
        Path target = drop.freeName(DropDirectory.FAILED, dump.shown(), REPORT_SUFFIX);
        Path report = target.resolveSibling(target.getFileName() + REPORT_SUFFIX);
        drop.create(DropDirectory.FAILED, report,
                report(dump, state, failure).getBytes(StandardCharsets.UTF_8));
        try {
            drop.move(dump, DropDirectory.FAILED, target);
        } catch (IOException e) {
            drop.delete(DropDirectory.FAILED.resolve(report));
            throw e;
        }
        return drop.root().resolve(DropDirectory.FAILED).resolve(target);
    }

    private String report(DumpPath dump, FileState state, Throwable failure) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", dump.remote());
        report.put("size", state.size());
        report.put("watch", settings.name());
        report.put("destination", settings.destination());
        settings.folder().ifPresent(folder -> report.put("folder", folder));
        report.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        report.putAll(FailureReport.of(failure));
        return Json.document(report) + "\n";
    }
}
