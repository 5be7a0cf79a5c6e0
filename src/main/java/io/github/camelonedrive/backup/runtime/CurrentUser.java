package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Who we are for the file system: the owner of a file that we make. User names can be missing, in containers for example. */
public final class CurrentUser {

    private CurrentUser() {
    }

    /** @param directory where a short-lived file can be made */
    public static UserPrincipal principal(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, ".owner", "");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }
}
