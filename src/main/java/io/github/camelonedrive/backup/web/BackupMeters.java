package io.github.camelonedrive.backup.web;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.backup.watch.DumpListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The metrics of {@code run}: what became of dumps, per watch, and when one last arrived. The component adds its own to the
 * same registry.
 */
public final class BackupMeters implements DumpListener {

    private static final List<String> OUTCOMES = List.of("done", "set_aside", "postponed");
    private static final double MILLIS = 1000.0;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, AtomicLong> lastDone = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public BackupMeters(InstantSource clock) {
        this.clock = clock;
        new JvmMemoryMetrics().bindTo(registry);
    }

    /** Where Camel's components put theirs. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** So that a watch's counters are there, at zero, before its first dump: an alert can't fire on what is absent. */
    public void expect(String watch) {
        OUTCOMES.forEach(outcome -> count(watch, outcome));
        bytes(watch);
    }

    @Override
    public void on(DumpEvent event) {
        if (event instanceof DumpEvent.Done done) {
            count(done.watch(), "done").increment();
            bytes(done.watch()).increment(done.result().size());
            lastDone(done.watch()).set(clock.millis());
        } else if (event instanceof DumpEvent.SetAside aside) {
            count(aside.watch(), "set_aside").increment();
        } else if (event instanceof DumpEvent.Postponed postponed) {
            count(postponed.watch(), "postponed").increment();
        }
    }

    private Counter count(String watch, String outcome) {
        return Counter.builder("onedrive.backup.dumps").description("What became of dumps: done, set_aside (can't be pushed), "
                + "postponed (each try that failed and is repeated later)").tags("watch", watch, "outcome", outcome)
                .register(registry);
    }

    private Counter bytes(String watch) {
        return Counter.builder("onedrive.backup.stored").baseUnit("bytes").description("Bytes of the dumps that are in "
                + "OneDrive, proven").tags("watch", watch).register(registry);
    }

    private AtomicLong lastDone(String watch) {
        return lastDone.computeIfAbsent(watch, name -> {
            AtomicLong time = new AtomicLong();
            Gauge.builder("onedrive.backup.last.success", time, millis -> millis.get() / MILLIS).baseUnit("seconds")
                    .description("When a dump last arrived, in seconds since 1970").tags(Tags.of("watch", name))
                    .register(registry);
            return time;
        });
    }
}
