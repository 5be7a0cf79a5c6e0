package io.github.camelonedrive.backup.takeover;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What {@link EarlierHomeMaker} packed, unpacked for a test. All of it is as the earlier version wrote it, but for the
 * directory that the upload journal names: it is this one now, and the records' checksums fit.
 *
 * @param directory holds {@code home}, {@code drop}, {@code elsewhere}, {@code feeds} and {@code onedrive}
 * @param port      of the simulator then, which is part of what was recorded
 * @param at        when it was made, by the simulator's clock
 */
record EarlierHome(Path directory, int port, Instant at) {

    private static final int RECORDS_AT = 2 * 128;
    private static final int CHECKSUM = 8;

    /** @param directory empty */
    static EarlierHome unpack(Path directory) throws IOException {
        try (InputStream in = EarlierHome.class.getResourceAsStream("/earlier-home.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
                Files.setLastModifiedTime(file, entry.getLastModifiedTime());
            }
        }
        Properties made = new Properties();
        try (InputStream in = Files.newInputStream(directory.resolve("made.properties"))) {
            made.load(in);
        }
        EarlierHome home = new EarlierHome(directory, Integer.parseInt(made.getProperty("port")),
                Instant.parse(made.getProperty("at")));
        home.protect();
        for (Path entry : home.journal()) {
            relocate(entry, made.getProperty("directory"), directory.toString());
        }
        return home;
    }

    Path home() {
        return directory.resolve("home");
    }

    Path drop() {
        return directory.resolve("drop");
    }

    Path done() {
        return drop().resolve(".done");
    }

    Path key() {
        return directory.resolve("throw-away-vault.key");
    }

    /** The simulator's clock then, running. */
    Clock clock() {
        return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), at));
    }

    /** The entries of the upload journal. */
    List<Path> journal() throws IOException {
        try (Stream<Path> files = Files.list(home().resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".upload")).sorted().toList();
        }
    }

    /** As the program had left it, which an archive does not keep. */
    private void protect() throws IOException {
        for (Path part : List.of(home(), directory.resolve("feeds"), key())) {
            try (Stream<Path> all = Files.walk(part)) {
                for (Path path : all.toList()) {
                    Files.setPosixFilePermissions(path,
                            PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
                }
            }
        }
    }

    /** Also makes it of today: what was not written for a week would be swept. */
    private static void relocate(Path entry, String from, String to) throws IOException {
        byte[] old = Files.readAllBytes(entry);
        ByteArrayOutputStream relocated = new ByteArrayOutputStream();
        relocated.write(old, 0, RECORDS_AT);
        String records = new String(old, RECORDS_AT, old.length - RECORDS_AT, StandardCharsets.US_ASCII);
        for (String record : records.split("\n")) {
            byte[] json = record.substring(CHECKSUM + 1).getBytes(StandardCharsets.US_ASCII);
            if (!checksum(json).equals(record.substring(0, CHECKSUM))) {
                throw new IOException(entry + " is not as it was written.");
            }
            byte[] there = new String(json, StandardCharsets.US_ASCII).replace("\"" + from + "/", "\"" + to + "/")
                    .getBytes(StandardCharsets.US_ASCII);
            relocated.writeBytes((checksum(there) + " ").getBytes(StandardCharsets.US_ASCII));
            relocated.writeBytes(there);
            relocated.write('\n');
        }
        if (Arrays.equals(old, relocated.toByteArray())) {
            throw new IOException(entry + " names no file in " + from + ".");
        }
        Files.write(entry, relocated.toByteArray());
        Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    }

    private static String checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return String.format("%08x", checksum.getValue());
    }
}
