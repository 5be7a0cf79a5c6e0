package io.github.camelonedrive.download;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.credentials.OwnerOnlyFiles;
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
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    /** In this process, where file locks tell nothing. */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path target;
    private final Path file;
    private final FileChannel channel;
    private final Optional<Set<PosixFilePermission>> usualPermissions;
    private final ContentDigest.Builder digest = new ContentDigest.Builder(false);
    private final boolean lasting;

    /** What a file of ours looks like here. @param permissions that the process gives new files */
    private record Custom(UserPrincipal owner, Optional<Set<PosixFilePermission>> permissions) {

        static Custom in(Path directory) throws IOException {
            Path probe = directory.resolve("." + UUID.randomUUID() + SUFFIX);
            Files.createFile(probe);
            try {
                PosixFileAttributeView posix = Files.getFileAttributeView(probe, PosixFileAttributeView.class);
                return new Custom(Files.getOwner(probe), posix == null ? Optional.empty()
                        : Optional.of(posix.readAttributes().permissions()));
            } finally {
                Files.delete(probe);
            }
        }

        /** What others can write to, or have put there, can't be trusted. */
        boolean isOurs(Path file) throws IOException {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner)
                    && (permissions.isEmpty()
                            || Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(PRIVATE));
        }
    }

    private PartialFile(Path target, Path file, FileChannel channel, Custom custom, boolean lasting) {
        this.target = target;
        this.file = file;
        this.channel = channel;
        this.usualPermissions = custom.permissions;
        this.lasting = lasting;
    }

    /**
     * Opens one for a target whose directory is there.
     *
     * @param named   the target, as whoever wants it calls it
     * @param content identifies what is to come; empty when it must not be continued by another attempt
     */
    static PartialFile open(Path named, Optional<String> content) throws IOException {
        // So that two names of one directory can't be taken for two files.
        Path target = named.getParent().toRealPath().resolve(named.getFileName());
        Custom custom = Custom.in(target.getParent());
        if (content.isPresent()) {
            Path lasting = target.resolveSibling(prefix(target) + hash(content.get(), 8) + SUFFIX);
            Optional<FileChannel> channel = claim(lasting, custom);
            if (channel.isPresent()) {
                return new PartialFile(target, lasting, channel.get(), custom, true).withWhatIsThere();
            }
        }
        Path own = target.resolveSibling("." + UUID.randomUUID() + SUFFIX);
        OwnerOnlyFiles.createNew(own);
        return new PartialFile(target, own, openChannel(own), custom, false);
    }

    private static String prefix(Path target) {
        String name = target.getFileName().toString();
        int length = name.offsetByCodePoints(0, Math.min(MOST_OF_THE_NAME, name.codePointCount(0, name.length())));
        return "." + name.substring(0, length) + "." + hash(name, 4) + "-";
    }

    /** Empty when another attempt has it, or it is not ours to go on with. */
    private static Optional<FileChannel> claim(Path file, Custom custom) throws IOException {
        if (!IN_USE.add(file)) {
            return Optional.empty();
        }
        try {
            Optional<FileChannel> channel = openLocked(file, custom);
            if (channel.isEmpty()) {
                IN_USE.remove(file);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            IN_USE.remove(file);
            throw e;
        }
    }

    private static Optional<FileChannel> openLocked(Path file, Custom custom) throws IOException {
        try {
            OwnerOnlyFiles.createNew(file);
        } catch (FileAlreadyExistsException there) {
            if (!custom.isOurs(file)) {
                return Optional.empty();
            }
        }
        Object before = key(file);
        FileChannel channel = openChannel(file);
        // Whoever had it may have finished between our look at it and our lock: then the name is gone, or another file's.
        if (lock(channel) && before != null && before.equals(key(file))) {
            return Optional.of(channel);
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException noLocksHere) {
            return false;
        }
    }

    private static FileChannel openChannel(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    private static Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    private PartialFile withWhatIsThere() throws IOException {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.array(), 0, buffer.position());
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
        channel.truncate(0);
        return new PartialFile(target, file, channel, new Custom(null, usualPermissions), lasting);
    }

    void append(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * Gives it the target's name, durably.
     *
     * @param replace whether a file of that name is replaced, and its permissions are kept
     * @throws FileAlreadyExistsException when there is one and it is not to be replaced
     */
    void publish(Optional<Instant> lastModified, boolean replace) throws IOException {
        if (lastModified.isPresent()) {
            Files.setLastModifiedTime(file, FileTime.from(lastModified.get()));
        }
        if (usualPermissions.isPresent()) {
            Files.setPosixFilePermissions(file, permissions(replace));
        }
        channel.force(true);
        if (replace) {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            link();
        }
        OwnerOnlyFiles.forceDirectory(target.getParent());
        removeOthers();
    }

    private Set<PosixFilePermission> permissions(boolean replace) throws IOException {
        return replace && Files.exists(target) ? Files.getPosixFilePermissions(target) : usualPermissions.get();
    }

    /** Unlike a rename, a link never replaces anything. */
    private void link() throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Files.delete(file);
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
        if (!IN_USE.add(other)) {
            return;
        }
        try (FileChannel channel = openChannel(other)) {
            if (lock(channel)) {
                Files.deleteIfExists(other);
            }
        } finally {
            IN_USE.remove(other);
        }
    }

    /** After a failure: keeps what it holds for another attempt, if one can go on with it. */
    void keep() throws IOException {
        if (!lasting) {
            discard();
        }
    }

    void discard() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            IN_USE.remove(file);
        }
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
