package io.github.camelonedrive.backup.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An open directory. Files in it are looked at, opened, moved and deleted relative to it, and no link is followed, so that
 * another user who can rename things in the directory or above it cannot redirect the operation.
 *
 * <p>Where the file system offers no {@link SecureDirectoryStream} the same operations go by path: see {@link #isSecure()}.
 * Every name is a single path element. Not safe for concurrent use.
 */
public final class DirectoryHandle implements Closeable {

    /** Begins the name of a file that is being copied here from another file system. */
    public static final String PART_PREFIX = ".part-";

    private final Path path;
    private final DirectoryStream<Path> stream;

    private DirectoryHandle(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
    }

    /**
     * Opens a directory by its path. Links on the path are followed.
     *
     * @throws NotDirectoryException if it is something else
     */
    public static DirectoryHandle openPath(Path directory) throws IOException {
        return new DirectoryHandle(directory, Files.newDirectoryStream(directory));
    }

    /** Returns the path by which the directory was opened, for messages and for what Java does by path only. */
    public Path path() {
        return path;
    }

    /** Returns whether operations are relative to the open directory; if not, they go by path. */
    public boolean isSecure() {
        return stream instanceof SecureDirectoryStream;
    }

    /** Returns the entries' names, read as they are iterated. May be iterated once. */
    public Iterable<Path> names() {
        return () -> {
            var entries = stream.iterator();
            return new java.util.Iterator<>() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public Path next() {
                    return entries.next().getFileName();
                }
            };
        };
    }

    /** Returns the attributes of this directory. */
    public BasicFileAttributes attributes() throws IOException {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(BasicFileAttributeView.class).readAttributes()
                : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the owner of this directory. */
    public UserPrincipal owner() throws IOException {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(FileOwnerAttributeView.class).getOwner()
                : Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the owner of an entry. */
    public UserPrincipal owner(Path name) throws IOException {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(name, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS).getOwner()
                : Files.getOwner(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Returns the attributes of an entry; those of a link are the link's own.
     *
     * @throws NoSuchFileException if there is none
     */
    public BasicFileAttributes attributes(Path name) throws IOException {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes()
                : Files.readAttributes(path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns whether there is an entry of that name, whatever it is. */
    public boolean has(Path name) throws IOException {
        try {
            attributes(name);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Opens a directory in this one.
     *
     * @throws IOException if it is missing, a link or anything else but a directory
     */
    public DirectoryHandle open(Path name) throws IOException {
        Path child = path.resolve(name);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new DirectoryHandle(child, secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
        }
        if (!attributes(name).isDirectory()) {
            throw new NotDirectoryException(child.toString());
        }
        return openPath(child);
    }

    /** Opens the directory at a relative path, element by element. The result is another handle, also for an empty path. */
    public DirectoryHandle descend(Path relative) throws IOException {
        DirectoryHandle current = open(Path.of("."));
        for (Path name : relative) {
            if (!name.toString().isEmpty()) {
                DirectoryHandle next;
                try (DirectoryHandle parent = current) {
                    next = parent.open(name);
                }
                current = next;
            }
        }
        return new DirectoryHandle(path.resolve(relative), current.stream);
    }

    /**
     * Opens a directory in this one and makes it first if it is missing.
     *
     * @throws IOException if it is a link or anything else but a directory
     */
    public DirectoryHandle make(Path name, FileAttribute<?>... attributes) throws IOException {
        try {
            return open(name);
        } catch (NoSuchFileException missing) {
            try {
                // Java makes directories by path only. If that led elsewhere, opening it relative to this directory fails.
                Files.createDirectory(path.resolve(name), attributes);
            } catch (FileAlreadyExistsException e) {
                // Another process made it meanwhile.
            }
            return open(name);
        }
    }

    /** Opens a file for reading. @throws IOException if it is missing or a link */
    public FileChannel read(Path name) throws IOException {
        return channel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Creates a file with this content, durably. @throws FileAlreadyExistsException if the name is taken */
    public void create(Path name, byte[] content, FileAttribute<?>... attributes) throws IOException {
        try (FileChannel file = channel(name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS), attributes)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
    }

    private FileChannel channel(Path name, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
            return FileChannel.open(path.resolve(name), options, attributes);
        }
        SeekableByteChannel channel = secure.newByteChannel(name, options, attributes);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("The file system gives no file channel for " + path.resolve(name) + ".");
    }

    /** Deletes a file. */
    public void delete(Path name) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            secure.deleteFile(name);
        } else {
            Files.delete(path.resolve(name));
        }
    }

    /**
     * Moves a file to a name in another directory, where the caller has seen that the name is free. Across file systems it is
     * copied, with its modification time, and then deleted here.
     */
    public void move(Path name, DirectoryHandle target, Path newName) throws IOException {
        try {
            if (stream instanceof SecureDirectoryStream<Path> from
                    && target.stream instanceof SecureDirectoryStream<Path> to) {
                from.move(name, to, newName);
            } else {
                Files.move(path.resolve(name), target.path.resolve(newName), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            copy(name, target, newName);
            delete(name);
        }
    }

    /**
     * Moves a file to a name in a directory where others may be writing: what has the name meanwhile is never replaced.
     *
     * @throws FileAlreadyExistsException if the name is taken
     */
    public void moveWithoutReplacing(Path name, DirectoryHandle target, Path newName) throws IOException {
        try {
            Files.createLink(target.path.resolve(newName), path.resolve(name));
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException noHardLinks) {
            if (target.has(newName)) {
                throw new FileAlreadyExistsException(target.path.resolve(newName).toString());
            }
            move(name, target, newName);
            return;
        }
        // Java makes links by path only: whoever redirected it has a link to the file, but the file stays here too.
        if (!target.has(newName)) {
            throw new IOException(target.path + " is not the directory it was.");
        }
        delete(name);
    }

    // Under a hidden name first: a process that dies meanwhile must not leave a part of the file under its own name.
    private void copy(Path name, DirectoryHandle target, Path newName) throws IOException {
        BasicFileAttributes attributes = attributes(name);
        Path part = Path.of(PART_PREFIX + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try (FileChannel from = read(name);
             FileChannel to = target.channel(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                     LinkOption.NOFOLLOW_LINKS))) {
            Channels.newInputStream(from).transferTo(Channels.newOutputStream(to));
            to.force(true);
        } catch (IOException | RuntimeException e) {
            target.deleteQuietly(part);
            throw e;
        }
        try {
            target.view(part).setTimes(attributes.lastModifiedTime(), null, null);
            target.move(part, target, newName);
        } catch (IOException | RuntimeException e) {
            target.deleteQuietly(part);
            throw e;
        }
    }

    private void deleteQuietly(Path name) {
        try {
            delete(name);
        } catch (IOException e) {
            // It is hidden, and a copy.
        }
    }

    private BasicFileAttributeView view(Path name) {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(path.resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
