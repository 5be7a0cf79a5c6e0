package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.github.camelonedrive.upload.ByteSize;

/** Sends the same files by each peer in turn, several times, and prints what each needed. */
@Command(name = "benchmark/run", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Sends one large file and many small ones to a local server that throws them away, by the onedrive: component, by curl "
            + "and, where it is installed (apt install rclone), by rclone, and prints what each needed. The table goes to "
            + "standard output, progress to standard error.",
    "Quick try: benchmark/run --large 256MB --small 200 --latency-files 200 --repeat 1",
    "Hash alone: benchmark/run --hash"})
public final class Benchmark implements Callable<Integer> {

    @Option(names = "--large", paramLabel = "SIZE", defaultValue = "4GB",
            description = "Size of the large file (${DEFAULT-VALUE}).")
    private ByteCount large;

    @Option(names = "--small", paramLabel = "N", defaultValue = "2000",
            description = "How many small files (${DEFAULT-VALUE}).")
    private int small;

    @Option(names = "--small-size", paramLabel = "SIZE", defaultValue = "100kB", description = "Their size (${DEFAULT-VALUE}).")
    private ByteCount smallSize;

    @Option(names = "--latency", paramLabel = "TIME", defaultValue = "50ms",
            description = "Answer time for the run with latency, in milliseconds (${DEFAULT-VALUE}).")
    private Milliseconds latency;

    @Option(names = "--latency-files", paramLabel = "N", defaultValue = "10000",
            description = "How many small files that run sends, once (${DEFAULT-VALUE}).")
    private int latencyFiles;

    @Option(names = "--only", paramLabel = "WHAT", split = ",", defaultValue = "large,small,latency",
            description = "Which of large, small, latency (all).")
    private List<String> only;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "3", description = "Runs of each peer (${DEFAULT-VALUE}).")
    private int repeat;

    @Option(names = "--chunk-size", paramLabel = "SIZE", defaultValue = "10MB",
            description = "Fragment size (${DEFAULT-VALUE}).")
    private ByteCount chunkSize;

    @Option(names = "--concurrent", paramLabel = "N", defaultValue = "4",
            description = "maxConcurrentUploads, and curl's connections for small files (${DEFAULT-VALUE}).")
    private int concurrent;

    @Option(names = "--java-options", paramLabel = "OPTIONS", defaultValue = "-XX:+UseSerialGC -Xmx64m",
            description = "Of the Java that sends (${DEFAULT-VALUE}).")
    private String javaOptions;

    @Option(names = "--plain-only", description = "Without TLS, and so without rclone.")
    private boolean plainOnly;

    @Option(names = "--no-rclone", description = "Without rclone, even if it is installed.")
    private boolean noRclone;

    @Option(names = "--work", paramLabel = "DIR", description = "Where the files are made, and removed afterwards. "
            + "Default: /dev/shm, if it has room, else the system's directory for temporary files. Needs twice --large.")
    private Path work;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes everything that was measured as JSON.")
    private Path json;

    @Option(names = "--hash", description = "Measures QuickXorHash (by JMH) instead: beside CRC-32C and beside summing longs. "
            + "For the hash alone, in a minute.")
    private boolean hash;

    private final List<Scenario.Result> results = new CopyOnWriteArrayList<>();

    /** A size as people write it. */
    record ByteCount(long bytes) {
    }

    /** A time as people write it: {@code 50ms}, or the number alone. */
    record Milliseconds(long count) {
    }

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Benchmark());
        command.registerConverter(ByteCount.class, text -> new ByteCount(ByteSize.parse(text)));
        command.registerConverter(Milliseconds.class, text -> new Milliseconds(
                Long.parseLong(text.replaceFirst("\\s*ms$", ""))));
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (hash) {
            QuickXorHashBenchmark.run();
            return 0;
        }
        Path directory = Files.createTempDirectory(work != null ? work : workDirectory(), "onedrive-benchmark");
        Machine machine = Machine.look();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(machine, directory)));
        run(directory);
        return 0;
    }

    /** Also on Ctrl-C: what was measured until then is shown, and the files go. */
    private void finish(Machine machine, Path directory) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        Report report = new Report(machine, results.stream().filter(result -> !result.runs().isEmpty()).toList());
        report.print(new PrintWriter(System.out, true));
        try {
            if (json != null) {
                report.write(json);
            }
        } catch (IOException e) {
            say("Could not write " + json + ": " + e.getMessage());
        }
        delete(directory);
    }

    private void run(Path directory) throws IOException, InterruptedException {
        Certificate certificate = Certificate.make(directory);
        if (only.contains("large")) {
            say("Making one file of " + ByteSize.format(large.bytes()) + " and its fragments in " + directory);
            TestFiles files = TestFiles.make(directory.resolve("large"), 1, large.bytes(), directory.resolve("hashes"));
            List<Path> fragments = files.split(directory.resolve("fragments"), chunkSize.bytes());
            compare(directory, certificate, "one file of " + ByteSize.format(large.bytes()), files, fragments);
            delete(files.directory());
            delete(directory.resolve("fragments"));
        }
        if (only.contains("small")) {
            TestFiles files = smallFiles(directory, small);
            compare(directory, certificate, small + " files of " + ByteSize.format(smallSize.bytes()), files, List.of());
            delete(files.directory());
        }
        if (only.contains("latency")) {
            TestFiles files = smallFiles(directory, latencyFiles);
            String what = latencyFiles + " files of " + ByteSize.format(smallSize.bytes()) + ", answers take "
                    + latency.count() + " ms";
            Scenario scenario = new Scenario(what, files, Duration.ofMillis(latency.count()), false, concurrent);
            measure(directory, certificate, scenario, List.of(ours(directory, false, certificate)), 1);
        }
    }

    private TestFiles smallFiles(Path directory, int number) throws IOException {
        say("Making " + number + " files of " + ByteSize.format(smallSize.bytes()) + " in " + directory);
        return TestFiles.make(directory.resolve("small"), number, smallSize.bytes(), directory.resolve("hashes"));
    }

    private void compare(Path directory, Certificate certificate, String what, TestFiles files, List<Path> fragments)
            throws IOException, InterruptedException {
        measure(directory, certificate, new Scenario(what + ", HTTP", files, Duration.ZERO, false, concurrent),
                List.of(ours(directory, false, certificate),
                        new CurlPeer(directory, false, certificate, concurrent, fragments)),
                repeat);
        if (plainOnly) {
            return;
        }
        List<Peer> peers = new ArrayList<>(List.of(ours(directory, true, certificate),
                new CurlPeer(directory, true, certificate, concurrent, fragments)));
        if (!noRclone && Machine.has("rclone")) {
            peers.add(new RclonePeer(directory, certificate, chunkSize.bytes()));
        }
        measure(directory, certificate, new Scenario(what + ", TLS", files, Duration.ZERO, true, concurrent), peers, repeat);
    }

    private Peer ours(Path directory, boolean secure, Certificate certificate) {
        return new OurPeer(directory, secure, certificate, javaOptions,
                "&chunkSize=" + chunkSize.bytes() + "&maxConcurrentUploads=" + concurrent);
    }

    /** The peers take turns, so that whatever else the machine does hits all alike. */
    private void measure(Path directory, Certificate certificate, Scenario scenario, List<Peer> peers, int times)
            throws IOException, InterruptedException {
        Map<String, Scenario.Result> rows = new LinkedHashMap<>();
        peers.forEach(peer -> peer.names().forEach(name -> rows.put(name, new Scenario.Result(scenario, name))));
        results.addAll(rows.values());
        try (SinkProcess sink = new SinkProcess(directory.resolve("hashes"), scenario.latency(), certificate)) {
            for (int run = 1; run <= times; run++) {
                for (Peer peer : peers) {
                    List<Measurement> measurements = peer.send(scenario.files(), sink);
                    for (int i = 0; i < measurements.size(); i++) {
                        add(rows.get(peer.names().get(i)), measurements.get(i));
                    }
                }
            }
        }
    }

    private void add(Scenario.Result row, Measurement measurement) throws IOException {
        if (measurement.bytes() < row.scenario().files().totalBytes()) {
            throw new IOException(row.peer() + " sent only " + measurement.bytes() + " bytes");
        }
        row.add(measurement);
        say(String.format("%s, run %d, %s: %.2f s, %.2f s of CPU", row.scenario().name(), row.runs().size(), row.peer(),
                measurement.seconds(), measurement.cpuSeconds()));
    }

    private Path workDirectory() throws IOException {
        Path memory = Path.of("/dev/shm");
        long needed = Math.max(2 * large.bytes(), Math.max(small, latencyFiles) * smallSize.bytes());
        if (Files.isWritable(memory)) {
            FileStore store = Files.getFileStore(memory);
            if (store.getUsableSpace() > needed + (1L << 30) && Machine.availableMemory() > needed + (2L << 30)) {
                return memory;
            }
        }
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            say("Could not remove " + directory + ": " + e.getMessage());
        }
    }

    private static void say(String what) {
        System.err.println(what);
    }
}
