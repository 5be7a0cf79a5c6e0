package io.github.camelonedrive.benchmark;

import java.io.IOException;

/** A program that sends files to the sink. */
interface Peer {

    /** What it is called in the table. */
    String name();

    /** Sends all files once. @throws IOException when it failed, with what it said */
    Spent send(TestFiles files, SinkProcess sink) throws IOException, InterruptedException;

    /** What the sender itself used; as in {@link Measurement}. */
    record Spent(double seconds, double cpuSeconds, double processCpuSeconds, long peakHeap, long peakMemory) {

        static Spent of(Child child) {
            return new Spent(child.seconds(), child.cpuSeconds(), child.cpuSeconds(), 0, child.peakMemory());
        }
    }

    /** Sends, and asks the sink what arrived. @throws IOException when that is not all */
    default Measurement measure(TestFiles files, SinkProcess sink) throws IOException, InterruptedException {
        sink.reset();
        double before = sink.counts().path("cpuMillis").asDouble();
        Spent spent = send(files, sink);
        var counts = sink.counts();
        if (counts.path("bytes").asLong() < files.totalBytes()) {
            throw new IOException(name() + " sent only " + counts.path("bytes").asLong() + " bytes of " + files.totalBytes());
        }
        return new Measurement(spent.seconds(), spent.cpuSeconds(), spent.processCpuSeconds(), spent.peakHeap(),
                spent.peakMemory(), counts.path("requests").asLong(), (counts.path("cpuMillis").asDouble() - before) / 1000);
    }
}
