package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.credentials.Redactor;

/** Sets dumps aside that can't be pushed for their own fault: into {@code .failed/}, with the reason beside each as JSON. */
final class FailedDumps {

    static final String REPORT_SUFFIX = ".error.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final WatchSettings settings;
    private final DropDirectory drop;
    private final InstantSource clock;

    FailedDumps(WatchSettings settings, DropDirectory drop, InstantSource clock) {
        this.settings = settings;
        this.drop = drop;
        this.clock = clock;
    }

    /** The report is there before the dump, so that no dump ever lies in {@code .failed/} without its reason. */
    Path setAside(Path dump, Throwable failure) throws IOException {
        Path target = drop.nameInFailed(dump);
        Path report = target.resolveSibling(target.getFileName() + REPORT_SUFFIX);
        try {
            Files.writeString(report, Redactor.redact(report(dump, failure)), StandardCharsets.UTF_8);
            drop.moveToFailed(dump, target);
            return target;
        } catch (IOException e) {
            Files.deleteIfExists(report);
            throw e;
        }
    }

    private String report(Path dump, Throwable failure) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", drop.relative(dump).toString());
        report.put("size", Files.size(dump));
        report.put("watch", settings.name());
        report.put("destination", settings.destination());
        settings.folder().ifPresent(folder -> report.put("folder", folder));
        report.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        report.putAll(FailureReport.of(failure));
        return JSON.writeValueAsString(report) + "\n";
    }
}
