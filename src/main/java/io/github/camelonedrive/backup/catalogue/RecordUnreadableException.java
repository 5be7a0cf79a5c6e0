package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.nio.file.Path;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.files.OwnerOnlyFiles;

/** The record of proven dumps cannot be read, so nothing is uploaded: a dump could replace another one unnoticed. */
public final class RecordUnreadableException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    public RecordUnreadableException(Path directory, IOException cause) {
        super(FailureKind.VAULT, "Cannot read the record of proven dumps in " + directory + ": "
                + OwnerOnlyFiles.describe(cause) + ".",
                "It must belong to the user who runs this, be no link, and be closed to others: mode 700,"
                        + " its files 600.", cause);
    }
}
