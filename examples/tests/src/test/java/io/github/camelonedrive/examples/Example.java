package io.github.camelonedrive.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** A copy of an example, and what is done with it. */
final class Example implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private final Path directory;
    private final PublishedArtifacts artifacts;
    private final OneDriveSimulator onedrive;
    private final Path output;
    private Process running;

    /** @param source the folder to copy; what a build left there is not copied */
    Example(Path source, Path directory, PublishedArtifacts artifacts, OneDriveSimulator onedrive) throws IOException {
        this.directory = directory;
        this.artifacts = artifacts;
        this.onedrive = onedrive;
        this.output = directory.resolve("output.log");
        copy(source);
        Files.createDirectories(directory.resolve("dumps"));
    }

    private void copy(Path source) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = source.relativize(file);
                if (!relative.startsWith("target")) {
                    Path copy = directory.resolve(relative);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    Path directory() {
        return directory;
    }

    /** The settings that lead to the simulator instead of Microsoft, each behind what makes it a setting. */
    String[] simulatorSettings(String prefix) {
        return new String[] {
                prefix + "camel.component.onedrive.graph-endpoint=" + onedrive.graphEndpoint(),
                prefix + "camel.component.onedrive.login-endpoint=" + onedrive.loginEndpoint() };
    }

    /** Changes a text in the copy, as a user would who has other versions. */
    void edit(String file, String from, String to) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).as(file).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    /** Runs Maven to its end, which must be a success. */
    void maven(String... arguments) throws IOException, InterruptedException {
        Process maven = start(maven(List.of(arguments)));
        boolean ended = maven.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            destroy(maven);
        }
        assertThat(ended && maven.exitValue() == 0).as("Maven %s:%n%s", List.of(arguments), Files.readString(output)).isTrue();
    }

    /** Starts Maven with something that goes on until {@link #close()}. */
    void keepMavenRunning(String... arguments) throws IOException {
        running = start(maven(List.of(arguments)));
    }

    /** Starts Java with something that goes on until {@link #close()}. */
    void keepJavaRunning(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        running = start(command);
    }

    private List<String> maven(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("examples.maven.home"), "bin", WINDOWS ? "mvn.cmd" : "mvn").toString(),
                "-B", "-ntp", "-q", "-s", artifacts.settings().toString(),
                "-Dmaven.repo.local=" + artifacts.repository(), "-Dstyle.color=never"));
        command.addAll(arguments);
        return command;
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("ONEDRIVE_CLIENT_ID", onedrive.clientId());
        environment.put("ONEDRIVE_CLIENT_SECRET", onedrive.clientSecret());
        environment.put("ONEDRIVE_REFRESH_TOKEN", onedrive.refreshToken());
        environment.put("BACKUP_QUIET_PERIOD", "10ms");
        return builder.start();
    }

    /** Drops a dump and waits until the running example has uploaded it and put it away. */
    void uploadsWhatAppears() throws IOException {
        Path dump = directory.resolve("dumps/from-the-example.sql");
        Files.writeString(dump, "dumped");
        Path done = directory.resolve("dumps/.done/from-the-example.sql");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Awaitility.await().atMost(PATIENCE.plusSeconds(10)).pollInterval(Duration.ofMillis(200)).until(
                () -> Files.exists(done) || !running.isAlive() || System.nanoTime() > deadline);
        assertThat(done).as("the example says:%n%s", Files.readString(output)).exists();
        assertThat(onedrive.file("/Backups/from-the-example.sql").orElseThrow().bytes()).asString().isEqualTo("dumped");
    }

    /** Whether the example's own tests ran. */
    void ranItsOwnTests() throws IOException {
        try (var reports = Files.list(directory.resolve("target/surefire-reports"))) {
            assertThat(reports.filter(report -> report.toString().endsWith(".txt"))).singleElement()
                    .satisfies(report -> assertThat(Files.readString(report))
                            .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0"));
        }
    }

    @Override
    public void close() {
        if (running != null) {
            destroy(running);
        }
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
