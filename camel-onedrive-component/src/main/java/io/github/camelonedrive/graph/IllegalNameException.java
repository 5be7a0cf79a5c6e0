package io.github.camelonedrive.graph;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** OneDrive can't store anything under that name, so nothing was sent. */
public final class IllegalNameException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    IllegalNameException(ItemPath path, String reason) {
        super(FailureKind.SOURCE, "OneDrive can't store '" + NameRules.printable(path.toString()) + "': " + reason + ".",
                "Give the file or folder another name.", null);
    }

    /** For a name that would lead out of the folder that it must stay in. */
    public IllegalNameException(String name, ItemPath folder) {
        super(FailureKind.SOURCE, "The name '" + NameRules.printable(name) + "' leads out of the target folder '" + folder + "'.",
                "Use a name without '..', or set jailStartingDirectory=false if it is meant.", null);
    }

    /** For an upload that was not told what the file is to be called. */
    public IllegalNameException(String problem) {
        super(FailureKind.SOURCE, problem, "Set the header CamelFileName to the name that the file should have in OneDrive.",
                null);
    }
}
