package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.ContentStore;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.IncomingContent;
import io.github.camelonedrive.simulator.internal.drive.Item;

/** Reads and changes the drive as a client would that sends no requests. */
final class OtherClient {
    private final DriveTree drive;
    private final ContentStore contents;
    private final Ids ids;

    OtherClient(DriveTree drive, ContentStore contents, Ids ids) {
        this.drive = drive;
        this.contents = contents;
        this.ids = ids;
    }

    Optional<StoredFile> file(String path) {
        synchronized (drive) {
            return Optional.ofNullable(drive.byPath(path)).filter(item -> !item.folder).map(this::view);
        }
    }

    List<String> paths() {
        synchronized (drive) {
            return drive.files().stream().map(Item::path).sorted().toList();
        }
    }

    StoredFile put(String path, byte[] content) throws IOException {
        List<String> names = names(path);
        IncomingContent incoming = contents.receive();
        incoming.append(content, 0, content.length);
        synchronized (drive) {
            Item parent = drive.createFolders(drive.root(), names.subList(0, names.size() - 1));
            DriveTree.Target target = new DriveTree.Target(parent, names.get(names.size() - 1), null);
            Item item = drive.commit(target, incoming.content(), ConflictRule.REPLACE, DriveTree.FileTimes.NONE).item();
            incoming.close();
            return view(item);
        }
    }

    void createFolder(String path) {
        drive.createFolders(drive.root(), names(path));
    }

    void move(String path, String newPath) {
        List<String> names = names(newPath);
        synchronized (drive) {
            Item item = drive.byPath(path);
            Item parent = drive.below(drive.root(), names.subList(0, names.size() - 1));
            if (item == null || parent == null || !parent.folder) {
                throw new IllegalArgumentException("Cannot move '" + path + "' to '" + newPath + "': one of them is missing.");
            }
            drive.rename(item, parent, names.get(names.size() - 1), ConflictRule.FAIL);
        }
    }

    void delete(String path) {
        synchronized (drive) {
            Optional.ofNullable(drive.byPath(path)).ifPresent(drive::remove);
        }
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
    }

    private StoredFile view(Item item) {
        return new StoredFile(item, ids.eTag(item));
    }
}
