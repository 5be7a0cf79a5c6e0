package io.github.camelonedrive.component;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;

/** The configured folder can't exist in OneDrive. That is no fault of the files that were to go there. */
public final class IllegalFolderException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private IllegalFolderException(IllegalNameException reason) {
        super(FailureKind.CONFIGURATION, "The folder path is not possible. " + reason.problem(),
                "Correct folderPath, or the folder of the destination.", null);
    }

    static void check(ItemPath folder) throws IllegalFolderException {
        try {
            NameRules.check(folder);
        } catch (IllegalNameException e) {
            throw new IllegalFolderException(e);
        }
    }
}
