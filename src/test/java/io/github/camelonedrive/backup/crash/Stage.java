package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camelonedrive.backup.e2e.Launched;
import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** A home, a drop directory, and a simulator that outlives every process that works with them. */
final class Stage implements AutoCloseable {

    /** How a process that was killed ends, as a shell says it. */
    static final int KILLED = 137;

    private static final Path BUILT = Path.of("target").toAbsolutePath();

    final OneDriveSimulator simulator;
    final Path drop;

    private final Path directory;
    private final Path home;
    private final Registration registration;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private volatile Launched program;

    /** @param directory private to this; @param simulator closed with this */
    Stage(Path directory, Registration registration, OneDriveSimulator simulator) throws IOException {
        this.directory = directory;
        this.registration = registration;
        this.simulator = simulator;
        this.home = registration.copyTo(directory.resolve("home"));
        this.drop = Files.createDirectory(directory.resolve("drop"));
        settings.put("camel.component.onedrive.graph-endpoint", simulator.graphEndpoint());
        settings.put("camel.component.onedrive.login-endpoint", simulator.loginEndpoint());
        settings.put("camel.beans.crash", "#class:" + CrashBean.class.getName());
        settings.put("camel.component.onedrive.upload-listener", "#bean:crash");
        settings.put("backup.routes", writeRoutes());
    }

    Stage setting(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    /** Has the program watch the drop directory. */
    Stage watch(boolean recursive) {
        return setting("backup.watch.crash.directory", drop).setting("backup.watch.crash.destination", "offsite")
                .setting("backup.watch.crash.folder", "/Backups").setting("backup.watch.crash.quiet-period", "100ms")
                .setting("backup.watch.crash.min-size", 0)
                .setting("backup.watch.crash.recursive", recursive);
    }

    /** The routes that operators get, polling faster, and with the crash bean around the upload. */
    private Path writeRoutes() throws IOException {
        String original = Files.readString(Launched.LAUNCHER.resolveSibling("routes/watch.camel.yaml"));
        String step = "        - bean:\n            ref: crash\n            method: %s\n";
        String changed = original.replace("        - to:\n", step.formatted("beforeUpload") + "        - to:\n")
                .replaceFirst("delay: \\d+", "delay: 100").stripTrailing() + "\n" + step.formatted("afterUpload");
        assertThat(changed).contains("beforeUpload", "delay: 100", "folderPath: \"{{?folder}}\"\n        - bean:");
        Path routes = Files.createDirectory(directory.resolve("routes"));
        Files.writeString(routes.resolve("watch.camel.yaml"), changed);
        return routes;
    }

    /** Starts the built program, with the tests' classes behind its own. @param once settings for this start only */
    Launched start(List<String> once, String... arguments) throws IOException {
        List<String> lines = new ArrayList<>(once);
        settings.forEach((name, value) -> lines.add(name + " = " + value));
        Path file = Files.write(directory.resolve("settings.properties"), lines);
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m",
                "-Donedrive.backup.installation=" + Launched.LAUNCHER.getParent(),
                "-cp", BUILT.resolve("onedrive-backup.jar") + ":" + BUILT.resolve("test-classes"),
                "io.github.camelonedrive.backup.Main", "--home", home.toString(), "--config", file.toString()));
        // Commands other than run take no beans from a file.
        lines.stream().filter(line -> line.startsWith("camel.beans.")).map(line -> "-D" + line.replace(" = ", "="))
                .forEach(command::add);
        command.addAll(List.of(arguments));
        program = Launched.command(directory, registration.environment(), command);
        return program;
    }

    /** The process that was started last. */
    Launched program() {
        return program;
    }

    /** SIGKILL to the process that was started last, from any thread. */
    void kill() {
        try {
            program.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the upload journal holds. */
    List<String> records() {
        return names(home.resolve("journal"), ".upload");
    }

    /** Names of the files in a directory, sorted; none when there is no directory. @param ending of those that count */
    static List<String> names(Path directory, String ending) {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (program != null) {
            program.close();
        }
        simulator.close();
    }
}
