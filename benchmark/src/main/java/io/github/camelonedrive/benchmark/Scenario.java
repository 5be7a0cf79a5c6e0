package io.github.camelonedrive.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/**
 * What is sent, and how.
 *
 * @param latency    how long the sink takes to answer each request
 * @param secure     whether over TLS
 * @param concurrent how many uploads at a time
 */
record Scenario(String name, TestFiles files, Duration latency, boolean secure, int concurrent) {

    /** What a peer needed, run by run. */
    record Result(Scenario scenario, String peer, List<Measurement> runs) {

        Result(Scenario scenario, String peer) {
            this(scenario, peer, new CopyOnWriteArrayList<>());
        }

        void add(Measurement run) {
            runs.add(run);
        }

        /** Of all runs: the median, the least and the most. */
        Spread spread(ToDoubleFunction<Measurement> of) {
            double[] sorted = runs.stream().mapToDouble(of).sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }

        Spread megabytesPerSecond() {
            return spread(run -> scenario.files().totalBytes() / 1048576.0 / run.seconds());
        }

        Spread cpuSecondsPerGibibyte() {
            return spread(run -> run.cpuSeconds() / scenario.files().gibibytes());
        }

        Spread requestsPerFile() {
            return spread(run -> run.requests() / (double) scenario.files().files().size());
        }
    }

    /** A median with the least and the most. */
    record Spread(double median, double least, double most) {
    }
}
