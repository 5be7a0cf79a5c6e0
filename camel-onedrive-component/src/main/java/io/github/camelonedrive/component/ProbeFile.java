package io.github.camelonedrive.component;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.component.ConnectionCheck.Step;
import io.github.camelonedrive.component.ConnectionCheck.StepName;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.hash.QuickXorHash;

/**
 * The small file that a connection check writes, reads back and deletes, in a folder of its own at the drive's root. Its name
 * is used once, so it never stands for anything of the user's.
 */
final class ProbeFile {

    /** Where it lies: not in the folder of the backups, where somebody might take it for one. */
    static final ItemPath FOLDER = ItemPath.parse("/.onedrive-connection-test");

    private final String name = "connection-test-" + UUID.randomUUID() + ".txt";
    private final ItemPath path = FOLDER.resolve(name);
    private final byte[] content = ("Written by a connection test; it can be deleted. "
            + UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8);

    private boolean fileMayBeThere;
    private boolean folderMayBeOurs;
    private DriveItem written;

    Step write(DriveItems items) throws OneDriveException, InterruptedException {
        try {
            written = writeOnce(items);
        } catch (GraphException.NotFound folderGone) {
            // Another test, which had made the folder, has just removed it.
            written = writeOnce(items);
        }
        return Step.ok(StepName.WRITE, "Wrote " + path + " (" + content.length + " bytes)", Map.of());
    }

    private DriveItem writeOnce(DriveItems items) throws OneDriveException, InterruptedException {
        String folderId = folder(items);
        fileMayBeThere = true;
        return items.write(folderId, name, content);
    }

    private String folder(DriveItems items) throws OneDriveException, InterruptedException {
        Optional<DriveItem> there = items.find(FOLDER);
        if (there.isPresent()) {
            return there.get().id();
        }
        folderMayBeOurs = true;
        try {
            return items.createFolder(FOLDER).id();
        } catch (GraphException.NameConflict madeByAnother) {
            folderMayBeOurs = false;
            return items.get(FOLDER).id();
        }
    }

    Step readBack(DriveItems items) throws OneDriveException, InterruptedException {
        byte[] there = items.content(written.id(), content.length);
        if (!Arrays.equals(content, there)) {
            throw new ReadBackDiffersException(path, "other bytes (" + there.length + ")");
        }
        Optional<String> hash = written.quickXorHash();
        if (hash.isEmpty()) {
            hash = items.get(written.id()).quickXorHash();
        }
        QuickXorHash here = new QuickXorHash();
        here.update(content, 0, content.length);
        if (hash.filter(value -> !value.equals(here.base64())).isPresent()) {
            throw new ReadBackDiffersException(path, "another QuickXorHash");
        }
        return Step.ok(StepName.READ_BACK, "The same bytes came back" + (hash.isPresent() ? ", with the same QuickXorHash"
                : "; OneDrive has not computed the hash yet"), Map.of());
    }

    /** Deletes what was written, and the folder when it was made for that and holds nothing else. */
    Step remove(DriveItems items) throws OneDriveException, InterruptedException {
        if (!fileMayBeThere && !folderMayBeOurs) {
            return Step.skipped(StepName.CLEAN_UP, "nothing was written");
        }
        if (fileMayBeThere) {
            delete(items, path, "The test file");
            fileMayBeThere = false;
        }
        boolean removesFolder = folderMayBeOurs && isEmpty(items);
        if (removesFolder) {
            delete(items, FOLDER, "The test's folder");
        }
        return Step.ok(StepName.CLEAN_UP, "Deleted the test file" + (removesFolder ? " and the folder made for it" : ""),
                Map.of());
    }

    private boolean isEmpty(DriveItems items) throws OneDriveException, InterruptedException {
        try {
            return items.children(FOLDER).isEmpty();
        } catch (GraphException.NotFound neverMade) {
            return false;
        } catch (OneDriveException failure) {
            throw new NotCleanedUpException("The test's folder", FOLDER, failure);
        }
    }

    private static void delete(DriveItems items, ItemPath what, String called) throws OneDriveException, InterruptedException {
        try {
            items.delete(what);
        } catch (OneDriveException failure) {
            throw new NotCleanedUpException(called, what, failure);
        }
    }

    /** OneDrive gave back something else than it was given. */
    static final class ReadBackDiffersException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        ReadBackDiffersException(ItemPath path, String what) {
            super(FailureKind.SERVICE, "What came back of " + path + " is not what was written: " + what + ".",
                    "Test again. If it stays, look for a proxy that changes content, and check the drive in a browser.", null);
        }
    }

    /** Something of the test is still in the drive. */
    static final class NotCleanedUpException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        NotCleanedUpException(String called, ItemPath what, OneDriveException why) {
            super(why.kind(), called + " " + what + " may still be in the drive: " + why.problem(),
                    why.whatToDo().after("Delete it by hand."), why);
        }
    }
}
