package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A watched directory, and the folder in OneDrive that it goes to. */
final class HullWatch {

    final String name;
    final Path drop;

    /** Held to write by whoever makes trouble with the directory, to read by those who need it for a moment. */
    final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private final String folder;
    private final List<String> formerFolders = new ArrayList<>();

    /** @param drop made here */
    HullWatch(String name, Path drop, String folder) throws IOException {
        this.name = name;
        this.drop = Files.createDirectory(drop);
        this.folder = folder;
    }

    Path done() {
        return drop.resolve(".done");
    }

    String folder() {
        return folder;
    }

    /** How often its folder in OneDrive was renamed. */
    synchronized int renames() {
        return formerFolders.size();
    }

    synchronized void renamed(String newPath) {
        formerFolders.add(newPath);
    }

    /** Where a dump may be that appeared after so many renames. */
    synchronized List<String> foldersSince(int renames) {
        List<String> folders = new ArrayList<>(formerFolders.subList(renames, formerFolders.size()));
        folders.add(folder);
        return folders;
    }

    /** A short use of the directory, when it is there. */
    void use(Use use) throws IOException {
        this.use.readLock().lock();
        try {
            use.run();
        } finally {
            this.use.readLock().unlock();
        }
    }

    @FunctionalInterface
    interface Use {
        void run() throws IOException;
    }
}
