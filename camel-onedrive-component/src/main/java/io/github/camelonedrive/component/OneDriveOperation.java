package io.github.camelonedrive.component;

import java.util.Arrays;

/** What a producer does. */
public enum OneDriveOperation {

    /** Uploads the message body. */
    upload,

    /** Downloads an item, or a part of it: into the body as a stream, or into a local file. */
    download,

    /** Lists a folder. */
    list,

    /** Finds items by a text. */
    search,

    /** Looks one item up. */
    getItem,

    /** Makes a folder with its parents; one that is there already is fine. */
    createFolder,

    /** Deletes an item; one that is gone already is fine. */
    delete,

    /** Moves or renames an item. */
    move,

    /** Copies an item and waits until OneDrive has done it. */
    copy,

    /** Makes a link under which an item can be reached. */
    createLink,

    /** Lists the versions of a file. */
    listVersions,

    /** Makes an earlier version of a file its content again. */
    restoreVersion,

    /** Looks the drive up, with its quota. */
    getDrive,

    /**
     * Checks step by step whether backups can work: sign-in, account, drive, folder, and a small file that is written, read
     * back and deleted again. The result, a {@link ConnectionCheck}, says how each step went; a step that fails is no
     * exception.
     */
    checkConnection;

    /** As in "can't be deleted". */
    String done() {
        return switch (this) {
            case delete -> "deleted";
            case move -> "moved";
            case copy -> "copied";
            case createLink -> "shared";
            case listVersions, restoreVersion -> "asked for versions";
            default -> name();
        };
    }

    /** @throws IllegalArgumentException naming the operations there are */
    static OneDriveOperation of(String name) {
        return Arrays.stream(values()).filter(operation -> operation.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no operation '" + name + "'. Possible are "
                        + Arrays.toString(values()) + "."));
    }
}
