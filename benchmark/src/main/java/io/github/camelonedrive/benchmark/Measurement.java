package io.github.camelonedrive.benchmark;

/**
 * What one peer needed to send all files once.
 *
 * @param seconds           elapsed; of ours without the start of Java and Camel
 * @param cpuSeconds        user and system time meanwhile
 * @param processCpuSeconds user and system time of the whole process, its start included
 * @param peakHeap          bytes; 0 for programs without one
 * @param peakMemory        resident, bytes; 0 where that is not known
 * @param requests          that reached the sink
 * @param bytes             of their bodies
 * @param sinkCpuSeconds    user and system time of the sink meanwhile
 */
record Measurement(double seconds, double cpuSeconds, double processCpuSeconds, long peakHeap, long peakMemory, long requests,
                   long bytes, double sinkCpuSeconds) {
}
