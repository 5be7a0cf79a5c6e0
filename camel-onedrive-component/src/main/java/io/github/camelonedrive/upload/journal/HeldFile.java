package io.github.camelonedrive.upload.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import io.github.camelonedrive.files.OpenFile;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.files.PathClaim;

/**
 * An entry's file with the operating system's lock on it, which is freed when its holder dies. For one thread. Nobody else may
 * open an entry, because closing any handle on the file drops the lock.
 */
final class HeldFile implements Closeable {

    /** Ends the name of a file that is still being made. */
    static final String TEMPORARY = ".tmp";

    /** The owner's lock covers the bytes up to here, far beyond the end of any entry. */
    private static final long OWNED = 1L << 30;

    private final Path file;
    private final PathClaim claim;
    private final OpenFile content;
    private Optional<FileLock> decision;
    private boolean open = true;

    private HeldFile(PathClaim claim, OpenFile content, Optional<FileLock> decision) {
        this.file = content.path();
        this.claim = claim;
        this.content = content;
        this.decision = decision;
    }

    /**
     * Makes a file that nobody ever sees without its content and its lock.
     *
     * @param file in a directory given by its real path; there is none of that name
     */
    static HeldFile create(Path file, byte[] content) throws IOException {
        PathClaim claim = claim(file).orElseThrow(
                () -> failed(file, "be made", new FileAlreadyExistsException(file.toString())));
        OpenFile opened = null;
        boolean made = false;
        try {
            opened = OpenFile.create(file.resolveSibling(file.getFileName() + TEMPORARY));
            if (opened.tryLock(0, OWNED).isEmpty()) {
                throw new IOException("another process has locked it");
            }
            opened.append(content);
            opened.rename(file);
            made = true;
            return new HeldFile(claim, opened, Optional.empty());
        } catch (IOException e) {
            throw failed(file, "be made", e);
        } finally {
            if (!made) {
                discard(claim, opened);
            }
        }
    }

    private static void discard(PathClaim claim, OpenFile opened) throws IOException {
        try {
            if (opened != null) {
                opened.delete();
            }
        } finally {
            release(claim, opened);
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
        Optional<PathClaim> claim = claim(file);
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        OpenFile opened = null;
        boolean held = false;
        try {
            opened = OpenFile.open(file);
            Optional<FileLock> decision = opened.tryLock(OWNED, 1);
            if (decision.isEmpty()) {
                undecided.run();
                return Optional.empty();
            }
            // Its holder may have removed it before it let go.
            held = opened.tryLock(0, OWNED).isPresent() && !isNothing(opened) && opened.isInPlace();
            return held ? Optional.of(new HeldFile(claim.get(), opened, decision)) : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed(file, "be opened", e);
        } finally {
            if (!held) {
                release(claim.get(), opened);
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

    /** Removes a file without content: one that a power cut caught before it was first forced announces nothing. */
    private static boolean isNothing(OpenFile opened) throws IOException {
        if (opened.size() > 0) {
            return false;
        }
        opened.delete();
        return true;
    }

    /** One name for a file, whether it is still being made or is there. */
    private static Optional<PathClaim> claim(Path file) throws IOException {
        String name = file.getFileName().toString();
        return PathClaim.tryTake(name.endsWith(TEMPORARY)
                ? file.resolveSibling(name.substring(0, name.length() - TEMPORARY.length())) : file);
    }

    Path path() {
        return file;
    }

    /** The whole content. @throws IOException also when it is longer than {@code maxLength} bytes */
    byte[] read(int maxLength) throws IOException {
        try {
            return content.readAll(maxLength);
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
            content.write(bytes, position);
        } catch (IOException e) {
            throw failed(file, "be written", e);
        }
    }

    /** Makes what was written survive a power cut. */
    void sync() throws IOException {
        try {
            content.sync();
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

    /** @throws IOException if the file was removed or exchanged: nobody would find what is written to it */
    void requireStillThere() throws IOException {
        if (!content.isInPlace()) {
            throw failed(file, "be written", new IOException("somebody has removed it"));
        }
    }

    /** Removes the file and lets go of it. Does nothing when it was let go of before. */
    void delete() throws IOException {
        if (!open) {
            return;
        }
        try {
            content.delete();
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
            release(claim, content);
        }
    }

    private static void release(PathClaim claim, OpenFile opened) throws IOException {
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            claim.close();
        }
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
