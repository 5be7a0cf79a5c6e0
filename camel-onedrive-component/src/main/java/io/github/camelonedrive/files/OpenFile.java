package io.github.camelonedrive.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.github.camelonedrive.files.UnsafeFileException.Problem;

/**
 * An open file of this program. No link is followed to it, and what is under its name was checked before it was opened and is
 * still the same file afterwards: regular, owned by this process's user, closed to others where it is read, without a second
 * name and not writable by others where it is written to. For one thread at a time.
 *
 * <p>Interrupting the thread does not close it, as it would a {@code FileChannel}: a thread that is stopped still finishes
 * what it writes, and a lock on the file is not lost. Hence the asynchronous channel, whose results are waited for.
 */
public final class OpenFile implements Closeable {

    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
            StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> EXISTING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_ONLY = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** A file that is replaced by each write of another process is met in one of them. */
    private static final int MOST_ATTEMPTS = 1_000;

    /** What a file must be to be opened. */
    @FunctionalInterface
    interface Rule {

        void check(FileState file) throws IOException;
    }

    /** Enough for a file of which nothing is read and to which nothing is written. */
    static final Rule OURS = file -> {
        file.requireRegular();
        file.requireOwner(Ownership.isOurs(file.path().getParent(), file.uid()));
    };

    private static final Rule TO_READ = file -> {
        file.requireRegular();
        file.requireOwner(Ownership.isOursOrRoots(file.path().getParent(), file.uid()));
        file.requireClosedToOthers();
    };

    private static final Rule TO_WRITE = file -> {
        OURS.check(file);
        file.requireNotWritableByOthers();
        file.requireOneName();
    };

    private final AsynchronousFileChannel channel;
    private final Optional<Object> key;
    private Path path;

    private OpenFile(Path path, AsynchronousFileChannel channel, Optional<Object> key) {
        this.path = path;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Makes an empty file of mode 600.
     *
     * @throws FileAlreadyExistsException if anything has that name, a link that leads nowhere included
     */
    public static OpenFile create(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        AsynchronousFileChannel channel =
                AsynchronousFileChannel.open(absolute, NEW, null, OwnerOnlyFiles.fileAttributes(absolute));
        try {
            return new OpenFile(absolute, channel, FileState.of(absolute).key());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Makes an empty file of mode 600 beside another one, named after it, with a random part and {@code .tmp} at the end. */
    public static OpenFile createBeside(Path file) throws IOException {
        return create(file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + OwnerOnlyFiles.TEMPORARY));
    }

    /**
     * Opens an existing file for reading and writing.
     *
     * @throws NoSuchFileException if there is none
     * @throws UnsafeFileException if it is not a file that only this process's user can have made
     */
    public static OpenFile open(Path path) throws IOException {
        return open(path, EXISTING, TO_WRITE);
    }

    /** Opens an existing file like {@link #open}, or makes it like {@link #create}. */
    public static OpenFile openOrCreate(Path path) throws IOException {
        return openOrCreate(path, TO_WRITE);
    }

    /**
     * Opens an existing file for reading.
     *
     * @throws NoSuchFileException if there is none
     * @throws UnsafeFileException if others than this process's user can read or write it, or it is no regular file
     */
    public static OpenFile openToRead(Path path) throws IOException {
        return openToRead(path, TO_READ);
    }

    static OpenFile openToRead(Path path, Rule rule) throws IOException {
        return open(path, READ_ONLY, rule);
    }

    static OpenFile openOrCreate(Path path, Rule rule) throws IOException {
        while (true) {
            try {
                return open(path, EXISTING, rule);
            } catch (NoSuchFileException missing) {
                try {
                    return create(path);
                } catch (FileAlreadyExistsException madeMeanwhile) {
                    FileState.of(path).requireRegular();
                }
            }
        }
    }

    private static OpenFile open(Path path, Set<OpenOption> options, Rule rule) throws IOException {
        Path absolute = path.toAbsolutePath();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<OpenFile> open = openUnlessReplaced(absolute, options, rule);
            if (open.isPresent()) {
                return open.get();
            }
        }
        throw new UnsafeFileException(absolute, Problem.REPLACED, "it is being exchanged all the time");
    }

    /** Returns empty if another file was put in its place meanwhile, as any {@link #moveTo} does. */
    private static Optional<OpenFile> openUnlessReplaced(Path path, Set<OpenOption> options, Rule rule) throws IOException {
        FileState before = FileState.of(path);
        rule.check(before);
        AsynchronousFileChannel channel = AsynchronousFileChannel.open(path, options, null);
        boolean opened = false;
        try {
            FileState after = FileState.of(path);
            rule.check(after);
            opened = after.key().equals(before.key());
            return opened ? Optional.of(new OpenFile(path, channel, after.key())) : Optional.empty();
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /** Returns the name that it was opened by, or got by {@link #moveTo}. */
    public Path path() {
        return path;
    }

    public long size() throws IOException {
        return channel.size();
    }

    /**
     * Reads the whole content.
     *
     * @throws FileSystemException if it is longer than {@code maxLength} bytes
     */
    public byte[] readAll(int maxLength) throws IOException {
        long size = channel.size();
        if (size > maxLength) {
            throw new FileSystemException(path.toString(), null, "longer than " + maxLength + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) size);
        while (buffer.hasRemaining()) {
            if (read(buffer, buffer.position()) < 0) {
                throw new EOFException(path + " became shorter while it was read");
            }
        }
        return buffer.array();
    }

    /** Reads some bytes from a position on. Returns how many, or -1 at the end. */
    public int read(ByteBuffer target, long position) throws IOException {
        return result(channel.read(target, position));
    }

    /** Returns a stream of the content from its start. Closing it leaves the file open. */
    public InputStream inputStream() {
        return new InputStream() {

            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = length == 0 ? 0 : OpenFile.this.read(ByteBuffer.wrap(target, offset, length), position);
                position += Math.max(count, 0);
                return count;
            }
        };
    }

    /** Writes all of the bytes, the first one at that position. */
    public void write(byte[] bytes, long position) throws IOException {
        write(ByteBuffer.wrap(bytes), position);
    }

    /** Writes all that remains in the buffer, the first byte at that position. */
    public void write(ByteBuffer bytes, long position) throws IOException {
        long next = position;
        while (bytes.hasRemaining()) {
            next += result(channel.write(bytes, next));
        }
    }

    /** Writes all of the bytes behind what is there. */
    public void append(byte[] bytes) throws IOException {
        write(bytes, channel.size());
    }

    /** Cuts off what is beyond that length. */
    public void truncate(long length) throws IOException {
        channel.truncate(length);
    }

    /** Forces what was written to disk. */
    public void sync() throws IOException {
        channel.force(true);
    }

    /**
     * Takes the operating system's exclusive lock on these bytes. It vanishes with this process, and when any other handle of
     * this process on the file is closed: hence {@link PathClaim}.
     *
     * @return empty if another process, or another class loader of this one, has it
     */
    public Optional<FileLock> tryLock(long position, long length) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock(position, length, false));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /** Returns whether its name still leads to this file. */
    public boolean isInPlace() throws IOException {
        try {
            return FileState.of(path).key().equals(key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Gives it another name in the same directory, replacing what had that name. Durable when this method returns. */
    public void moveTo(Path target) throws IOException {
        rename(target);
        OwnerOnlyFiles.forceDirectory(path.getParent());
    }

    /** Gives it another name in the same directory, replacing what had that name. A power cut may undo it. */
    public void rename(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Files.move(path, absolute, StandardCopyOption.ATOMIC_MOVE);
        path = absolute;
    }

    /** Removes its name, if that still leads to this file. */
    public void delete() throws IOException {
        if (isInPlace()) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int result(Future<Integer> operation) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return operation.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException io) {
                        throw io;
                    }
                    throw new IOException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
