package io.github.camelonedrive.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** A file, opened once, so that what is read is one and the same file even when another takes its name. */
public final class FileSource implements UploadSource {

    private final Path file;
    private final Access access;
    private final SeekableByteChannel channel;
    private final Identity identity;

    /** How a file is looked at and opened, both times by the same name. */
    public interface Access {

        /** Looks at the file that has the name now. */
        BasicFileAttributes attributes() throws IOException;

        /** Opens the file for reading. Called once; the source closes the channel. */
        SeekableByteChannel open() throws IOException;

        /** Looks at a path and opens it as the file system does, following links. */
        static Access of(Path file) {
            return new Access() {
                @Override
                public BasicFileAttributes attributes() throws IOException {
                    return Files.readAttributes(file, BasicFileAttributes.class);
                }

                @Override
                public SeekableByteChannel open() throws IOException {
                    return Files.newByteChannel(file);
                }
            };
        }
    }

    /** @param fileKey empty where there is none, or none that stays the same */
    private record Identity(Optional<String> fileKey, long size, Instant modified) {

        static Identity of(Path file, Access access) throws IOException {
            BasicFileAttributes attributes = access.attributes();
            if (!attributes.isRegularFile()) {
                throw new UnreadableSourceException(file, "it is not a regular file", null);
            }
            return new Identity(Optional.ofNullable(attributes.fileKey()).map(Object::toString), attributes.size(),
                    attributes.lastModifiedTime().toInstant());
        }

        boolean sameContent(Identity other) {
            return size == other.size && modified.equals(other.modified);
        }

        Identity withoutKey() {
            return new Identity(Optional.empty(), size, modified);
        }
    }

    private FileSource(Path file, Access access, SeekableByteChannel channel, Identity identity) {
        this.file = file;
        this.access = access;
        this.channel = channel;
        this.identity = identity;
    }

    /** @throws OneDriveException if the file cannot be read or changes while it is opened */
    public static FileSource open(Path file) throws IOException {
        return open(file, Access.of(file));
    }

    /**
     * Opens a file by a way of the caller's own.
     *
     * @param  file              names the file, for messages, the journal and {@link #file}
     * @throws OneDriveException if the file cannot be read or changes while it is opened
     */
    public static FileSource open(Path file, Access access) throws IOException {
        Identity before = look(file, access);
        SeekableByteChannel channel = channel(file, access);
        try {
            FileSource source = new FileSource(file, access, channel, hasStableKey(file, access, before)
                    ? before : before.withoutKey());
            source.checkUnchanged();
            return source;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Identity look(Path file, Access access) throws IOException {
        try {
            return Identity.of(file, access);
        } catch (NoSuchFileException e) {
            throw new UnreadableSourceException(file, "it does not exist", e);
        } catch (FileSystemException e) {
            throw new UnreadableSourceException(file, "it can't be looked at", e);
        }
    }

    /** Some file systems in user space give another key at each look, which identifies nothing. */
    private static boolean hasStableKey(Path file, Access access, Identity before) throws IOException {
        Identity one = again(file, access);
        return one.equals(before) || one.fileKey().equals(again(file, access).fileKey());
    }

    private static Identity again(Path file, Access access) throws IOException {
        try {
            return Identity.of(file, access);
        } catch (NoSuchFileException e) {
            throw new SourceChangedException("'" + file + "' went away while it was read.");
        }
    }

    private static SeekableByteChannel channel(Path file, Access access) throws IOException {
        try {
            return access.open();
        } catch (NoSuchFileException e) {
            throw new SourceChangedException("'" + file + "' went away while it was opened.");
        } catch (OneDriveException e) {
            throw e;
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
        return channel.position(position).read(ByteBuffer.wrap(buffer, 0, length));
    }

    @Override
    public void checkUnchanged() throws IOException {
        if (channel.size() != identity.size()) {
            throw new SourceChangedException("'" + file + "' changed while it was read: it had " + identity.size()
                    + " bytes and has " + channel.size() + ".");
        }
        Identity now = again(file, access);
        if (!Objects.equals(identity.fileKey().isPresent() ? now : now.withoutKey(), identity)) {
            throw new SourceChangedException("'" + file + "' changed while it was read.");
        }
    }

    @Override
    public Optional<Instant> lastModified() {
        return Optional.of(identity.modified());
    }

    @Override
    public Optional<SourceFile> file() {
        return Optional.of(new SourceFile(file.toAbsolutePath(), identity.fileKey(), identity.size(), identity.modified()));
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
