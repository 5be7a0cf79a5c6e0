package io.github.camelonedrive.backup.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.backup.watch.DumpListener;
import io.github.camelonedrive.backup.watch.WatchStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The metrics of {@code run}: the outcomes of dumps, the state of watches, and troubles. The component adds its own to the
 * same registry.
 */
public final class BackupMeters implements DumpListener {

    private static final List<String> OUTCOMES = List.of("done", "set_aside", "postponed");
    private static final double MILLIS = 1000.0;
    private static final String SECONDS = "seconds";
    private static final String DUMPS = "dumps";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge ready = gauge("ready", "", "1 while the watch is ready, 0 while a trouble keeps it from that");
    private final MultiGauge waiting = gauge("waiting", DUMPS, "Dumps in the directory that are not proven yet");
    private final MultiGauge oldest = gauge("oldest.waiting", SECONDS, "For how long the oldest waiting dump waits; 0 if none");
    private final MultiGauge held = gauge("held", DUMPS, "Dumps that wait for a person");
    private final MultiGauge success = gauge("last.success", SECONDS,
            "When a dump was last proven, also by an earlier run, in seconds since 1970; 0 if never");
    private final MultiGauge poll = gauge("last.poll", SECONDS, "When the directory was last looked at, in seconds since 1970");
    private final MultiGauge present = gauge("troubles", "", "What does not work now, by kind and by what is in trouble");
    private final Troubles troubles;

    public BackupMeters(Troubles troubles) {
        this.troubles = troubles;
        new JvmMemoryMetrics().bindTo(registry);
    }

    private MultiGauge gauge(String name, String unit, String description) {
        return MultiGauge.builder("onedrive.backup." + name).baseUnit(unit.isEmpty() ? null : unit).description(description)
                .register(registry);
    }

    /** Returns the registry that Camel's components add theirs to. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Adds the counters of a watch, at zero, before its first dump: an alert cannot fire on what is absent. */
    public void expect(String watch) {
        OUTCOMES.forEach(outcome -> count(watch, outcome));
        bytes(watch);
    }

    @Override
    public void on(DumpEvent event) {
        if (event instanceof DumpEvent.Done done) {
            count(done.watch(), "done").increment();
            bytes(done.watch()).increment(done.result().size());
        } else if (event instanceof DumpEvent.SetAside aside) {
            count(aside.watch(), "set_aside").increment();
        } else if (event instanceof DumpEvent.Postponed postponed) {
            count(postponed.watch(), "postponed").increment();
        }
    }

    /** Returns all metrics as text, with the gauges of watches and troubles as they are now. */
    public String scrape(List<WatchHealth> watches) {
        update(watches);
        return registry.scrape();
    }

    private void update(List<WatchHealth> watches) {
        List<State> states = watches.stream().map(watch -> new State(watch.name(), watch.isReady(), watch.status())).toList();
        Instant now = troubles.now();
        set(ready, states, state -> state.ready ? 1 : 0);
        set(waiting, states, state -> state.status.waiting());
        set(oldest, states, state -> state.status.oldestWaiting().map(since -> seconds(Duration.between(since, now))).orElse(0.0));
        set(held, states, state -> state.status.held());
        set(success, states, state -> state.status.lastProven().map(BackupMeters::seconds).orElse(0.0));
        set(poll, states, state -> seconds(state.status.lastPoll()));
        present.register(troubleRows(), true);
    }

    private static void set(MultiGauge gauge, List<State> states, ToDoubleFunction<State> value) {
        List<Row<?>> rows = new ArrayList<>();
        states.forEach(state -> rows.add(Row.of(Tags.of("watch", state.watch), value.applyAsDouble(state))));
        gauge.register(rows, true);
    }

    private List<Row<?>> troubleRows() {
        Map<Tags, Integer> counts = new LinkedHashMap<>();
        troubles.current().forEach(trouble -> counts.merge(tags(trouble), 1, Integer::sum));
        List<Row<?>> rows = new ArrayList<>();
        counts.forEach((tags, count) -> rows.add(Row.of(tags, count)));
        return rows;
    }

    private static Tags tags(Trouble trouble) {
        Subject subject = trouble.subject();
        String watch = subject instanceof Subject.Watch known ? known.name() : "";
        String destination = subject instanceof Subject.Destination known ? known.name() : "";
        return Tags.of("kind", trouble.kind().label(), "watch", watch, "destination", destination);
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / MILLIS;
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis()) / MILLIS;
    }

    private Counter count(String watch, String outcome) {
        return Counter.builder("onedrive.backup.dumps").description("Outcomes of dumps: done, set_aside (can't be pushed), "
                + "postponed (each try that failed and is repeated later)").tags("watch", watch, "outcome", outcome)
                .register(registry);
    }

    private Counter bytes(String watch) {
        return Counter.builder("onedrive.backup.stored").baseUnit("bytes").description("Bytes of the dumps that are in "
                + "OneDrive, proven").tags("watch", watch).register(registry);
    }

    private record State(String watch, boolean ready, WatchStatus status) {
    }
}
