package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.backup.files.OwnerOnly;
import io.github.camelonedrive.files.OwnerOnlyFiles;

/**
 * The files of the catalogue, {@code YYYY-MM.jsonl}. Lines are only ever appended, and always to the last file: a clock that
 * was set back must not put a newer line before an older one.
 */
final class MonthFiles {

    /** Longer lines are not written, and skipped when read. */
    static final int LONGEST_LINE = 128 * 1024;

    private static final Pattern NAME = Pattern.compile("(\\d{4}-(?:0[1-9]|1[0-2]))\\.jsonl");
    private static final String LOCK = ".lock";
    private static final int USUAL_LINE = 1024;
    private static final int BUFFER = 64 * 1024;

    // A file lock is the process's, so threads need one of their own.
    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Path directory;
    private final ReentrantLock threads;

    /** Takes complete lines, one after the other. */
    interface LineReader {

        /** @param position of the line's first byte in its file; @param length without the line feed; too long: -1 */
        void line(long position, byte[] buffer, int start, int length) throws IOException;
    }

    /** Work on a file that may be done again from its start. */
    interface FileAction<T> {

        T run() throws IOException;
    }

    private MonthFiles(Path directory) {
        this.directory = directory;
        this.threads = IN_THIS_PROCESS.computeIfAbsent(directory, path -> new ReentrantLock());
    }

    /** Makes the directory if need be. */
    static MonthFiles open(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, OwnerOnly.directory(directory));
        } catch (FileAlreadyExistsException e) {
            // the usual case
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(directory.toString(), null, "it is a link or a file, not a directory");
        }
        requireOwners(directory, directory.toAbsolutePath().getParent());
        MonthFiles files = new MonthFiles(directory.toRealPath());
        for (YearMonth month : files.months()) {
            files.requireOurs(files.file(month));
        }
        return files;
    }

    Path directory() {
        return directory;
    }

    /** Changes when a file is added. */
    FileTime changed() throws IOException {
        return Files.getLastModifiedTime(directory);
    }

    /** Returns the months that have a file, oldest first. */
    List<YearMonth> months() throws IOException {
        TreeSet<YearMonth> months = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    months.add(YearMonth.parse(name.group(1)));
                }
            }
        }
        return new ArrayList<>(months);
    }

    /** Returns the file's size; 0 when it is gone. */
    long size(YearMonth month) throws IOException {
        try {
            return Files.readAttributes(file(month), BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS).size();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Appends a line to the file of this month, or of a later one that there is; durable when it returns. */
    void append(YearMonth now, byte[] line) throws IOException {
        if (line.length > LONGEST_LINE) {
            throw new IOException("A line of " + line.length + " bytes is too long for the catalogue");
        }
        threads.lock();
        try {
            uninterrupted(() -> {
                try (FileChannel channel = open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                     FileLock lock = channel.lock()) {
                    appendLocked(now, line);
                    return null;
                }
            });
        } finally {
            threads.unlock();
        }
    }

    private void appendLocked(YearMonth now, byte[] line) throws IOException {
        List<YearMonth> months = months();
        YearMonth last = months.isEmpty() ? now : months.get(months.size() - 1);
        Path file = file(last.isAfter(now) ? last : now);
        boolean isNew = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
        boolean isTorn = !isNew && isTorn(file);
        try (FileChannel channel = open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            requireOurs(file);
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
            if (isTorn) {
                bytes.put((byte) '\n');
            }
            bytes.put(line).flip();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        if (isNew) {
            OwnerOnlyFiles.forceDirectory(directory);
        }
    }

    /** Whether a crash or a full disk left an unfinished line at the end. */
    private boolean isTorn(Path file) throws IOException {
        try (FileChannel channel = open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** Returns the line that begins there, without its line feed; empty when there is none. */
    Optional<byte[]> line(YearMonth month, long position) throws IOException {
        return uninterrupted(() -> {
            try (FileChannel channel = open(file(month), StandardOpenOption.READ)) {
                for (int size = USUAL_LINE; size <= 2 * LONGEST_LINE; size *= 4) {
                    byte[] bytes = new byte[size];
                    int count = read(channel, bytes, position);
                    for (int i = 0; i < count; i++) {
                        if (bytes[i] == '\n') {
                            return Optional.of(Arrays.copyOf(bytes, i));
                        }
                    }
                    if (count < size) {
                        break;
                    }
                }
                return Optional.empty();
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    private static int read(FileChannel channel, byte[] bytes, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // until it is full or the file ends
        }
        return buffer.position();
    }

    /** Reads complete lines from a position on. Returns the position behind the last one. An interrupt ends it. */
    long read(YearMonth month, long from, LineReader reader) throws IOException {
        try (FileChannel channel = open(file(month), StandardOpenOption.READ)) {
            return new LineScan(channel, from).run(reader);
        } catch (NoSuchFileException e) {
            return from;
        }
    }

    private static final class LineScan {

        private final FileChannel channel;
        private final byte[] buffer = new byte[BUFFER + LONGEST_LINE];
        private long lineAt;
        private int held;
        private boolean tooLong;

        LineScan(FileChannel channel, long from) {
            this.channel = channel;
            this.lineAt = from;
        }

        long run(LineReader reader) throws IOException {
            long readAt = lineAt;
            while (true) {
                int count = channel.read(ByteBuffer.wrap(buffer, held, buffer.length - held), readAt);
                if (count <= 0) {
                    return lineAt;
                }
                readAt += count;
                int end = held + count;
                int start = 0;
                for (int i = held; i < end; i++) {
                    if (buffer[i] == '\n') {
                        long next = readAt - (end - i) + 1;
                        reader.line(lineAt, buffer, start, tooLong ? -1 : i - start);
                        lineAt = next;
                        start = i + 1;
                        tooLong = false;
                    }
                }
                held = end - start;
                System.arraycopy(buffer, start, buffer, 0, held);
                if (held >= LONGEST_LINE) {
                    tooLong = true;
                    held = 0;
                }
            }
        }
    }

    private Path file(YearMonth month) {
        return directory.resolve(month + ".jsonl");
    }

    private static FileChannel open(Path file, StandardOpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(List.of(how));
        options.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, options, OwnerOnly.file(file));
    }

    private void requireOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(file.toString(), null, "it is a link or no file");
        }
        requireOwners(file, directory);
    }

    private static void requireOwners(Path path, Path parent) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = view.readAttributes();
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new FileSystemException(path.toString(), null, "others can write it");
        }
        if (!attributes.owner().equals(Files.getOwner(parent))) {
            throw new FileSystemException(path.toString(), null, "it belongs to " + attributes.owner().getName()
                    + ", " + parent + " does not");
        }
    }

    /** Does it whether the thread is interrupted or not: a route that is stopped still finishes its record. */
    static <T> T uninterrupted(FileAction<T> action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return action.run();
                } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
