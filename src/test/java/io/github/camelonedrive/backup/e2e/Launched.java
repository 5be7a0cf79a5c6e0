package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** The built launcher, or another command, as a process of its own, with its output in files. */
public final class Launched implements AutoCloseable {

    public static final Path LAUNCHER = Path.of("..", "onedrive-backup").toAbsolutePath().normalize();

    private static final long LONGEST_SECONDS = 120;

    /**
     * The start of a command that gets default signals. A process started in the background, by nohup or cron, ignores SIGINT,
     * and so do its children; Java then ignores Ctrl-C. Empty where env is not that of GNU coreutils 8.31 or later.
     */
    private static final List<String> WITH_DEFAULT_SIGNALS = withDefaultSignals();

    private final Process process;
    private final Path out;
    private final Path err;

    private Launched(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Started with nothing in its environment but what is given. */
    public static Launched start(Path directory, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(arguments);
        return command(directory, environment, command);
    }

    /** As {@link #start}, any command. */
    public static Launched command(Path directory, Map<String, String> environment, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(WITH_DEFAULT_SIGNALS);
        words.addAll(command);
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Launched(builder.start(), out, err);
    }

    private static List<String> withDefaultSignals() {
        List<String> env = List.of("/usr/bin/env", "--default-signal");
        try {
            boolean known = new ProcessBuilder(env.get(0), env.get(1), "true").start().waitFor() == 0;
            return known ? env : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Launched input(byte[] bytes) throws IOException {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(bytes);
        }
        return this;
    }

    /** Waits for its end. @return the exit code */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Still running after " + LONGEST_SECONDS + " s. Standard error:\n" + err());
        }
        return process.exitValue();
    }

    /** Waits until the assertion holds, for a minute at most; then fails with what the program said. */
    public void eventually(ThrowingRunnable assertion) {
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
        } catch (RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\nStandard error:\n" + err(), e);
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Ctrl-C's signal. */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** SIGKILL, and waits for the end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** What it wrote to standard output, for what is no text. */
    Path outFile() {
        return out;
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
