package io.github.camelonedrive.component;

import io.github.camelonedrive.download.ExistingFile;
import io.github.camelonedrive.graph.ConflictBehavior;

/** What happens when a file of the same name is there already, by the names that Camel's file component has for it. */
public enum FileExist {

    /** It is replaced, in one step, when the whole new content is there. */
    Override(ConflictBehavior.replace),

    /** The operation fails and the file stays. */
    Fail(ConflictBehavior.fail),

    /** Nothing is transferred and the file stays. */
    Ignore(ConflictBehavior.fail),

    /** An upload takes another name, such as {@code name 1.ext}. */
    TryRename(ConflictBehavior.rename);

    private final ConflictBehavior conflictBehavior;

    FileExist(ConflictBehavior conflictBehavior) {
        this.conflictBehavior = conflictBehavior;
    }

    /** Returns what an upload asks of OneDrive. */
    ConflictBehavior conflictBehavior() {
        return conflictBehavior;
    }

    /**
     * Returns what a download does with the local file.
     *
     * @throws IllegalArgumentException if it can do that with a file in OneDrive only
     */
    ExistingFile local() {
        return switch (this) {
            case Override -> ExistingFile.Override;
            case Fail -> ExistingFile.Fail;
            case Ignore -> ExistingFile.Ignore;
            case TryRename -> throw new IllegalArgumentException("fileExist=TryRename is for uploads. A download takes "
                    + "Override, Fail or Ignore, or another localFile.");
        };
    }

    /**
     * Checks it against {@code conflictBehavior}, which says the same for an upload in OneDrive's words.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    void checkAgrees(ConflictBehavior other) {
        if (other != null && (this == Ignore || other != conflictBehavior)) {
            throw new IllegalArgumentException("fileExist=" + this + " and conflictBehavior=" + other
                    + " contradict each other. Set one of them.");
        }
    }
}
