package io.github.camelonedrive.backup.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses settings, routes and libraries that another user could have written. What lies below the launcher's directory is
 * trusted as the launcher itself is; what lies elsewhere must belong to the caller, root or the launcher's owner. Made once
 * for a process, and asked again whenever a file is read again.
 */
public final class TrustCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TrustCheck.class);
    private static final String LAUNCHER = "onedrive-backup";

    private final Path installation;
    private final int caller;
    private final Mounts mounts;
    private boolean warned;

    TrustCheck(Path installation, int caller, Mounts mounts) {
        this.installation = installation;
        this.caller = caller;
        this.mounts = mounts;
    }

    /** @param installation the launcher's directory */
    public static TrustCheck of(Path installation) throws BackupException {
        try {
            boolean unix = installation.getFileSystem().supportedFileAttributeViews().contains("unix");
            return new TrustCheck(Files.exists(installation) ? installation.toRealPath() : installation,
                    unix ? UnixUsers.caller() : UnixUsers.ROOT, Mounts.ofThisSystem());
        } catch (IOException e) {
            throw BackupException.usage("Cannot find out who runs the program: " + e.getMessage() + ".",
                    "Check that /proc is mounted, or that files can be made in " + System.getProperty("java.io.tmpdir") + ".", e);
        }
    }

    /**
     * Checks a file that is there.
     *
     * @param  what the file is, as in "The settings file"
     * @return      the file without links: what is to be read, since a link could lead elsewhere a moment later
     * @throws BackupException if it is a pipe, a device or a directory, which reading could wait for without end; or naming who could have written it, and what to change; exit code 2
     */
    public Path requireFile(String what, Path file) throws BackupException {
        return require(what, file, false);
    }

    /** As {@link #requireFile}, a directory whose files are all taken: nobody else may be able to add one. */
    public Path requireFolder(String what, Path folder) throws BackupException {
        return require(what, folder, true);
    }

    private Path require(String what, Path named, boolean folder) throws BackupException {
        try {
            Path real = named.toRealPath();
            if (!folder && !Files.isRegularFile(real)) {
                throw BackupException.usage(what + " " + named + " is no regular file.",
                        "Name a regular file; it may be empty.");
            }
            boolean beside = real.startsWith(installation);
            Path element = real;
            while (element != null && !(beside ? element.equals(installation) : installation.startsWith(element))) {
                Optional<String> fault = fault(element, beside, element.equals(real) && folder || !Files.isDirectory(element));
                if (fault.isPresent()) {
                    throw refusal(what, named, element, real, fault.get());
                }
                element = element.getParent();
            }
            return real;
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw BackupException.usage(what + " " + named + " can't be read.", "Check its name and its permissions.", e);
        }
    }

    /** Why others could have written it, after "it"; empty if they could not. @param content sticky does not protect it */
    private Optional<String> fault(Path path, boolean beside, boolean content) throws IOException {
        Mounts.Mount mount = mounts.of(path);
        if (mount.ownerless()) {
            warnOnce(path);
        }
        if (mount.ownerless() || mount.readOnly()) {
            return Optional.empty();
        }
        UnixFile file = UnixFile.of(path);
        if (!isTrustedOwner(file, beside)) {
            return Optional.of("belongs to " + file.owner());
        }
        if (file.isSticky() && !content) {
            return Optional.empty();
        }
        if (file.isWorldWritable() && !(beside && everyoneWritesInstallation())) {
            return Optional.of("can be written by everyone");
        }
        if (file.isGroupWritable() && !isTrustedGroup(file, beside)) {
            return Optional.of("can be written by the group " + file.group());
        }
        return Optional.empty();
    }

    private boolean isTrustedOwner(UnixFile file, boolean beside) throws IOException {
        UnixFile directory = UnixFile.of(installation);
        return file.uid() == UnixUsers.ROOT || file.uid() == caller || file.uid() == directory.uid()
                || file.uid() == launcherOwner()
                || beside && (everyoneWritesInstallation()
                        || writesAsGroup(directory) && UnixUsers.isMember(file.owner(), directory.gid()));
    }

    private boolean isTrustedGroup(UnixFile file, boolean beside) throws IOException {
        UnixFile directory = UnixFile.of(installation);
        return file.isOwnersGroup()
                || beside && (everyoneWritesInstallation() || writesAsGroup(directory) && file.gid() == directory.gid());
    }

    // In a sticky directory the launcher can be replaced by its owner only, whoever else may add files there.
    private boolean everyoneWritesInstallation() throws IOException {
        UnixFile directory = UnixFile.of(installation);
        return directory.isWorldWritable() && !directory.isSticky();
    }

    private static boolean writesAsGroup(UnixFile directory) {
        return directory.isGroupWritable() && !directory.isSticky();
    }

    private int launcherOwner() throws IOException {
        Path launcher = installation.resolve(LAUNCHER);
        return UnixFile.of(Files.exists(launcher) ? launcher : installation).uid();
    }

    private void warnOnce(Path path) {
        if (!warned) {
            warned = true;
            LOG.warn("Cannot check who could have written {}: its file system keeps no owners and modes. "
                    + "Make sure that nobody else can write there.", path);
        }
    }

    private static BackupException refusal(String what, Path named, Path element, Path real, String fault) {
        String subject = !element.equals(real) ? "the directory " + element : real.equals(named) ? "it" : real.toString();
        String path = "'" + element + "'";
        return BackupException.usage(what + " " + named + " is refused, because another user could have written it: " + subject
                + " " + fault + ".", fault.startsWith("belongs")
                ? "Check what is in it, then: chown \"$(id -u)\" " + path
                : "Check what is in it, then: chmod go-w " + path);
    }
}
