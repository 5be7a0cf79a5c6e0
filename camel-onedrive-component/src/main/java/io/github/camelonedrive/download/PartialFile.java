package io.github.camelonedrive.download;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.files.OpenFile;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.files.PathClaim;
import io.github.camelonedrive.files.UnsafeFileException;
import io.github.camelonedrive.hash.ContentDigest;

/**
 * Where content gathers until it is all there and proven: a hidden file beside the one that it is to become, mode 600, locked.
 * Its name says of which content it is the beginning, so that another attempt, also after a crash, goes on with it and with no
 * other; attempts at the same time get files of their own.
 */
final class PartialFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(PartialFile.class);

    private static final String SUFFIX = ".onedrive-part";
    private static final int MOST_OF_THE_NAME = 25;
    private static final int BUFFER = 64 * 1024;

    private final Path target;
    private final OpenFile file;

    /** Present if another attempt may resume what this one leaves. */
    private final Optional<PathClaim> claim;

    private final Optional<Set<PosixFilePermission>> usualPermissions;
    private final ContentDigest.Builder digest = new ContentDigest.Builder(false);
    private long length;

    /** Returns the permissions that the process gives new files in that directory; empty where there are none. */
    private static Optional<Set<PosixFilePermission>> usualPermissions(Path directory) throws IOException {
        Path probe = directory.resolve("." + UUID.randomUUID() + SUFFIX);
        Files.createFile(probe);
        try {
            PosixFileAttributeView posix = Files.getFileAttributeView(probe, PosixFileAttributeView.class);
            return posix == null ? Optional.empty() : Optional.of(posix.readAttributes().permissions());
        } finally {
            Files.delete(probe);
        }
    }

    private PartialFile(Path target, OpenFile file, Optional<PathClaim> claim,
            Optional<Set<PosixFilePermission>> usualPermissions) {
        this.target = target;
        this.file = file;
        this.claim = claim;
        this.usualPermissions = usualPermissions;
    }

    /**
     * Opens one for a target whose directory is there.
     *
     * @param named   the target, as the caller names it
     * @param content identifies what is to come; empty when it must not be continued by another attempt
     */
    static PartialFile open(Path named, Optional<String> content) throws IOException {
        // So that two names of one directory can't be taken for two files.
        Path target = named.getParent().toRealPath().resolve(named.getFileName());
        Optional<Set<PosixFilePermission>> usual = usualPermissions(target.getParent());
        if (content.isPresent()) {
            Path lasting = target.resolveSibling(prefix(target) + hash(content.get(), 8) + SUFFIX);
            Optional<PathClaim> claim = PathClaim.tryTake(lasting);
            Optional<OpenFile> file = claim.isPresent() ? openLocked(claim.get()) : Optional.empty();
            if (file.isPresent()) {
                return new PartialFile(target, file.get(), claim, usual).withWhatIsThere();
            }
        }
        return new PartialFile(target, OpenFile.create(target.resolveSibling("." + UUID.randomUUID() + SUFFIX)),
                Optional.empty(), usual);
    }

    private static String prefix(Path target) {
        String name = target.getFileName().toString();
        int length = name.offsetByCodePoints(0, Math.min(MOST_OF_THE_NAME, name.codePointCount(0, name.length())));
        return "." + name.substring(0, length) + "." + hash(name, 4) + "-";
    }

    /** Returns empty, and gives up the claim, if another attempt has it, or it is not ours to resume. */
    private static Optional<OpenFile> openLocked(PathClaim claim) throws IOException {
        OpenFile file = null;
        boolean held = false;
        try {
            file = OpenFile.openOrCreate(claim.path());
            // Its last holder may have finished before the lock was free: then the name is gone, or another file's.
            held = lock(file) && file.isInPlace();
            return held ? Optional.of(file) : Optional.empty();
        } catch (UnsafeFileException e) {
            LOG.debug("{} is not resumed: {}", claim.path(), e.getReason());
            return Optional.empty();
        } finally {
            if (!held) {
                release(Optional.of(claim), file);
            }
        }
    }

    private static boolean lock(OpenFile file) {
        try {
            return file.tryLock(0, Long.MAX_VALUE).isPresent();
        } catch (IOException noLocksHere) {
            return false;
        }
    }

    private static void release(Optional<PathClaim> claim, OpenFile file) throws IOException {
        try {
            if (file != null) {
                file.close();
            }
        } finally {
            claim.ifPresent(PathClaim::close);
        }
    }

    private PartialFile withWhatIsThere() throws IOException {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (file.read(buffer, length) >= 0) {
                digest.update(buffer.array(), 0, buffer.position());
                length += buffer.position();
                buffer.clear();
            }
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Of all that it holds; takes what is appended to it too. */
    ContentDigest.Builder digest() {
        return digest;
    }

    /** Starts over: what it holds is no good. */
    PartialFile emptied() throws IOException {
        file.truncate(0);
        return new PartialFile(target, file, claim, usualPermissions);
    }

    void append(byte[] bytes, int count) throws IOException {
        file.write(ByteBuffer.wrap(bytes, 0, count), length);
        length += count;
    }

    /**
     * Gives it the target's name, durably.
     *
     * @param replace whether a file of that name is replaced, and its permissions are kept
     * @throws FileAlreadyExistsException when there is one and it is not to be replaced
     */
    void publish(Optional<Instant> lastModified, boolean replace) throws IOException {
        if (!file.isInPlace()) {
            throw new IOException(file + " was removed or exchanged by another program");
        }
        if (lastModified.isPresent()) {
            attributes(BasicFileAttributeView.class).setTimes(FileTime.from(lastModified.get()), null, null);
        }
        if (usualPermissions.isPresent()) {
            attributes(PosixFileAttributeView.class).setPermissions(permissions(replace));
        }
        file.sync();
        if (replace) {
            file.moveTo(target);
        } else {
            link();
            OwnerOnlyFiles.forceDirectory(target.getParent());
        }
        removeOthers();
    }

    private <V extends FileAttributeView> V attributes(Class<V> view) {
        return Files.getFileAttributeView(file.path(), view, LinkOption.NOFOLLOW_LINKS);
    }

    private Set<PosixFilePermission> permissions(boolean replace) throws IOException {
        return replace && Files.exists(target) ? Files.getPosixFilePermissions(target) : usualPermissions.get();
    }

    /** Unlike a rename, a link never replaces anything. */
    private void link() throws IOException {
        try {
            Files.createLink(target, file.path());
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            file.rename(target);
            return;
        }
        Files.delete(file.path());
    }

    /** What earlier attempts left of other contents of this file, whose time is over. */
    private void removeOthers() {
        String prefix = prefix(target);
        try (DirectoryStream<Path> others = Files.newDirectoryStream(target.getParent(), other ->
                other.getFileName().toString().startsWith(prefix) && other.getFileName().toString().endsWith(SUFFIX))) {
            for (Path other : others) {
                removeUnlessInUse(other);
            }
        } catch (IOException e) {
            LOG.debug("Earlier parts of '{}' can't be removed: {}", target, e.toString());
        }
    }

    private static void removeUnlessInUse(Path other) throws IOException {
        Optional<PathClaim> claim = PathClaim.tryTake(other);
        Optional<OpenFile> file = claim.isPresent() ? openLocked(claim.get()) : Optional.empty();
        if (file.isPresent()) {
            file.get().delete();
            release(claim, file.get());
        }
    }

    /** After a failure: keeps what it holds for another attempt, if one can resume it. */
    void keep() throws IOException {
        if (claim.isEmpty()) {
            discard();
        }
    }

    void discard() throws IOException {
        file.delete();
    }

    @Override
    public void close() throws IOException {
        release(claim, file);
    }

    private static String hash(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
