package io.github.camelonedrive.backup.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The mounted file systems, from Linux's {@code /proc/self/mountinfo}; elsewhere what Java knows of them. */
final class Mounts {

    /** @param ownerless whether its files have no owners and modes of their own: those that are shown are made up */
    record Mount(boolean readOnly, boolean ownerless) {
    }

    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    private static final Set<String> OWNERLESS = Set.of("vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "hfs", "cifs", "smb3",
            "smbfs", "vboxsf", "drvfs");

    private final Path table;

    private Mounts(Path table) {
        this.table = table;
    }

    static Mounts ofThisSystem() {
        return new Mounts(TABLE);
    }

    /** @param table in the form of {@code /proc/self/mountinfo} */
    static Mounts in(Path table) {
        return new Mounts(table);
    }

    /** The mount that a file is on; read each time, since mounts come and go. @param file absolute, without links */
    Mount of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return new Mount(Files.getFileStore(file).isReadOnly(), true);
        }
        if (Files.notExists(table)) {
            FileStore store = Files.getFileStore(file);
            return new Mount(store.isReadOnly(), OWNERLESS.contains(store.type()));
        }
        Mount found = new Mount(false, false);
        int depth = -1;
        // Names are bytes; what is not ASCII is compared as such by its Latin-1 characters in toBytes().
        for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
            List<String> fields = List.of(line.split(" "));
            int separator = fields.indexOf("-");
            if (fields.size() < 6 || separator < 0 || fields.size() < separator + 2) {
                continue;
            }
            Path mountPoint = path(fields.get(4));
            // A later mount covers an earlier one at the same place.
            if (file.startsWith(mountPoint) && mountPoint.getNameCount() >= depth) {
                depth = mountPoint.getNameCount();
                found = mount(fields, separator);
            }
        }
        return found;
    }

    private static Mount mount(List<String> fields, int separator) {
        String type = fields.get(separator + 1);
        String superOptions = fields.get(fields.size() - 1);
        boolean readOnly = has(fields.get(5), "ro") || has(superOptions, "ro");
        // Windows' drives, in its Linux.
        boolean drive = type.equals("9p") && superOptions.contains("aname=drvfs");
        return new Mount(readOnly, OWNERLESS.contains(type) || drive);
    }

    private static boolean has(String options, String option) {
        return List.of(options.split(",")).contains(option);
    }

    private static Path path(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '\\' && i + 3 < escaped.length()) {
                text.append((char) Integer.parseInt(escaped.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(escaped.charAt(i));
            }
        }
        return Path.of(new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }
}
