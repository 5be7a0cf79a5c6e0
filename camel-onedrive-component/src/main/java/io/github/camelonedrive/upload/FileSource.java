package io.github.camelonedrive.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** A file, opened once, so that what is read is one and the same file even when another takes its name. */
public final class FileSource implements UploadSource {

    private final Path file;
    private final FileChannel channel;
    private final Identity identity;

    private record Identity(Object fileKey, long size, FileTime lastModified) {

        static Identity of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new UnreadableSourceException(file, "it is not a regular file", null);
            }
            return new Identity(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
        }
    }

    private FileSource(Path file, FileChannel channel, Identity identity) {
        this.file = file;
        this.channel = channel;
        this.identity = identity;
    }

    /** @throws OneDriveException when the file can't be read or changes while it is opened */
    public static FileSource open(Path file) throws IOException {
        Identity before = identity(file);
        FileChannel channel = channel(file);
        try {
            FileSource source = new FileSource(file, channel, before);
            source.checkUnchanged();
            return source;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Identity identity(Path file) throws IOException {
        try {
            return Identity.of(file);
        } catch (NoSuchFileException e) {
            throw new UnreadableSourceException(file, "it does not exist", e);
        } catch (FileSystemException e) {
            throw new UnreadableSourceException(file, "it can't be looked at", e);
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new SourceChangedException("'" + file + "' went away while it was opened.");
        } catch (IOException e) {
            throw new UnreadableSourceException(file, "it can't be opened", e);
        }
    }

    @Override
    public long size() {
        return identity.size();
    }

    @Override
    public int read(long position, byte[] buffer, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer, 0, length), position);
    }

    @Override
    public void checkUnchanged() throws IOException {
        if (channel.size() != identity.size()) {
            throw new SourceChangedException("'" + file + "' changed while it was read: it had " + identity.size()
                    + " bytes and has " + channel.size() + ".");
        }
        Identity now;
        try {
            now = Identity.of(file);
        } catch (NoSuchFileException e) {
            throw new SourceChangedException("'" + file + "' went away while it was read.");
        }
        if (!Objects.equals(now, identity)) {
            throw new SourceChangedException("'" + file + "' changed while it was read.");
        }
    }

    @Override
    public Optional<Instant> lastModified() {
        return Optional.of(identity.lastModified().toInstant());
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The file can't be read: missing, not a regular file, no permission. */
    public static final class UnreadableSourceException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        UnreadableSourceException(Path file, String reason, IOException cause) {
            super(FailureKind.UNSETTLED, "Can't read '" + file + "': " + reason + ".",
                    "Check the path and its permissions.", cause);
        }
    }
}
