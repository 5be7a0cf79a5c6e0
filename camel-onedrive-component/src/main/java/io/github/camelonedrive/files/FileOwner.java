package io.github.camelonedrive.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The user that a file belongs to.
 *
 * @param uid  the user's number
 * @param gid  the number of the file's group
 * @param name the user's name; empty if the system knows none, as in many containers
 */
public record FileOwner(int uid, int gid, Optional<String> name) {

    public FileOwner {
        Objects.requireNonNull(name);
    }

    static FileOwner of(Path path) throws IOException {
        int uid = (int) Files.getAttribute(path, "unix:uid");
        String name = Files.getOwner(path).getName();
        return new FileOwner(uid, (int) Files.getAttribute(path, "unix:gid"),
                Optional.of(name).filter(text -> !text.equals(Integer.toString(uid))));
    }

    /** Returns the name, else the number. */
    @Override
    public String toString() {
        return name.orElseGet(() -> Integer.toString(uid));
    }
}
