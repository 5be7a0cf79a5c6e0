package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which files are open for writing, as far as Linux shows it in {@code /proc} (proc(5)): of every process as root, else of our
 * own user's. Elsewhere none are found.
 */
public class OpenFiles {

    private static final int ACCESS_MODE = 3;
    private static final Path PROC = Path.of("/proc");

    private final Path proc;

    /** @param pid of a process that writes; @param name of its program, may be empty */
    public record Writer(long pid, String name) {

        @Override
        public String toString() {
            return "process " + pid + (name.isEmpty() ? "" : " (" + name + ")");
        }
    }

    public OpenFiles() {
        this(PROC);
    }

    OpenFiles(Path proc) {
        this.proc = proc;
    }

    /**
     * Returns a writer for each of these files that has one, by the file's key.
     *
     * @param keys file name of each file, by {@link FileState#key()}: only descriptors of that name are looked at, because a
     *             look at one on a dead network mount would never return
     */
    public Map<String, Writer> writers(Map<String, Path> keys) {
        Map<String, Writer> writers = new HashMap<>();
        if (keys.isEmpty() || Files.notExists(proc.resolve("self"))) {
            return writers;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                lookAt(process, keys, Set.copyOf(keys.values()), writers);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Then it does not show.
        }
        return writers;
    }

    private static void lookAt(Path process, Map<String, Path> keys, Set<Path> names, Map<String, Writer> writers) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                String key = key(descriptor, names);
                if (keys.containsKey(key) && !writers.containsKey(key)
                        && isForWriting(process.resolve("fdinfo").resolve(descriptor.getFileName()))) {
                    writers.put(key, new Writer(Long.parseLong(process.getFileName().toString()), name(process)));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It ended, or belongs to another user.
        }
    }

    private static String key(Path descriptor, Set<Path> names) {
        try {
            if (!names.contains(Files.readSymbolicLink(descriptor).getFileName())) {
                return "";
            }
            return Objects.toString(Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey(), "");
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    private static boolean isForWriting(Path info) {
        try {
            for (String line : Files.readAllLines(info, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("flags:")) {
                    return (Integer.parseInt(line.substring("flags:".length()).strip(), 8) & ACCESS_MODE) != 0;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // It was closed meanwhile.
        }
        return false;
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm"), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
