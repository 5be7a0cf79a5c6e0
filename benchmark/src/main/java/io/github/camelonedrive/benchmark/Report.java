package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import io.github.camelonedrive.benchmark.Scenario.Result;
import io.github.camelonedrive.benchmark.Scenario.Spread;
import io.github.camelonedrive.upload.ByteSize;

/** What was measured, as a table for people and as JSON. */
final class Report {

    private static final String ROW = "%-22s %-22s %-20s %11s %10s %10s %9s %13s%n";

    private final Machine machine;
    private final List<Result> results;

    Report(Machine machine, List<Result> results) {
        this.machine = machine;
        this.results = results;
    }

    void print(PrintWriter out) {
        out.printf("%s · %d cores (%s), %s · %s%n%s · %s · %s%n", machine.date(), machine.cores(), machine.processor(),
                machine.memory(), machine.system(), machine.java(), machine.curl(), machine.rclone());
        out.println("Median (least to most). MB and GiB are 1024^n. CPU is user + system time of the sender while it sent; "
                + "'process' with its start.");
        Scenario scenario = null;
        for (Result result : results) {
            if (result.scenario() != scenario) {
                scenario = result.scenario();
                out.printf("%n%s%n", scenario.name());
                out.printf(ROW, "", "MB/s", "CPU s/GiB", "process", "sink", "peak heap", "peak RSS", "requests/file");
            }
            row(out, result);
        }
        out.println();
        verdicts().forEach(out::println);
    }

    private static void row(PrintWriter out, Result result) {
        double size = result.scenario().files().gibibytes();
        out.printf(ROW, result.peer(), text(result.megabytesPerSecond(), "%.0f"), text(result.cpuSecondsPerGibibyte(), "%.2f"),
                number(result.spread(run -> run.processCpuSeconds() / size)),
                number(result.spread(run -> run.sinkCpuSeconds() / size)),
                memory(result.spread(Measurement::peakHeap)), memory(result.spread(Measurement::peakMemory)),
                number(result.requestsPerFile()));
    }

    private static String text(Spread spread, String form) {
        return String.format(form + " (" + form + " to " + form + ")", spread.median(), spread.least(), spread.most());
    }

    private static String number(Spread spread) {
        return String.format("%.2f", spread.median());
    }

    private static String memory(Spread spread) {
        return spread.median() == 0 ? "-" : ByteSize.format((long) spread.median());
    }

    /** What follows from the table, against the targets of the design. */
    private List<String> verdicts() {
        List<String> verdicts = new ArrayList<>();
        for (Result ours : results) {
            if (!ours.peer().startsWith("camel-onedrive")) {
                continue;
            }
            String name = ours.scenario().name() + ", " + ours.peer();
            beside(ours, "curl").ifPresent(curl -> verdicts.add(String.format("%s: %.2f times curl's MB/s", name,
                    ours.megabytesPerSecond().median() / curl.megabytesPerSecond().median())));
            beside(ours, "rclone").ifPresent(rclone -> verdicts.add(String.format("%s: %.2f times rclone's CPU time", name,
                    ours.cpuSecondsPerGibibyte().median() / rclone.cpuSecondsPerGibibyte().median())));
            if (!ours.scenario().latency().isZero()) {
                verdicts.add(String.format("%s: %.1f s; %d at a time can't take less than %.1f s", name,
                        ours.spread(Measurement::seconds).median(), ours.scenario().concurrent(), bound(ours.scenario())));
            }
        }
        return verdicts;
    }

    private Optional<Result> beside(Result ours, String peer) {
        return results.stream()
                .filter(result -> result.scenario() == ours.scenario() && result.peer().equals(peer)).findFirst();
    }

    private static double bound(Scenario scenario) {
        Duration latency = scenario.latency();
        return latency.toMillis() / 1000.0 * scenario.files().files().size() / scenario.concurrent();
    }

    void write(Path file) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Result result : results) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("scenario", result.scenario().name());
            row.put("peer", result.peer());
            row.put("files", result.scenario().files().files().size());
            row.put("bytes", result.scenario().files().totalBytes());
            row.put("megabytesPerSecond", result.megabytesPerSecond());
            row.put("cpuSecondsPerGibibyte", result.cpuSecondsPerGibibyte());
            row.put("requestsPerFile", result.requestsPerFile());
            row.put("runs", result.runs());
            rows.add(row);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("results", rows);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }
}
