package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The launcher and the jar as processes: what they take from the environment, the current directory and beside them. */
class LauncherIT {

    private static final Path BUILT = Path.of("target").toAbsolutePath();
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int ALICE = 12001;
    private static final int NOBODY = 65534;

    @TempDir
    private Path directory;

    private Path drop;
    private final Map<String, String> environment = new LinkedHashMap<>(Map.of("PATH", System.getenv("PATH"),
            "JAVA_HOME", System.getProperty("java.home")));

    @BeforeEach
    void prepare() throws Exception {
        mode(directory, "rwxr-xr-x");
        drop = Files.createDirectory(directory.resolve("drop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSIX", "C", "en_US.ISO-8859-1"})
    void jar_refusesToStartWithoutUtf8FileNames(String locale) throws Exception {
        environment.put("LC_ALL", locale);
        Launched refused = launch(List.of(JAVA, "-jar", BUILT.resolve("onedrive-backup.jar").toString(), "--version"));
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
        assertThat(refused.err()).contains("LC_ALL=C.UTF-8").hasLineCount(1);
        assertThat(refused.out()).isEmpty();
        environment.put("LC_ALL", "C.UTF-8");
        assertThat(launch(List.of(JAVA, "-jar", BUILT.resolve("onedrive-backup.jar").toString(), "--version")).exitCode()).isZero();
        environment.put("LC_ALL", locale);
        assertThat(launch(List.of(Launched.LAUNCHER.toString(), "--version")).exitCode()).isZero();
    }

    @Test
    void arguments_areNotExpandedByJavaNorByTheProgram() throws Exception {
        Files.writeString(drop.resolve("@z"), "--version");
        Files.writeString(drop.resolve("z"), "--version");
        for (String argument : new String[] {"@z", "@@z", "@"}) {
            Launched launcher = launch(List.of(Launched.LAUNCHER.toString(), argument));
            assertThat(launcher.exitCode()).isEqualTo(2);
            assertThat(launcher.err()).contains("'" + argument + "'");
            environment.put("LC_ALL", "C.UTF-8");
            Launched jar = launch(List.of(JAVA, "-jar", BUILT.resolve("onedrive-backup.jar").toString(), argument));
            assertThat(jar.exitCode()).isEqualTo(2);
            assertThat(jar.err()).contains("'" + argument + "'");
        }
    }

    @Test
    void javaOptions_areWordsButNoPatternsOfTheCurrentDirectory() throws Exception {
        Files.createFile(drop.resolve("-showversion"));
        environment.put("JAVA_OPTS", "-Xmx64m -show*");
        Launched launched = launch(List.of(Launched.LAUNCHER.toString(), "--version"));
        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err()).contains("-show*");
        environment.put("JAVA_OPTS", "-Xmx64m -XX:+PrintFlagsFinal");
        Launched flags = launch(List.of(Launched.LAUNCHER.toString(), "--version"));
        assertThat(flags.exitCode()).isZero();
        assertThat(flags.out()).containsPattern("MaxHeapSize +:?= 67108864");
    }

    /** Without the launcher, what would be beside it is beside the jar. */
    @Test
    void jar_takesSettingsAndRoutesFromBesideIt_notFromTheCurrentDirectory() throws Exception {
        Files.createDirectory(drop.resolve("routes"));
        Files.writeString(drop.resolve("application.properties"), "backup.nonsense = 1\n");
        environment.put("LC_ALL", "C.UTF-8");
        Launched launched = launch(List.of(JAVA, "-jar", BUILT.resolve("onedrive-backup.jar").toString(), "demo"));
        assertThat(launched.exitCode()).as(launched.err()).isEqualTo(2);
        assertThat(launched.err()).contains("The routes folder " + BUILT.resolve("routes")).doesNotContain("nonsense")
                .contains("--config ./application.properties");
    }

    /** Directories and files as git makes them under that umask; the route file shows by its error that it was read. */
    @ParameterizedTest
    @CsvSource({"775, 664, 0", "775, 664, 12001", "775, 664, 65534", "777, 666, 0", "777, 666, 12001", "777, 666, 65534"})
    void clone_underAnyUmask_isTrustedByOwnerRootAndServiceUser(String directories, String files, int user) throws Exception {
        assumeTrue(isRoot(), "Only root can become another user.");
        Path clone = clone(directories, files);
        Launched launched = launch(as(user, clone.resolve("onedrive-backup").toString(), "run"));
        assertThat(launched.exitCode()).as(launched.err()).isEqualTo(2);
        assertThat(launched.err()).contains("The route file " + clone.resolve("routes/watch.camel.yaml") + " is not valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.properties", "routes", "routes/watch.camel.yaml"})
    void clone_inWhichOthersCanWriteMoreThanTheLauncher_isRefused(String name) throws Exception {
        assumeTrue(isRoot(), "Only root can become another user.");
        Path clone = clone("775", "664");
        chmod("o+w", clone.resolve(name));
        for (int user : new int[] {0, ALICE, NOBODY}) {
            Launched launched = launch(as(user, clone.resolve("onedrive-backup").toString(), "run"));
            assertThat(launched.exitCode()).as(launched.err()).isEqualTo(2);
            assertThat(launched.err()).contains("another user could have written it").contains("chmod go-w");
        }
    }

    /** A clone that Alice made, with the built program, and homes for all. */
    private Path clone(String directories, String files) throws Exception {
        Path clone = Files.createDirectories(directory.resolve("clone"));
        Path target = Files.createDirectories(clone.resolve("src/target"));
        Path routes = Files.createDirectory(clone.resolve("routes"));
        run("cp", Launched.LAUNCHER.toString(), clone.toString());
        run("cp", "-r", BUILT.resolve("onedrive-backup.jar").toString(), BUILT.resolve("lib").toString(), target.toString());
        Files.writeString(clone.resolve("application.properties"), "backup.console.port = 0\n");
        Files.writeString(routes.resolve("watch.camel.yaml"), "- nonsense: {}\n");
        run("sh", "-c", "find '" + clone + "' -type d -exec chmod " + directories + " {} + && find '" + clone
                + "' -type f -exec chmod " + files + " {} +");
        chmod("a+x", clone.resolve("onedrive-backup"));
        run("chown", "-R", ALICE + ":" + ALICE, clone.toString());
        return clone;
    }

    private List<String> as(int user, String... command) throws Exception {
        Path home = Files.createDirectories(directory.resolve("home-" + user));
        run("chown", user + ":" + user, home.toString());
        environment.put("HOME", home.toString());
        environment.put("ONEDRIVE_BACKUP_HOME", home.resolve("state").toString());
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
        all.addAll(List.of(command));
        return all;
    }

    private Launched launch(List<String> command) throws IOException {
        return Launched.command(drop, environment, command);
    }

    private static boolean isRoot() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    private static void chmod(String mode, Path path) throws Exception {
        run("chmod", mode, path.toString());
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).as(String.join(" ", command)).isZero();
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
