package io.github.camelonedrive.backup.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who runs this process, and who is in which group as far as the system's own files say. */
final class UnixUsers {

    static final int ROOT = 0;

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path GROUPS = Path.of("/etc/group");
    private static final Path USERS = Path.of("/etc/passwd");

    private UnixUsers() {
    }

    /** The effective user id of this process. */
    static int caller() throws IOException {
        if (Files.exists(STATUS)) {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("Uid:")) {
                    return Integer.parseUnsignedInt(line.split("\\s+")[2]);
                }
            }
        }
        Path probe = Files.createTempFile("owner", "");
        try {
            return (Integer) Files.getAttribute(probe, "unix:uid");
        } finally {
            Files.delete(probe);
        }
    }

    /** Whether the user is known to be a member of the group; a directory service's members are not known here. */
    static boolean isMember(String user, int gid) {
        return lines(GROUPS).stream().map(line -> line.split(":", -1)).filter(fields -> fields.length > 3)
                .anyMatch(fields -> fields[2].equals(Integer.toString(gid)) && List.of(fields[3].split(",")).contains(user))
                || lines(USERS).stream().map(line -> line.split(":", -1)).filter(fields -> fields.length > 3)
                        .anyMatch(fields -> fields[0].equals(user) && fields[3].equals(Integer.toString(gid)));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
