package io.github.camelonedrive.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.files.UnsafeFileException.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class OpenFileTest {

    @TempDir
    Path dir;

    private Path foreign;
    private Path file;

    @BeforeEach
    void makeForeignFile() throws IOException {
        foreign = Files.writeString(dir.resolve("foreign"), "not ours to write");
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-------"));
        file = dir.resolve("file");
    }

    /** What can stand under a name of ours that others planted. */
    enum Planted {

        LINK(Problem.LINK) {

            @Override
            void plant(Path file, Path foreign) throws IOException {
                Files.createSymbolicLink(file, foreign);
            }
        },

        DANGLING_LINK(Problem.LINK) {

            @Override
            void plant(Path file, Path foreign) throws IOException {
                Files.createSymbolicLink(file, foreign.resolveSibling("not-there"));
            }
        },

        LINK_TO_A_DEVICE(Problem.LINK) {

            @Override
            void plant(Path file, Path foreign) throws IOException {
                Files.createSymbolicLink(file, Path.of("/dev/zero"));
            }
        },

        HARD_LINK(Problem.HARD_LINKED) {

            @Override
            void plant(Path file, Path foreign) throws IOException {
                Files.createLink(file, foreign);
            }
        },

        DIRECTORY(Problem.NOT_REGULAR) {

            @Override
            void plant(Path file, Path foreign) throws IOException {
                Files.createDirectory(file);
            }
        },

        PIPE(Problem.NOT_REGULAR) {

            @Override
            void plant(Path file, Path foreign) throws IOException {
                run("mkfifo", file.toString());
            }
        },

        WRITABLE_BY_OTHERS(Problem.OPEN_TO_OTHERS) {

            @Override
            void plant(Path file, Path foreign) throws IOException {
                Files.setPosixFilePermissions(Files.createFile(file), PosixFilePermissions.fromString("rw-rw-rw-"));
            }
        },

        FILE_OF_ANOTHER_USER(Problem.FOREIGN_OWNER) {

            @Override
            void plant(Path file, Path foreign) throws IOException {
                assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give files away");
                Files.createFile(file, OwnerOnlyFiles.fileAttributes(file));
                Files.setAttribute(file, "unix:uid", 65534);
            }
        };

        private final Problem problem;

        Planted(Problem problem) {
            this.problem = problem;
        }

        abstract void plant(Path file, Path foreign) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void plantedFile_opened_isRefused(Planted planted) throws IOException {
        planted.plant(file, foreign);

        assertThat(problem(() -> OpenFile.open(file))).isEqualTo(planted.problem);
        assertThat(problem(() -> OpenFile.openOrCreate(file))).isEqualTo(planted.problem);
        assertThat(foreign).hasContent("not ours to write");
        assertThat(dir.resolve("not-there")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void plantedFile_created_isRefused(Planted planted) throws IOException {
        planted.plant(file, foreign);

        assertThatThrownBy(() -> OpenFile.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(foreign).hasContent("not ours to write");
        assertThat(dir.resolve("not-there")).doesNotExist();
    }

    /** A second name does not matter to a reader: copies made by hard links are common in backups. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HARD_LINK")
    void plantedFile_read_isRefused(Planted planted) throws IOException {
        planted.plant(file, foreign);

        assertThat(problem(() -> OwnerOnlyFiles.read(file, 100))).isEqualTo(planted.problem);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"DIRECTORY"})
    void plantedFile_replaced_leavesWhatItLedTo(Planted planted) throws IOException {
        planted.plant(file, foreign);

        OwnerOnlyFiles.replace(file, new byte[] {1});

        assertThat(file).isRegularFile().hasBinaryContent(new byte[] {1});
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(foreign).hasContent("not ours to write");
    }

    @Test
    void newFile_hasMode600AndIsInPlace() throws IOException {
        try (OpenFile made = OpenFile.create(file)) {
            made.append("a".getBytes(StandardCharsets.US_ASCII));
            made.append("b".getBytes(StandardCharsets.US_ASCII));

            assertThat(made.readAll(2)).asString(StandardCharsets.US_ASCII).isEqualTo("ab");
            assertThat(made.isInPlace()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
    }

    @Test
    void exchangedFile_isNotInPlaceAndNotDeleted() throws IOException {
        try (OpenFile made = OpenFile.create(file)) {
            Files.delete(file);
            Files.createLink(file, foreign);

            assertThat(made.isInPlace()).isFalse();
            made.delete();

            assertThat(file).exists();
        }
    }

    @Test
    void interruptedThread_stillWritesAndKeepsTheLock() throws IOException {
        try (OpenFile made = OpenFile.create(file)) {
            assertThat(made.tryLock(0, 10)).isPresent();
            Thread.currentThread().interrupt();
            made.append(new byte[] {1, 2});
            made.sync();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(made.tryLock(0, 10)).as("it is locked already").isEmpty();
            assertThat(file).hasBinaryContent(new byte[] {1, 2});
        }
    }

    @Test
    void fileThatIsTooLong_isNotRead() throws IOException {
        OwnerOnlyFiles.writeNew(file, new byte[11]);

        assertThatThrownBy(() -> OwnerOnlyFiles.read(file, 10)).hasMessageContaining("longer than 10 bytes");
    }

    @Test
    void missingFile_isToldApart() {
        assertThatThrownBy(() -> OpenFile.open(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void linksOfOurOwn_areResolvedAlsoWhereTheEndIsMissing() throws IOException {
        Path real = Files.createDirectories(dir.resolve("real/deep"));
        Files.createSymbolicLink(dir.resolve("relative"), Path.of("real/../real/deep"));

        assertThat(OwnerOnlyFiles.resolveLinks(dir.resolve("relative/new/file")))
                .isEqualTo(real.toRealPath().resolve("new/file"));
        assertThat(OwnerOnlyFiles.resolveLinks(dir.resolve("relative/../x"))).isEqualTo(dir.toRealPath().resolve("real/x"));
    }

    @Test
    void linkOfAnotherUser_anywhereInAPath_isRefused() throws IOException {
        assumeTrue(OwnerOnlyFiles.isRoot(), "only root can give links away");
        Path link = Files.createSymbolicLink(dir.resolve("link"), Files.createDirectory(dir.resolve("real")));
        Files.setAttribute(link, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

        assertThat(problem(() -> OwnerOnlyFiles.resolveLinks(link.resolve("home")))).isEqualTo(Problem.FOREIGN_OWNER);
    }

    @Test
    void circleOfLinks_isRefused() throws IOException {
        Files.createSymbolicLink(dir.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(dir.resolve("b"), Path.of("a"));

        assertThatThrownBy(() -> OwnerOnlyFiles.resolveLinks(dir.resolve("a"))).hasMessageContaining("too many");
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(UnsafeFileException.class, call).problem();
    }

    private static void run(String... command) throws IOException {
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
