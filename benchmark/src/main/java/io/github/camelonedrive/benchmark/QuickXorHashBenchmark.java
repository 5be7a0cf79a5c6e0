package io.github.camelonedrive.benchmark;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import io.github.camelonedrive.hash.QuickXorHash;


/**
 * How fast QuickXorHash takes bytes, beside what just reading them costs: from a buffer as an upload uses it, which is in the
 * processor's cache, and from an array that is in no cache. Operations per second are arrays per second; {@link #run} also
 * prints GB/s.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgs = "-Xmx1g")
@State(Scope.Thread)
public class QuickXorHashBenchmark {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bytes: one buffer of an upload; more than any cache holds. */
    @Param({"131072", "268435456"})
    public int size;

    private byte[] bytes;

    @Setup
    public void fill() {
        bytes = new byte[size];
        new Random(1).nextBytes(bytes);
    }

    @Benchmark
    public byte[] quickXorHash() {
        QuickXorHash hash = new QuickXorHash();
        hash.update(bytes, 0, size);
        return hash.digest();
    }

    @Benchmark
    public long crc32c() {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, size);
        return crc.getValue();
    }

    /** The bandwidth: each byte read once, eight at a time, in four sums that do not wait for each other. */
    @Benchmark
    public long sumOfLongs() {
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int at = 0; at + 31 < size; at += 32) {
            first += (long) LONGS.get(bytes, at);
            second += (long) LONGS.get(bytes, at + 8);
            third += (long) LONGS.get(bytes, at + 16);
            fourth += (long) LONGS.get(bytes, at + 24);
        }
        return first + second + third + fourth;
    }

    static void run() throws RunnerException {
        var results = new Runner(new OptionsBuilder().include(QuickXorHashBenchmark.class.getSimpleName()).build()).run();
        System.out.println();
        for (var result : results) {
            double size = Double.parseDouble(result.getParams().getParam("size"));
            double perSecond = result.getPrimaryResult().getScore();
            System.out.printf("%-14s %9.0f kB  %6.1f GB/s%n", result.getPrimaryResult().getLabel(), size / 1024,
                    size * perSecond / (1L << 30));
        }
    }
}
