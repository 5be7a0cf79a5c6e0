package io.github.camelonedrive.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import io.github.camelonedrive.files.UnsafeFileException.Problem;
import io.github.camelonedrive.transport.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Two real users in one directory that both may write to and that is sticky, as {@code /tmp} is. */
class OtherUserProcessTest {

    private static final String NOBODY = "65534";

    private Path dir;
    private Path classes;

    @BeforeEach
    void directories() throws Exception {
        assumeTrue(OwnerOnlyFiles.isRoot(), "only root can start a program as another user");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        dir = Files.createTempDirectory("other-user");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setAttribute(dir, "unix:mode", 01777);
        classes = Files.createTempDirectory("other-user-classes");
        copy(LockFile.class);
        copy(TimeSource.class);
        copy(OtherUser.class);
        copy(Logger.class);
        OwnerOnlyFiles.writeNew(dir.resolve("private"), new byte[] {0});
        Files.write(dir.resolve("readable"), new byte[] {0});
        Files.setPosixFilePermissions(dir.resolve("readable"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(dir.resolve("link"), dir);
    }

    @AfterEach
    void remove() throws IOException {
        for (Path directory : new Path[] {dir, classes}) {
            if (directory != null) {
                run("rm", "-rf", directory.toString());
            }
        }
    }

    @Test
    void eachKeepsToItsOwnFiles() throws IOException {
        String said = run("/usr/bin/setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes + ":" + classes + "/*",
                OtherUser.class.getName(), dir.toString());

        assertThat(said).contains("root's private file: AccessDeniedException", "root's readable file: OPEN_TO_OTHERS",
                "root's readable secret: OPEN_TO_OTHERS", "root's lock: FOREIGN_OWNER", "root's link: done",
                "own file: done", "own file again: done", "own replacement: done", "own lock: done", "owner: false",
                "is root: false").doesNotContain("root's name replaced: done");
        assertThat(dir.resolve("private")).hasBinaryContent(new byte[] {0});
        assertThat(problem(() -> OwnerOnlyFiles.read(dir.resolve("theirs"), 100))).isEqualTo(Problem.FOREIGN_OWNER);
        assertThat(problem(() -> OpenFile.open(dir.resolve("theirs")))).isEqualTo(Problem.FOREIGN_OWNER);
        assertThat(problem(() -> LockFile.tryAcquire(dir.resolve("their.lock")))).isEqualTo(Problem.FOREIGN_OWNER);
        assertThat(problem(() -> OwnerOnlyFiles.resolveLinks(dir.resolve("their-link")))).isEqualTo(Problem.FOREIGN_OWNER);
        assertThat(dir.resolve("theirs")).hasBinaryContent(new byte[] {2});
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files.map(file -> file.getFileName().toString())).as("nothing is left behind")
                    .noneMatch(name -> name.startsWith(".owner"));
        }
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(UnsafeFileException.class, call).problem();
    }

    /** All classes of the package, or the jar, that a class is in: the other user may not read where they are. */
    private void copy(Class<?> one) throws IOException, URISyntaxException {
        Path source = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(source)) {
            Files.copy(source, classes.resolve(source.getFileName()));
        } else {
            Path packageOfIt = Path.of(one.getPackageName().replace('.', '/'));
            Files.createDirectories(classes.resolve(packageOfIt));
            try (Stream<Path> files = Files.list(source.resolve(packageOfIt))) {
                files.filter(file -> file.toString().endsWith(".class")).forEach(file -> copy(file, packageOfIt));
            }
        }
        run("chmod", "-R", "a+rX", classes.toString());
    }

    private void copy(Path file, Path packageOfIt) {
        try {
            Files.copy(file, classes.resolve(packageOfIt).resolve(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return said;
    }
}
