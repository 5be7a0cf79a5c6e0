package io.github.camelonedrive.upload.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.credentials.OwnerOnlyFiles;

/**
 * An entry's file with the operating system's lock on it, which is freed when its holder dies. For one thread.
 *
 * <p>A file lock belongs to the whole process, and closing any channel on the file drops it: hence the register of what is
 * held here, and hence nobody else may open an entry. Read and written without interruptible channels: an interrupt would
 * close them, and the lock would be lost with the record.
 */
final class HeldFile implements Closeable {

    /** Ends the name of a file that is still being made. */
    static final String TEMPORARY = ".tmp";

    /** The owner's lock covers the bytes up to here, far beyond the end of any entry. */
    private static final long OWNED = 1L << 30;

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final RandomAccessFile content;
    private Optional<FileLock> decision;
    private boolean open = true;

    private HeldFile(Path file, RandomAccessFile content, Optional<FileLock> decision) {
        this.file = file;
        this.content = content;
        this.decision = decision;
    }

    /**
     * Makes a file that nobody ever sees without its content and its lock.
     *
     * @param file in a directory given by its real path; there is none of that name
     */
    static HeldFile create(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        if (!HELD_HERE.add(registered(file))) {
            throw failed(file, "be made", new FileAlreadyExistsException(file.toString()));
        }
        RandomAccessFile opened = null;
        boolean made = false;
        try {
            OwnerOnlyFiles.createNew(temporary);
            opened = new RandomAccessFile(temporary.toFile(), "rw");
            if (lock(opened, 0, OWNED).isEmpty()) {
                throw new IOException("another process has locked it");
            }
            opened.write(content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            made = true;
            return new HeldFile(file, opened, Optional.empty());
        } catch (IOException e) {
            throw failed(file, "be made", e);
        } finally {
            if (!made) {
                discard(temporary, file, opened);
            }
        }
    }

    private static void discard(Path temporary, Path file, RandomAccessFile opened) throws IOException {
        try {
            Files.deleteIfExists(temporary);
        } finally {
            release(file, opened);
        }
    }

    /**
     * Takes hold of a file, unless somebody else, of this process or another, has it, or it is gone. Until it is said to be
     * {@link #keep kept}, others know that its holder may only be looking: that is what the lock beyond the owner's is for.
     *
     * @param file      in a directory given by its real path
     * @param undecided called when another process holds it, but may only be looking
     */
    static Optional<HeldFile> tryHold(Path file, Runnable undecided) throws IOException {
        if (!HELD_HERE.add(registered(file))) {
            return Optional.empty();
        }
        RandomAccessFile opened = null;
        boolean held = false;
        try {
            Optional<Object> found = identity(file);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            opened = new RandomAccessFile(file.toFile(), "rw");
            Optional<FileLock> decision = lock(opened, OWNED, 1);
            if (decision.isEmpty()) {
                undecided.run();
                return Optional.empty();
            }
            // Its holder may have removed it before it let go.
            held = lock(opened, 0, OWNED).isPresent() && !isNothing(file, opened) && identity(file).equals(found);
            return held ? Optional.of(new HeldFile(file, opened, decision)) : Optional.empty();
        } catch (IOException e) {
            throw failed(file, "be opened", e);
        } finally {
            if (!held) {
                release(file, opened);
            }
        }
    }

    /** It was looked at, and its holder goes on with it. */
    void keep() throws IOException {
        if (decision.isPresent()) {
            decision.get().release();
            decision = Optional.empty();
        }
    }

    /**
     * Removes a file without content. One that was removed since it was seen has just been made anew by opening it (names are
     * never used again, so there can be no other); and one that a power cut caught before it was first forced announces
     * nothing.
     */
    private static boolean isNothing(Path file, RandomAccessFile opened) throws IOException {
        if (opened.length() > 0) {
            return false;
        }
        Files.deleteIfExists(file);
        return true;
    }

    private static Optional<FileLock> lock(RandomAccessFile file, long position, long length) throws IOException {
        try {
            return Optional.ofNullable(file.getChannel().tryLock(position, length, false));
        } catch (OverlappingFileLockException e) {
            // The register of another class loader knows it.
            return Optional.empty();
        }
    }

    private static Optional<Object> identity(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(Objects.requireNonNullElse(attributes.fileKey(), file))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Path path() {
        return file;
    }

    /** The whole content. @throws IOException also when it is longer than {@code maxLength} bytes */
    byte[] read(int maxLength) throws IOException {
        try {
            long length = content.length();
            if (length > maxLength) {
                throw new IOException("it is longer than " + maxLength + " bytes");
            }
            byte[] bytes = new byte[(int) length];
            content.seek(0);
            content.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw failed(file, "be read", e);
        }
    }

    /** When it was last written; now, when that can't be told. */
    Instant lastModified(Instant now) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return now;
        }
    }

    void write(long position, byte[] bytes) throws IOException {
        try {
            content.seek(position);
            content.write(bytes);
        } catch (IOException e) {
            throw failed(file, "be written", e);
        }
    }

    /** Makes what was written survive a power cut. */
    void sync() throws IOException {
        try {
            content.getFD().sync();
        } catch (IOException e) {
            throw failed(file, "be forced to disk", e);
        }
    }

    /** Makes the file's name survive a power cut. */
    void syncName() throws IOException {
        try {
            OwnerOnlyFiles.forceDirectory(file.getParent());
        } catch (IOException e) {
            throw failed(file, "be forced to disk", e);
        }
    }

    /** @throws IOException when somebody has removed the file: nobody would find what is written to it */
    void requireStillThere() throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw failed(file, "be written", new IOException("somebody has removed it"));
        }
    }

    /** Removes the file and lets go of it. Does nothing when it was let go of before. */
    void delete() throws IOException {
        if (!open) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(file, "be removed", e);
        } finally {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            release(file, content);
        }
    }

    /** Out of the register last: whoever opens the file before it is closed here would lose its lock. */
    private static void release(Path file, RandomAccessFile opened) throws IOException {
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            HELD_HERE.remove(registered(file));
        }
    }

    /** One name for a file, whether it is still being made or is there. */
    private static Path registered(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(TEMPORARY)
                ? file.resolveSibling(name.substring(0, name.length() - TEMPORARY.length())) : file;
    }

    private static IOException failed(Path file, String verb, IOException cause) {
        return new IOException("The upload journal's entry " + file + " can't " + verb + " ("
                + OwnerOnlyFiles.describe(cause) + ").", cause);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
