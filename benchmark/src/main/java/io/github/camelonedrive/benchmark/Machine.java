package io.github.camelonedrive.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

import io.github.camelonedrive.upload.ByteSize;

/** What it was measured on, for the record. */
record Machine(String date, int cores, String processor, String memory, String system, String java, String curl,
               String rclone) {

    static Machine look() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(), Runtime.getRuntime().availableProcessors(),
                line("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
                ByteSize.format(system.getTotalMemorySize()),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"), version("curl", "--version"),
                has("rclone") ? version("rclone", "version") : "not installed");
    }

    static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Bytes that programs can still take, as Linux estimates it; elsewhere none, so that nobody counts on it. */
    static long availableMemory() {
        return line("/proc/meminfo", "MemAvailable")
                .map(value -> Long.parseLong(value.replaceAll("\\D", "")) * 1024).orElse(0L);
    }

    private static Optional<String> line(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name)).map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** The first two words that a program says about its version. */
    private static String version(String program, String option) {
        try {
            Process process = new ProcessBuilder(List.of(program, option)).redirectErrorStream(true).start();
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String[] words = String.valueOf(output.readLine()).split(" ");
                output.lines().forEach(line -> {
                });
                return words[0] + " " + (words.length > 1 ? words[1] : "");
            }
        } catch (IOException e) {
            return "not installed";
        }
    }
}
