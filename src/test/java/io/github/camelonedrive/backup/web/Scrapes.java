package io.github.camelonedrive.backup.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus has read, as far as the evaluation of alert rules needs it. */
final class Scrapes {

    private static final Pattern LINE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Duration STALE = Duration.ofMinutes(5);

    private final NavigableMap<Instant, List<Sample>> samples = new TreeMap<>();

    /** @param labels with the metric's name as {@code __name__} */
    record Sample(Map<String, String> labels, double value) {
    }

    /** Adds a page of metrics that was read from a target. */
    void add(Instant time, String page) {
        page.lines().filter(line -> line.startsWith("onedrive")).map(LINE::matcher).filter(Matcher::matches)
                .forEach(line -> add(time, line.group(1), line.group(2), Double.parseDouble(line.group(3))));
        up(time, 1);
    }

    /** Adds that a target did not respond. */
    void addFailure(Instant time) {
        up(time, 0);
    }

    private void up(Instant time, double value) {
        add(time, "up", "job=\"onedrive-backup\"", value);
    }

    private void add(Instant time, String name, String labels, double value) {
        Map<String, String> all = new TreeMap<>(Map.of("__name__", name));
        Matcher matcher = LABEL.matcher(labels == null ? "" : labels);
        while (matcher.find()) {
            all.put(matcher.group(1), matcher.group(2));
        }
        samples.computeIfAbsent(time, first -> new ArrayList<>()).add(new Sample(all, value));
    }

    /** Those of the latest scrape before a time, unless it is too old. */
    List<Sample> at(Instant time, Map<String, String> wanted) {
        Map.Entry<Instant, List<Sample>> latest = samples.floorEntry(time);
        return latest == null || latest.getKey().plus(STALE).isBefore(time) ? List.of() : fitting(latest.getValue(), wanted);
    }

    /** Those of a time and a while before, the oldest first. */
    List<Sample> within(Instant time, Duration window, Map<String, String> wanted) {
        return samples.subMap(time.minus(window), false, time, true).values().stream()
                .flatMap(scrape -> fitting(scrape, wanted).stream()).toList();
    }

    private static List<Sample> fitting(List<Sample> scrape, Map<String, String> wanted) {
        return scrape.stream().filter(sample -> sample.labels.entrySet().containsAll(wanted.entrySet())).toList();
    }
}
