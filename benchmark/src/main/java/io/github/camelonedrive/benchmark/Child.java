package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of another program, with what it used.
 *
 * @param seconds    from its start to its end
 * @param cpuSeconds its user and system time, as the shell's {@code times} gives it
 * @param peakMemory the most it held in memory, in bytes, as Linux counts it (VmHWM); 0 where that is not known
 */
record Child(double seconds, double cpuSeconds, long peakMemory) {

    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /** How often memory is looked at. The peak never falls, so only the last such time span can be missed. */
    private static final long LOOK_EVERY_MS = 50;

    /**
     * Runs a program to its end.
     *
     * @param work directory for its output and times
     * @throws IOException when it ends with another code than 0, with the end of what it said
     */
    static Child run(Path work, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path times = work.resolve("times");
        Path output = work.resolve("output");
        List<String> shell = new ArrayList<>(List.of("sh", "-c",
                "t=$1; shift; \"$@\"; code=$?; times > \"$t\"; exit $code", "sh", times.toString()));
        shell.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(shell).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        long started = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        long pid = 0;
        while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
            pid = pid != 0 ? pid : process.children().mapToLong(ProcessHandle::pid).findAny().orElse(0);
            peak = Math.max(peak, peakMemory(pid));
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        if (process.exitValue() != 0) {
            String said = Files.readString(output);
            throw new IOException(command.get(0) + " ended with " + process.exitValue() + ":\n"
                    + said.substring(Math.max(0, said.length() - 4000)));
        }
        return new Child(seconds, cpuSeconds(Files.readAllLines(times).get(1)), peak);
    }

    private static double cpuSeconds(String line) {
        double seconds = 0;
        for (Matcher time = TIME.matcher(line); time.find();) {
            seconds += Integer.parseInt(time.group(1)) * 60 + Double.parseDouble(time.group(2));
        }
        return seconds;
    }

    private static long peakMemory(long pid) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0;
        } catch (IOException goneOrNotLinux) {
            return 0;
        }
    }
}
