package io.github.camelonedrive.backup.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Who may have written a file that the program obeys: beside the launcher, elsewhere, and where nobody can tell. */
class TrustCheckTest {

    private static final int NOBODY = 65534;
    private static final int ALICE = 12001;
    private static final int MALLORY = 12002;

    @TempDir
    private Path directory;

    private Path installation;
    private Path elsewhere;
    private int us;

    @BeforeEach
    void prepare() throws Exception {
        directory = directory.toRealPath();
        us = UnixUsers.caller();
        installation = Files.createDirectory(directory.resolve("installation"));
        elsewhere = Files.createDirectory(directory.resolve("etc"));
        mode(installation, "rwxr-xr-x");
        mode(elsewhere, "rwxr-xr-x");
        Files.createFile(installation.resolve("onedrive-backup"));
    }

    /** As git makes it: directories and files with the modes that a umask leaves. */
    @ParameterizedTest
    @CsvSource({"rwxr-xr-x, rw-r--r--", "rwxrwxr-x, rw-rw-r--", "rwxrwxrwx, rw-rw-rw-", "rwx------, rw-------"})
    void beside_aCloneUnderAnyUmaskIsTrustedByOwnerRootAndServiceUser(String directories, String files) throws Exception {
        Path routes = Files.createDirectory(installation.resolve("routes"));
        Path settings = file(installation.resolve("application.properties"), files);
        Path route = file(routes.resolve("watch.camel.yaml"), files);
        mode(installation, directories);
        mode(routes, directories);
        for (int caller : new int[] {us, UnixUsers.ROOT, NOBODY}) {
            assertThat(check(caller).requireFile("The settings file", settings)).isEqualTo(settings);
            assertThat(check(caller).requireFolder("The routes folder", routes)).isEqualTo(routes);
            assertThat(check(caller).requireFile("The route file", route)).isEqualTo(route);
        }
    }

    @ParameterizedTest
    @CsvSource({"rwxr-xr-x, rw-rw-rw-, everyone", "rwxrwxr-x, rw-rw-rw-, everyone"})
    void beside_aFileThatMoreCanWriteThanTheDirectoryIsRefused(String directories, String files, String who) throws Exception {
        mode(installation, directories);
        refused(file(installation.resolve("application.properties"), files), us, who);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxr-xrwx"})
    void beside_aFolderThatMoreCanWriteThanTheDirectoryIsRefused(String mode) throws Exception {
        Path routes = mode(Files.createDirectory(installation.resolve("routes")), mode);
        assertThatThrownBy(() -> check(us).requireFolder("The routes folder", routes)).hasMessageContaining("everyone");
        refused(file(routes.resolve("a.camel.yaml"), "rw-r--r--"), us, routes.toString());
    }

    @Test
    void beside_aForeignOwnerIsRefusedUnlessHeOwnsTheLauncherOrWritesItsDirectory() throws Exception {
        Path settings = owner(file(installation.resolve("application.properties"), "rw-r--r--"), MALLORY);
        refused(settings, us, "belongs to");
        assertThatCode(() -> check(MALLORY).requireFile("The settings file", settings)).doesNotThrowAnyException();
        owner(installation.resolve("onedrive-backup"), MALLORY);
        assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
        owner(installation.resolve("onedrive-backup"), ALICE);
        refused(settings, us, "belongs to");
        mode(installation, "rwxrwxrwx");
        assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
    }

    @Test
    void beside_inAStickyDirectoryOthersCanAddSettingsButNotReplaceTheLauncher() throws Exception {
        Path settings = owner(file(installation.resolve("application.properties"), "rw-r--r--"), MALLORY);
        unixMode(installation, 01777);
        refused(settings, us, "belongs to");
        owner(settings, us);
        assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
    }

    @Test
    void beside_aLinkThatLeadsOutIsJudgedWhereItLeads() throws Exception {
        mode(installation, "rwxrwxrwx");
        Path outside = file(elsewhere.resolve("x"), "rw-rw-rw-");
        Path link = Files.createSymbolicLink(installation.resolve("application.properties"), outside);
        refused(link, us, "everyone");
        mode(outside, "rw-r--r--");
        assertThat(check(us).requireFile("The settings file", link)).isEqualTo(outside);
    }

    @ParameterizedTest
    @CsvSource({"rw-rw-rw-, rwxr-xr-x", "rw-r--rw-, rwxr-xr-x", "rw-r--r--, rwxrwxrwx", "rw-r--r--, rwxr-xrwx"})
    void elsewhere_whatOthersCanWriteIsRefusedAndTheRemedyNamed(String file, String parent) throws Exception {
        Path settings = file(elsewhere.resolve("application.properties"), file);
        mode(elsewhere, parent);
        refused(settings, us, "can be written by everyone");
        assertThatThrownBy(() -> check(us).requireFile("The settings file", settings)).hasMessageContaining("chmod go-w");
    }

    @Test
    void elsewhere_onlyTheCallerRootAndTheLaunchersOwnerMayOwnIt() throws Exception {
        Path settings = owner(file(elsewhere.resolve("application.properties"), "rw-r--r--"), MALLORY);
        refused(settings, us, "belongs to");
        assertThatCode(() -> check(MALLORY).requireFile("The settings file", settings)).doesNotThrowAnyException();
        owner(settings, ALICE);
        owner(installation.resolve("onedrive-backup"), ALICE);
        assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
        owner(settings, us);
        owner(elsewhere, MALLORY);
        refused(settings, us, "the directory " + elsewhere + " belongs to");
    }

    @Test
    void elsewhere_groupWritableIsFineWhereTheGroupBearsTheOwnersName() throws Exception {
        Path settings = file(elsewhere.resolve("application.properties"), "rw-rw-r--");
        mode(elsewhere, "rwxrwxr-x");
        Files.setAttribute(settings, "unix:gid", us);
        Files.setAttribute(elsewhere, "unix:gid", us);
        assumeTrue(UnixFile.of(settings).isOwnersGroup());
        assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
        group(settings, MALLORY);
        refused(settings, us, "the group");
        group(settings, us);
        group(elsewhere, MALLORY);
        refused(settings, us, "the group");
    }

    @Test
    void elsewhere_aStickyDirectoryIsFineForAFileButNotForAFolderOfFiles() throws Exception {
        Path settings = file(elsewhere.resolve("application.properties"), "rw-r--r--");
        unixMode(elsewhere, 01777);
        assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(us).requireFolder("The routes folder", elsewhere)).hasMessageContaining("everyone");
        owner(settings, MALLORY);
        refused(settings, us, "belongs to");
    }

    @Test
    void elsewhere_aDirectoryFurtherUpThatOthersCanWriteIsRefused() throws Exception {
        Path deep = mode(Files.createDirectory(elsewhere.resolve("deep")), "rwxr-xr-x");
        Path settings = file(deep.resolve("application.properties"), "rw-r--r--");
        mode(elsewhere, "rwxrwxrwx");
        refused(settings, us, "the directory " + elsewhere + " can be written by everyone");
        unixMode(elsewhere, 01777);
        assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
    }

    @Test
    void elsewhere_directoriesAboveTheLauncherTooAreTrustedAsItIs() throws Exception {
        Path settings = file(elsewhere.resolve("application.properties"), "rw-r--r--");
        mode(directory, "rwxrwxrwx");
        assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
    }

    /** A volume of a ConfigMap: links to a directory that everyone could write, were it not mounted read-only. */
    @Test
    void elsewhere_aReadOnlyMountWhoseFileIsALinkIsFine() throws Exception {
        Path volume = mode(Files.createDirectory(elsewhere.resolve("a volume")), "rwxrwxrwx");
        Path data = Files.createDirectory(volume.resolve("..2026_11_30_20_18_00.1"));
        Path file = owner(file(data.resolve("application.properties"), "rw-rw-rw-"), MALLORY);
        mode(data, "rwxrwxrwx");
        Files.createSymbolicLink(volume.resolve("..data"), data.getFileName());
        Path settings = Files.createSymbolicLink(volume.resolve("application.properties"),
                Path.of("..data", "application.properties"));
        refused(settings, us, "belongs to");
        String mount = volume.toString().replace(" ", "\\040");
        assertThat(check(us, "9 1 8:1 / " + mount + " ro,relatime shared:1 - ext4 /dev/vda rw")
                .requireFile("The settings file", settings)).isEqualTo(file);
        assertThat(check(us, "9 1 8:1 / " + mount + " rw - tmpfs tmpfs ro,size=4k").requireFile("The settings file", settings))
                .isEqualTo(file);
        assertThatThrownBy(() -> check(us, "9 1 8:1 / " + mount + " ro - ext4 /dev/vda rw\n10 9 8:1 / " + mount
                + " rw - ext4 /dev/vda rw").requireFile("The settings file", settings))
                .as("covered by a mount that can be written").isInstanceOf(BackupException.class);
        mode(elsewhere, "rwxrwxrwx");
        assertThatThrownBy(() -> check(us, "9 1 8:1 / " + mount + " ro - ext4 /dev/vda rw")
                .requireFile("The settings file", settings)).as("the mount point can be moved away")
                .hasMessageContaining("the directory " + elsewhere);
    }

    @Test
    void elsewhere_aRealReadOnlyMountIsFine() throws Exception {
        Path volume = Files.createDirectory(elsewhere.resolve("volume"));
        assumeTrue(run("mount", "-t", "tmpfs", "tmpfs", volume.toString()), "Needs a system where root may mount.");
        try {
            Path settings = owner(file(volume.resolve("application.properties"), "rw-rw-rw-"), MALLORY);
            refused(settings, us, "belongs to");
            assertThat(run("mount", "-o", "remount,ro", volume.toString())).isTrue();
            assertThatCode(() -> check(us).requireFile("The settings file", settings)).doesNotThrowAnyException();
        } finally {
            run("umount", volume.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor() == 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vfat /dev/sdb1 rw,umask=000", "fuseblk /dev/sdb1 rw,user_id=0", "9p C:\\134 rw,aname=drvfs;path=C:"})
    void aFileSystemWithoutOwnersIsNotRefusedButWarnedOfOnce(String fileSystem) throws Exception {
        Path settings = owner(file(elsewhere.resolve("application.properties"), "rw-rw-rw-"), MALLORY);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(TrustCheck.class);
        logger.addAppender(log);
        TrustCheck check = check(us, "9 1 8:1 / " + elsewhere + " rw - " + fileSystem);
        check.requireFile("The settings file", settings);
        check.requireFile("The settings file", settings);
        logger.detachAppender(log);
        assertThat(log.list).filteredOn(event -> event.getLevel() == Level.WARN).hasSize(1);
        assertThatThrownBy(() -> check(us, "9 1 8:1 / " + elsewhere + " rw - 9p host rw,aname=/export")
                .requireFile("The settings file", settings)).isInstanceOf(BackupException.class);
    }

    @Test
    void theSameCheckSeesWhatChangedInBetween() throws Exception {
        Path settings = file(elsewhere.resolve("application.properties"), "rw-r--r--");
        TrustCheck check = check(us);
        check.requireFile("The settings file", settings);
        mode(settings, "rw-rw-rw-");
        assertThatThrownBy(() -> check.requireFile("The settings file", settings)).isInstanceOf(BackupException.class);
    }

    private void refused(Path file, int caller, String because) {
        assertThatThrownBy(() -> check(caller).requireFile("The settings file", file)).isInstanceOf(BackupException.class)
                .hasMessageContaining("The settings file " + file).hasMessageContaining(because)
                .extracting(e -> ((BackupException) e).kind()).isEqualTo(FailureKind.CONFIGURATION);
    }

    private TrustCheck check(int caller) {
        return new TrustCheck(installation, caller, Mounts.ofThisSystem());
    }

    private TrustCheck check(int caller, String mountinfo) throws IOException {
        Path table = Files.writeString(directory.resolve("mountinfo"), "1 0 8:1 / / rw - ext4 /dev/vda rw\n" + mountinfo + "\n");
        return new TrustCheck(installation, caller, Mounts.in(table));
    }

    private static Path file(Path path, String mode) throws IOException {
        return mode(Files.createFile(path), mode);
    }

    private static Path mode(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static void unixMode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private Path owner(Path path, int uid) throws IOException {
        assumeTrue(us == UnixUsers.ROOT, "Only root can give files away.");
        Files.setAttribute(path, "unix:uid", uid);
        return path;
    }

    private void group(Path path, int gid) throws IOException {
        assumeTrue(us == UnixUsers.ROOT, "Only root can give files away.");
        Files.setAttribute(path, "unix:gid", gid);
    }
}
