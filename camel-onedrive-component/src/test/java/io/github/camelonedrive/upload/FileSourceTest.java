package io.github.camelonedrive.upload;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileSourceTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("a.sql"), "content");
    }

    @Test
    void says_whatWasOpened() throws IOException {
        try (FileSource source = FileSource.open(file)) {
            SourceFile read = source.file().orElseThrow();

            assertThat(read.path()).isEqualTo(file);
            assertThat(read.size()).isEqualTo(7);
            assertThat(read.modified()).isEqualTo(Files.getLastModifiedTime(file).toInstant());
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            assertThat(read.fileKey()).isEqualTo(Optional.ofNullable(key).map(Object::toString));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void opens_relativeToADirectoryWithoutFollowingLinks() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.sql"), file);
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            SecureDirectoryStream<Path> open = (SecureDirectoryStream<Path>) stream;
            try (FileSource source = FileSource.open(file, new Relative(open, Path.of("a.sql")))) {
                Files.move(directory, directory.resolveSibling(directory.getFileName() + "-moved"));
                byte[] buffer = new byte[7];
                assertThat(source.read(0, buffer, 7)).isEqualTo(7);
                source.checkUnchanged();
                assertThat(new String(buffer)).isEqualTo("content");
                Files.move(directory.resolveSibling(directory.getFileName() + "-moved"), directory);
            }
            assertThatExceptionOfType(FileSource.UnreadableSourceException.class)
                    .isThrownBy(() -> FileSource.open(link, new Relative(open, Path.of("link.sql"))));
        }
    }

    private record Relative(SecureDirectoryStream<Path> directory, Path name) implements FileSource.Access {

        @Override
        public BasicFileAttributes attributes() throws IOException {
            return directory.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
        }

        @Override
        public SeekableByteChannel open() throws IOException {
            return directory.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }
    }

    /** As a file system in user space gives it, that invents inodes. */
    @Test
    void keyThatChangesAtEachLook_identifiesNothing() throws IOException {
        try (FileSource source = FileSource.open(file, new Keys(file, List.of("1", "2", "3", "4", "5")))) {
            source.checkUnchanged();

            assertThat(source.file().orElseThrow().fileKey()).isEmpty();
        }
    }

    @Test
    void fileThatIsSwappedWhileItIsOpened_isNoticed() {
        assertThatExceptionOfType(SourceChangedException.class)
                .isThrownBy(() -> FileSource.open(file, new Keys(file, List.of("1", "2", "2", "2"))));
    }

    @Test
    void fileThatIsSwappedLater_isNoticed() throws IOException {
        try (FileSource source = FileSource.open(file, new Keys(file, List.of("1", "1", "1", "2")))) {
            assertThatExceptionOfType(SourceChangedException.class).isThrownBy(source::checkUnchanged);
        }
    }

    /** A file whose key is another one at later looks; all else stays. */
    private static final class Keys implements FileSource.Access {

        private final FileSource.Access real;
        private final Iterator<String> keys;

        Keys(Path file, List<String> keys) {
            this.real = FileSource.Access.of(file);
            this.keys = keys.iterator();
        }

        @Override
        public SeekableByteChannel open() throws IOException {
            return real.open();
        }

        @Override
        public BasicFileAttributes attributes() throws IOException {
            BasicFileAttributes now = real.attributes();
            String key = keys.next();
            return new BasicFileAttributes() {
                @Override
                public FileTime lastModifiedTime() {
                    return now.lastModifiedTime();
                }

                @Override
                public FileTime lastAccessTime() {
                    return now.lastAccessTime();
                }

                @Override
                public FileTime creationTime() {
                    return now.creationTime();
                }

                @Override
                public boolean isRegularFile() {
                    return true;
                }

                @Override
                public boolean isDirectory() {
                    return false;
                }

                @Override
                public boolean isSymbolicLink() {
                    return false;
                }

                @Override
                public boolean isOther() {
                    return false;
                }

                @Override
                public long size() {
                    return now.size();
                }

                @Override
                public Object fileKey() {
                    return key;
                }
            };
        }
    }
}
