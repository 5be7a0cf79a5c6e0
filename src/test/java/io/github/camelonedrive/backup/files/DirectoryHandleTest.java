package io.github.camelonedrive.backup.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class DirectoryHandleTest {

    private static final Path NAME = Path.of("a.sql");
    private static final Path OTHER = Path.of("b.sql");

    @TempDir
    private Path directory;

    @Test
    void links_areNotFollowed() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Files.writeString(real.resolve("a.sql"), "content");
        Files.createSymbolicLink(directory.resolve("link"), real);
        Files.createSymbolicLink(directory.resolve("a.sql"), real.resolve("a.sql"));
        try (DirectoryHandle handle = DirectoryHandle.openPath(directory)) {
            assertThat(handle.isSecure()).isTrue();
            assertThatThrownBy(() -> handle.open(Path.of("link"))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> handle.descend(Path.of("link"))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> handle.read(NAME)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> handle.make(Path.of("link"))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> handle.create(NAME, new byte[1])).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(handle.attributes(NAME).isSymbolicLink()).isTrue();
        }
    }

    @Test
    void directoryThatWasSwappedForALink_isStillTheOneThatWasOpened() throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(directory.resolve("a.sql"), "content");
        try (DirectoryHandle from = DirectoryHandle.openPath(directory); DirectoryHandle to = from.open(Path.of("place"))) {
            Files.move(place, directory.resolve("moved"));
            Files.createSymbolicLink(place, elsewhere);
            from.move(NAME, to, NAME);
        }
        assertThat(directory.resolve("moved/a.sql")).hasContent("content");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void takenName_isNotReplacedWhereOthersWrite() throws Exception {
        Files.writeString(directory.resolve("a.sql"), "ours");
        Files.writeString(directory.resolve("b.sql"), "theirs");
        try (DirectoryHandle handle = DirectoryHandle.openPath(directory)) {
            assertThatThrownBy(() -> handle.moveWithoutReplacing(NAME, handle, OTHER))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(directory.resolve("b.sql")).hasContent("theirs");
            handle.delete(OTHER);
            handle.moveWithoutReplacing(NAME, handle, OTHER);
        }
        assertThat(directory.resolve("b.sql")).hasContent("ours");
        assertThat(directory.resolve("a.sql")).doesNotExist();
    }

    @Test
    void otherFileSystem_getsTheWholeFileWithItsTimeOrNothing() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(directory)));
        Path there = Files.createTempDirectory(memory, "directory-handle-");
        Path file = Files.writeString(directory.resolve("a.sql"), "content");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        try (DirectoryHandle from = DirectoryHandle.openPath(directory); DirectoryHandle to = DirectoryHandle.openPath(there)) {
            from.move(NAME, to, OTHER);
            assertThat(file).doesNotExist();
            assertThat(there.resolve("b.sql")).hasContent("content");
            assertThat(Files.getLastModifiedTime(there.resolve("b.sql"))).isEqualTo(FileTime.fromMillis(1_000));
            Files.createDirectory(there.resolve("a.sql"));
            Files.writeString(there.resolve("a.sql/full"), "");
            Files.writeString(file, "next");
            assertThatThrownBy(() -> from.move(NAME, to, NAME)).isInstanceOf(IOException.class);
            assertThat(file).hasContent("next");
        } finally {
            try (Stream<Path> left = Files.list(there)) {
                assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("a.sql", "b.sql");
            }
            Files.delete(there.resolve("a.sql/full"));
            Files.delete(there.resolve("a.sql"));
            Files.delete(there.resolve("b.sql"));
            Files.delete(there);
        }
    }
}
