package io.github.camelonedrive.backup.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs command lines in this JVM, with a terminal or without. */
final class ProgramInThisJvm {

    private final Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> always = new ArrayList<>();
    private Path workingDirectory;

    ProgramInThisJvm(Path directory) {
        this.directory = directory;
        this.workingDirectory = directory;
    }

    /** All commands from now on are called from there; the launcher stays where it is. */
    ProgramInThisJvm calledFrom(Path directoryOfTheCaller) {
        workingDirectory = directoryOfTheCaller;
        return this;
    }

    /** All commands from now on talk to this simulator. */
    ProgramInThisJvm on(OneDriveSimulator simulator) {
        always.clear();
        always.addAll(List.of("-D", "camel.component.onedrive.graph-endpoint=" + simulator.graphEndpoint(),
                "-D", "camel.component.onedrive.login-endpoint=" + simulator.loginEndpoint(),
                "-D", "camel.component.onedrive.max-retry-delay=20"));
        return this;
    }

    /** Nobody is there. @return the exit code */
    int run(String... arguments) {
        return run(false, "", arguments);
    }

    /** Nobody is there, and this is standard input. @return the exit code */
    int reading(String input, String... arguments) {
        return run(false, input, arguments);
    }

    /** Somebody sits at a terminal and types this. @return the exit code */
    int typing(String lines, String... arguments) {
        return run(true, lines, arguments);
    }

    private int run(boolean terminal, String lines, String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(always);
        all.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString());
        return new CommandLineProgram(new Environment(environment, workingDirectory, directory, terminal,
                StandardCharsets.UTF_8, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), stream(out),
                stream(err))).run(all.toArray(String[]::new));
    }

    /** As {@link #run}, which must give that exit code. */
    ProgramInThisJvm expect(int exitCode, String... arguments) {
        assertThat(run(arguments)).as("%s%n%s%n%s", List.of(arguments), out(), err()).isEqualTo(exitCode);
        return this;
    }

    /** Adds a destination of that simulator's account. */
    ProgramInThisJvm add(String name, OneDriveSimulator simulator, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("destination", "add", name, "--client-id", simulator.clientId(),
                "--client-secret-file", secret(name + "-secret", simulator.clientSecret()),
                "--refresh-token-file", secret(name + "-token", simulator.refreshToken())));
        all.addAll(List.of(more));
        return expect(0, all.toArray(String[]::new));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    byte[] outBytes() {
        return out.toByteArray();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toByteArray());
    }

    /** A file that holds a secret. */
    String secret(String name, String value) throws IOException {
        Path file = Files.writeString(directory.resolve(name), value + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")).toString();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
