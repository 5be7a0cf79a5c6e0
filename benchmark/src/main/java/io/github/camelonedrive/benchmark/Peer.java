package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.util.List;

/** A program that sends files to the sink. */
interface Peer {

    /** What the rows of its measurements are called in the table. */
    default List<String> names() {
        return List.of(name());
    }

    /** What it is called. */
    String name();

    /** Sends all files; a measurement for each of its names. @throws IOException when it failed, with what it said */
    List<Measurement> send(TestFiles files, SinkProcess sink) throws IOException, InterruptedException;

    /** Runs a program that sends all files once. */
    static List<Measurement> measure(SinkProcess sink, Work work) throws IOException, InterruptedException {
        SinkCounts before = sink.counts();
        Child child = work.run();
        SinkCounts seen = sink.counts().since(before);
        return List.of(new Measurement(child.seconds(), child.cpuSeconds(), child.cpuSeconds(), 0, child.peakMemory(),
                seen.requests(), seen.bytes(), seen.cpuSeconds()));
    }

    /** A program to run. */
    @FunctionalInterface
    interface Work {
        Child run() throws IOException, InterruptedException;
    }
}
