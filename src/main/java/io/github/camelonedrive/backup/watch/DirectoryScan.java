package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import io.github.camelonedrive.backup.files.DirectoryHandle;
import io.github.camelonedrive.backup.settings.WatchSettings;

/**
 * Walks a watched directory and hands over the regular files that can be dumps by their names. Reads names as it goes, so that
 * memory does not grow with their number. Links are not followed, unless the watch says so: then those that lead to what lies
 * below the directory and is not reached by its own name.
 */
final class DirectoryScan {

    /** What the scan finds. */
    interface Visitor {

        /** @param state its {@link FileState#changed} is the modification time: it is not worth a look at every file */
        void file(DumpPath path, FileState state) throws IOException;

        /** A file or a sub-directory that cannot be looked at. */
        void unusable(Path shown, IOException reason, boolean directory);

        /** A file whose name Java cannot read. */
        void unreadableName(Path shown);
    }

    /** Deeper directories are not looked into: OneDrive takes paths of 400 characters. */
    static final int DEEPEST = 200;

    private final WatchSettings settings;
    private final DropDirectory drop;
    private final DumpNames names;

    DirectoryScan(WatchSettings settings, DropDirectory drop, DumpNames names) {
        this.settings = settings;
        this.drop = drop;
        this.names = names;
    }

    /** @throws IOException if the watched directory itself cannot be read */
    void run(Visitor visitor) throws IOException {
        try (DirectoryHandle top = drop.handle()) {
            directory(top, Path.of(""), Path.of(""), visitor);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void directory(DirectoryHandle handle, Path shown, Path real, Visitor visitor) throws IOException {
        for (Path name : handle.names()) {
            if (DumpNames.isHidden(name)) {
                continue;
            }
            Path shownEntry = shown.resolve(name);
            try {
                entry(handle, name, shownEntry, real.resolve(name), visitor);
            } catch (NoSuchFileException e) {
                // It was moved or deleted since the names were read.
            } catch (DirectoryIteratorException e) {
                visitor.unusable(shownEntry, e.getCause(), true);
            } catch (IOException e) {
                visitor.unusable(shownEntry, e, false);
            }
        }
    }

    private void entry(DirectoryHandle parent, Path name, Path shown, Path real, Visitor visitor) throws IOException {
        BasicFileAttributes attributes = parent.attributes(name);
        if (attributes.isDirectory()) {
            if (settings.recursive() && !DumpNames.isReadable(name)) {
                visitor.unreadableName(shown);
            } else if (settings.recursive()) {
                subdirectory(parent, name, shown, real, visitor);
            }
        } else if (attributes.isSymbolicLink()) {
            if (settings.followLinks()) {
                link(shown, real, visitor);
            }
        } else if (attributes.isRegularFile() && names.isWanted(name)) {
            if (DumpNames.isReadable(name)) {
                visitor.file(new DumpPath(shown, real, real), state(attributes));
            } else {
                visitor.unreadableName(shown);
            }
        }
    }

    private void subdirectory(DirectoryHandle parent, Path name, Path shown, Path real, Visitor visitor) {
        if (real.getNameCount() > DEEPEST) {
            visitor.unusable(shown, new IOException("it is nested too deeply"), true);
            return;
        }
        try (DirectoryHandle handle = parent.open(name)) {
            directory(handle, shown, real, visitor);
        } catch (NoSuchFileException e) {
            // It is gone.
        } catch (IOException e) {
            visitor.unusable(shown, e, true);
        } catch (DirectoryIteratorException e) {
            visitor.unusable(shown, e.getCause(), true);
        }
    }

    private void link(Path shown, Path real, Visitor visitor) throws IOException {
        Path target;
        try {
            target = drop.root().resolve(real).toRealPath();
        } catch (FileSystemException leadsNowhere) {
            return;
        }
        if (!target.startsWith(drop.root()) || target.equals(drop.root())) {
            return;
        }
        Path content = drop.root().relativize(target);
        for (Path part : content) {
            if (DumpNames.isHidden(part)) {
                return;
            }
        }
        // What is reached by its own name too would be uploaded twice.
        boolean visited = settings.recursive() || content.getNameCount() == 1;
        if (drop.attributes(content).isRegularFile() && names.isWanted(shown.getFileName()) && !(visited && names.isWanted(content.getFileName()))) {
            visitor.file(new DumpPath(shown, real, content), drop.state(content));
        }
    }

    private static FileState state(BasicFileAttributes attributes) {
        return FileState.of(attributes, attributes.lastModifiedTime());
    }
}
