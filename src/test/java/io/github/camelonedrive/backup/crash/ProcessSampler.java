package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Looks at a process once a second, as {@code /proc} shows it: resident memory and open descriptors. */
final class ProcessSampler implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LongSupplier pid;
    private volatile long mostKilobytes;
    private volatile long mostDescriptors;

    ProcessSampler(LongSupplier pid) {
        this.pid = pid;
        timer.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
    }

    private void sample() {
        Path process = Path.of("/proc", Long.toString(pid.getAsLong()));
        try (Stream<String> status = Files.lines(process.resolve("status"));
                Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            long kilobytes = status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
            mostKilobytes = Math.max(mostKilobytes, kilobytes);
            mostDescriptors = Math.max(mostDescriptors, descriptors.count());
        } catch (IOException | RuntimeException e) {
            // it is just being killed or started, or there is no /proc
        }
    }

    long mostMegabytes() {
        return mostKilobytes / 1024;
    }

    long mostDescriptors() {
        return mostDescriptors;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
