package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.e2e.Launched;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code run}, as its launcher starts it, in 64 MB; started again whenever it was killed or stopped. */
final class HullProgram implements AutoCloseable {

    private static final int STOPPED = 143;
    private static final int USAGE = 2;

    private final Path directory;
    private final HullUser user;
    private final List<String> options;
    private final Map<String, String> environment;
    private final List<Path> logs = new ArrayList<>();
    private volatile Launched program;
    private boolean deathExpected;
    private int kills;
    private int stops;
    private int refusals;

    /**
     * @param directory for its output
     * @param options   of all commands
     */
    HullProgram(Path directory, HullUser user, Map<String, String> environment, List<String> options) {
        this.directory = directory;
        this.user = user;
        this.environment = new LinkedHashMap<>(environment);
        this.environment.put("JAVA_OPTS", "-Xmx64m");
        this.options = options;
    }

    synchronized void start() throws IOException {
        deathExpected = false;
        program = launch("run");
    }

    /** Carries out a command beside it, which has to succeed. */
    void operate(String... command) throws IOException, InterruptedException {
        try (Launched beside = launch(command)) {
            assertThat(beside.exitCode()).as("%s\n%s", List.of(command), beside.err()).isZero();
        }
    }

    private Launched launch(String... command) throws IOException {
        List<String> words = user.command(Launched.LAUNCHER.toString());
        words.addAll(options);
        words.addAll(List.of(command));
        return Launched.command(directory, environment, words);
    }

    /**
     * Starts it again if it is dead, as a supervisor does. Fails if nobody killed it, and it did not refuse to start because a
     * directory is away.
     */
    synchronized void keepAlive() throws IOException, InterruptedException {
        if (program.isRunning()) {
            return;
        }
        int code = program.exitCode();
        if (code == USAGE && program.err().contains("The directory ")) {
            refusals++;
            Thread.sleep(500);
            start();
            return;
        }
        assertThat(deathExpected && (code == Stage.KILLED || code == STOPPED))
                .as("The program ended by itself, with %s\n%s", code, program.err()).isTrue();
        start();
    }

    synchronized void kill() throws InterruptedException {
        if (!deathExpected) {
            deathExpected = true;
            kills++;
            program.kill();
        }
    }

    /** SIGTERM; does not wait. */
    synchronized void stop() {
        if (!deathExpected) {
            deathExpected = true;
            stops++;
            program.terminate();
        }
    }

    /** SIGTERM, and waits. */
    synchronized void end() throws InterruptedException {
        program.terminate();
        assertThat(program.exitCode()).as("exit code\n%s", program.err()).isIn(STOPPED, Stage.KILLED);
    }

    long pid() {
        return program.pid();
    }

    int kills() {
        return kills;
    }

    int stops() {
        return stops;
    }

    /** How often it refused to start. */
    int refusals() {
        return refusals;
    }

    /** What the last one logged. */
    String log() {
        return program.err();
    }

    /** What all of them logged. */
    List<String> logs() throws IOException {
        logs.clear();
        try (var files = Files.newDirectoryStream(directory, "{err,out}*.txt")) {
            files.forEach(logs::add);
        }
        List<String> lines = new ArrayList<>();
        for (Path log : logs) {
            lines.addAll(Files.readAllLines(log));
        }
        return lines;
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
