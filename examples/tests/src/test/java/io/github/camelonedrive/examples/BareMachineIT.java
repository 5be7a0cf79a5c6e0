package io.github.camelonedrive.examples;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's two commands in a fresh clone, with nothing in the environment, so without a locale, and with the signals of the
 * terminal ignored, as nohup, cron and some CI runners start them.
 */
@Tag("full")
class BareMachineIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final int LONGEST_MINUTES = 40;
    /** Those that make names in Unicode, send signals, or start the launcher, Maven or another program. */
    private static final List<String> SENSITIVE = List.of(
            "-DexcludedGroups=",
            "-Dtest=RcloneTest,GeneratedFilesTest,ProcessEndTest", "-Dsurefire.failIfNoSpecifiedTests=false",
            "-Dit.test=CommandsIT,StopIT,RunIT,ExamplesIT#thePlainMavenProject", "-Dfailsafe.failIfNoSpecifiedTests=false");

    @TempDir
    private Path directory;
    private Path clone;

    @BeforeEach
    void cloneWhatIsCommitted() throws Exception {
        Assumptions.assumeTrue(Files.exists(ROOT.resolve(".git")), "not a clone itself");
        clone = directory.resolve("clone");
        assertThat(run(directory, List.of("git", "clone", "--quiet", "--no-local", ROOT.toString(), clone.toString())))
                .as(this::output).isZero();
        Path configuration = Files.createDirectory(clone.resolve(".mvn")).resolve("maven.config");
        Files.writeString(configuration, "-Dmaven.repo.local=" + repositoryWithoutOurs());
    }

    /**
     * The builder's local repository by links, except for what this project may have installed there. It is not in the
     * temporary directory, of which JUnit deletes each entry.
     */
    private static Path repositoryWithoutOurs() throws IOException {
        Path copy = Path.of("target/linked-repository").toAbsolutePath();
        link(Path.of(System.getProperty("examples.local.repository")), copy, List.of("io", "github", "camelonedrive"));
        return copy;
    }

    private static void link(Path from, Path to, List<String> leftOut) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                Path link = to.resolve(entry.getFileName());
                if (entry.endsWith(leftOut.get(0))) {
                    if (leftOut.size() > 1) {
                        link(entry, link, leftOut.subList(1, leftOut.size()));
                    }
                } else if (Files.notExists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, entry);
                }
            }
        }
    }

    @Test
    void theTwoCommandsOfTheReadmeSucceed() throws Exception {
        assertThat(bare(List.of("./onedrive-backup", "demo"))).as(this::output).isZero();
        assertThat(output()).contains("2 of 2 dumps are in the simulated OneDrive");

        List<String> verify = new ArrayList<>(List.of("mvn", "-B", "-ntp", "verify"));
        verify.addAll(SENSITIVE);
        assertThat(bare(verify)).as(this::output).isZero();
        assertThat(output()).contains("RcloneTest", "CommandsIT", "StopIT", "RunIT", "ExamplesIT");
    }

    /** The exit code of a command in the clone. */
    private int bare(List<String> command) throws IOException, InterruptedException {
        String path = String.join(File.pathSeparator, Path.of(System.getProperty("java.home"), "bin").toString(),
                Path.of(System.getProperty("examples.maven.home"), "bin").toString(), System.getenv("PATH"));
        List<String> words = new ArrayList<>(List.of("sh", "-c", "trap '' INT QUIT HUP; exec env -i \"$@\"", "sh",
                "PATH=" + path, "HOME=" + directory));
        words.addAll(command);
        return run(clone, words);
    }

    private int run(Path where, List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).directory(where.toFile()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile()).start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
