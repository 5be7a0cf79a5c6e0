package io.github.camelonedrive.simulator.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * A client of OneDrive that nobody here wrote, as Debian distributes it.
 *
 * @param path where its package puts it
 * @param debianPackage the name of that package
 */
record DebianProgram(Path path, String debianPackage) {
    private static final int TIMEOUT_SECONDS = 120;

    /** What a run brought; the status is -1 when it was killed after its time. */
    record Result(int status, String out, String err) {
    }

    /** Reports what goes untested where it is not installed. */
    void warnIfMissing() {
        if (!isInstalled()) {
            System.err.println("SKIPPED: " + path + " is missing, so it does not prove the simulator here."
                    + " Install it with 'apt-get install " + debianPackage + "', as .ci/run does.");
        }
    }

    /** Ends the test, as skipped, where it is not installed. */
    void assumeInstalled() {
        Assumptions.assumeTrue(isInstalled(), path + " is missing: apt-get install " + debianPackage);
    }

    private boolean isInstalled() {
        return Files.isExecutable(path);
    }

    /** Starts a command with nothing in its environment but what is given; its output goes to files in the directory. */
    static Process start(List<String> command, Map<String, String> environment, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile()).redirectError(directory.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits for the end of what {@link #start} started in this directory. */
    static Result end(Process process, Path directory) throws IOException, InterruptedException {
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Result(ended ? process.exitValue() : -1, text(directory.resolve("out")), text(directory.resolve("err")));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
