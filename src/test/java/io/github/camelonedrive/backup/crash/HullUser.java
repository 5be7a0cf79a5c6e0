package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.camelonedrive.backup.e2e.Launched;

/**
 * Whom the program runs as: a user without rights where the tests run as root, because root is stopped by no mode of a file;
 * else the user of the tests.
 */
final class HullUser {

    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--");

    private final boolean other;

    private HullUser(boolean other) {
        this.other = other;
    }

    static HullUser find() throws InterruptedException {
        boolean root = "root".equals(System.getProperty("user.name"));
        return new HullUser(root && succeeds(new HullUser(true)
                .command("test", "-r", Path.of("target/onedrive-backup.jar").toAbsolutePath().toString()))
                && succeeds(new HullUser(true).command("test", "-x", Launched.LAUNCHER.toString())));
    }

    /** Whether the tests may do what the program may not. */
    boolean isOther() {
        return other;
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>(other ? NOBODY : List.of());
        command.addAll(List.of(words));
        return command;
    }

    /** Gives a directory and all in it to this user. */
    void own(Path directory) throws IOException, InterruptedException {
        if (other && !succeeds(List.of("chown", "-R", "65534:65534", directory.toString()))) {
            throw new IOException("chown " + directory);
        }
    }

    /** A file system of its own, so that its disk can be full. @return whether that is possible */
    boolean mount(Path directory, String size) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        return other && succeeds(List.of("mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=755", "tmpfs",
                directory.toString()));
    }

    static void unmount(Path directory) throws InterruptedException {
        succeeds(List.of("umount", "-l", directory.toString()));
    }

    static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
