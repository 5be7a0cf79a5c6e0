package io.github.camelonedrive.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelonedrive.upload.UploadFixture.CHUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A source that is not what it was leaves neither a new item nor an open session, and the old item as it is. */
class SourceChangesTest {

    private static final byte[] OLD = {1, 2, 3};

    private final UploadFixture fixture = new UploadFixture();
    private final ScriptedDrive drive = fixture.drive;

    @TempDir
    Path directory;

    /** What somebody does to a file while it is uploaded. */
    interface Mischief {

        void on(Path file) throws IOException;
    }

    static Stream<Arguments> mischiefs() {
        Mischief grows = file -> Files.write(file, new byte[1], StandardOpenOption.APPEND);
        Mischief shrinks = file -> truncate(file, 10);
        Mischief empties = file -> truncate(file, 0);
        Mischief edits = file -> {
            Files.write(file, new byte[] {42}, StandardOpenOption.WRITE);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        };
        Mischief replaces = file -> {
            Path other = file.resolveSibling("other");
            Files.write(other, new byte[(int) Files.size(file)]);
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        };
        Mischief deletes = Files::delete;
        Mischief directory = file -> {
            Files.delete(file);
            Files.createDirectory(file);
        };
        return Stream.of(500, 3 * CHUNK, 3 * CHUNK + 1).flatMap(size -> Stream.of(Arguments.of("grows", size, grows),
                Arguments.of("shrinks", size, shrinks), Arguments.of("is emptied", size, empties),
                Arguments.of("is edited", size, edits), Arguments.of("is replaced", size, replaces),
                Arguments.of("is deleted", size, deletes), Arguments.of("becomes a directory", size, directory)));
    }

    @ParameterizedTest(name = "a file of {1} bytes {0}")
    @MethodSource("mischiefs")
    void nothingIsCommittedWhenAFile(String what, int size, Mischief mischief) throws Exception {
        drive.put("dump.sql", OLD);
        Path file = Files.write(directory.resolve("dump.sql"), UploadFixture.bytes(size));
        drive.once(request -> ScriptedDrive.isPut(request) || ScriptedDrive.isLastFragment(request), request -> {
            mischief.on(file);
            return drive.serve(request);
        });
        try (FileSource source = FileSource.open(file)) {
            assertThatExceptionOfType(OneDriveException.class).isThrownBy(() -> fixture.upload(source))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSETTLED))
                    .withMessageNotContaining("no answer from");
        }
        assertNothingCommitted();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 3 * CHUNK})
    @Tag("C45")
    void nothingIsCommittedWhenASourceIsShorterOrLongerThanAnnounced(int size) {
        drive.put("dump.sql", OLD);
        for (int announced : new int[] {size - 1, size + 1}) {
            assertThatExceptionOfType(SourceChangedException.class).isThrownBy(
                    () -> fixture.upload(new UploadFixture.SpoiledSource(UploadFixture.bytes(size), announced)))
                    .withMessageContaining(String.valueOf(announced)).withMessageContaining("announced");
            assertNothingCommitted();
        }
    }

    @Test
    void anEmptySourceThatIsNotEmptyAnyMoreIsNotUploaded() throws Exception {
        drive.put("dump.sql", OLD);
        Path file = Files.createFile(directory.resolve("empty"));
        try (FileSource source = FileSource.open(file)) {
            Files.write(file, new byte[1]);
            assertThatExceptionOfType(SourceChangedException.class).isThrownBy(() -> fixture.upload(source));
        }
        assertNothingCommitted();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 3 * CHUNK})
    void aReadErrorIsNamedAsSuchAndNotTriedAsIfItWereTheNetwork(int size) {
        drive.put("dump.sql", OLD);
        assertThatExceptionOfType(SourceUnreadableException.class).isThrownBy(
                () -> fixture.upload(new UploadFixture.SpoiledSource(UploadFixture.bytes(size), size) {
                    @Override
                    public int read(long position, byte[] buffer, int length) throws IOException {
                        if (position >= size / 2) {
                            throw new IOException("Input/output error");
                        }
                        return super.read(position, buffer, Math.min(length, size / 2));
                    }
                })).withMessageContaining("Input/output error");
        assertNothingCommitted();
        assertThat(fixture.graph.time.sleeps()).isEmpty();
    }

    @Test
    void aFileIsReadThroughOneHandleAndKnowsItsTime() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "hello");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-02-28T11:22:33Z")));
        try (FileSource source = FileSource.open(file)) {
            assertThat(source.size()).isEqualTo(5);
            assertThat(source.lastModified()).contains(Instant.parse("2026-02-28T11:22:33Z"));
            Files.delete(file);
            byte[] buffer = new byte[10];
            assertThat(source.read(1, buffer, 10)).isEqualTo(4);
            assertThat(new String(buffer, 0, 4, StandardCharsets.UTF_8)).isEqualTo("ello");
            assertThat(source.read(5, buffer, 10)).isEqualTo(-1);
        }
    }

    @Test
    void whatIsNoReadableFileIsRefusedByName() throws Exception {
        Path missing = directory.resolve("missing");
        assertUnreadable(missing, "does not exist");
        assertUnreadable(directory, "not a regular file");
        Path file = Files.createFile(directory.resolve("file"));
        // What the system calls it differs between Java versions.
        assertUnreadable(file.resolve("below"), "Can't read");
    }

    private static void assertUnreadable(Path file, String reason) {
        assertThatExceptionOfType(FileSource.UnreadableSourceException.class).isThrownBy(() -> FileSource.open(file).close())
                .withMessageContaining("'" + file + "'").withMessageContaining(reason);
    }

    private static void truncate(Path file, long size) throws IOException {
        try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private void assertNothingCommitted() {
        assertThat(drive.commits).isZero();
        assertThat(drive.open).isEmpty();
        assertThat(drive.files.get("dump.sql").content).isEqualTo(OLD);
    }
}
