package io.github.camelonedrive.component;

import java.util.Arrays;

/** What a producer does. */
public enum OneDriveOperation {

    /** Uploads the message body. */
    upload,

    /** Lists a folder. */
    list,

    /** Looks one item up. */
    getItem,

    /** Makes a folder with its parents; one that is there already is fine. */
    createFolder,

    /** Looks the drive up, with its quota. */
    getDrive,

    /** Signs in, looks the drive up and looks whether the folder is there. */
    checkConnection;

    /** @throws IllegalArgumentException naming the operations there are */
    static OneDriveOperation of(String name) {
        return Arrays.stream(values()).filter(operation -> operation.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no operation '" + name + "'. Possible are "
                        + Arrays.toString(values()) + "."));
    }
}
