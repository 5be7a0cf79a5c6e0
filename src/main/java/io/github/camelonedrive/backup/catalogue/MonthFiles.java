package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.backup.files.OwnerOnly;
import io.github.camelonedrive.files.FileOwner;
import io.github.camelonedrive.files.LockFile;
import io.github.camelonedrive.files.OpenFile;
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
    private static final int GROUP_WRITE = 4;
    private static final int OTHERS_WRITE = 7;

    // Threads wait in line here; the lock on the file is for other processes.
    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Path directory;
    private final ReentrantLock threads;

    /** Takes complete lines, one after the other. */
    interface LineReader {

        /** @param position of the line's first byte in its file; @param length without the line feed; too long: -1 */
        void line(long position, byte[] buffer, int start, int length) throws IOException;
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
        requireOwnerOnly(directory);
        MonthFiles files = new MonthFiles(directory.toRealPath());
        for (YearMonth month : files.months()) {
            OpenFile.openToRead(files.file(month)).close();
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
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
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
        try (LockFile lock = LockFile.acquire(directory.resolve(LOCK))) {
            appendLocked(now, line);
        } finally {
            threads.unlock();
        }
    }

    private void appendLocked(YearMonth now, byte[] line) throws IOException {
        List<YearMonth> months = months();
        YearMonth last = months.isEmpty() ? now : months.get(months.size() - 1);
        Path file = file(last.isAfter(now) ? last : now);
        try (OpenFile open = OpenFile.openOrCreate(file)) {
            boolean isNew = open.size() == 0;
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
            if (isTorn(open)) {
                bytes.put((byte) '\n');
            }
            bytes.put(line).flip();
            open.write(bytes, open.size());
            open.sync();
            if (isNew) {
                OwnerOnlyFiles.forceDirectory(directory);
            }
        }
    }

    /** Whether a crash or a full disk left an unfinished line at the end. */
    private static boolean isTorn(OpenFile file) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return file.size() > 0 && file.read(last, file.size() - 1) == 1 && last.get(0) != '\n';
    }

    /** Returns the line that begins there, without its line feed; empty when there is none. */
    Optional<byte[]> line(YearMonth month, long position) throws IOException {
        try (OpenFile open = OpenFile.openToRead(file(month))) {
            for (int size = USUAL_LINE; size <= 2 * LONGEST_LINE; size *= 4) {
                byte[] bytes = new byte[size];
                int count = read(open, bytes, position);
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
    }

    private static int read(OpenFile file, byte[] bytes, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) > 0) {
            // until it is full or the file ends
        }
        return buffer.position();
    }

    /** Reads complete lines from a position on. Returns the position behind the last one. */
    long read(YearMonth month, long from, LineReader reader) throws IOException {
        try (OpenFile open = OpenFile.openToRead(file(month))) {
            return new LineScan(open, from).run(reader);
        } catch (NoSuchFileException e) {
            return from;
        }
    }

    private static final class LineScan {

        private final OpenFile file;
        private final byte[] buffer = new byte[BUFFER + LONGEST_LINE];
        private long lineAt;
        private int held;
        private boolean tooLong;

        LineScan(OpenFile file, long from) {
            this.file = file;
            this.lineAt = from;
        }

        long run(LineReader reader) throws IOException {
            long readAt = lineAt;
            while (true) {
                int count = file.read(ByteBuffer.wrap(buffer, held, buffer.length - held), readAt);
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

    private static void requireOwnerOnly(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(directory.toString(), null, "it is a link or a file, not a directory");
        }
        Optional<FileOwner> owner = OwnerOnlyFiles.foreignOwner(directory);
        if (owner.isPresent()) {
            throw new FileSystemException(directory.toString(), null, "it belongs to " + owner.get());
        }
        String permissions = OwnerOnlyFiles.permissions(directory).orElse("rwx------");
        if (permissions.charAt(GROUP_WRITE) != '-' || permissions.charAt(OTHERS_WRITE) != '-') {
            throw new FileSystemException(directory.toString(), null, "others can write it: " + permissions);
        }
    }
}
