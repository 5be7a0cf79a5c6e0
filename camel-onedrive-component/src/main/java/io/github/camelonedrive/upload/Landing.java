package io.github.camelonedrive.upload;

import java.util.Optional;

/** Under which name OneDrive stored an upload, compared with the name that was asked for. */
public sealed interface Landing {

    /** Under the name that was asked for. */
    record AsAsked() implements Landing {
    }

    /**
     * Beside the item that has the name, as {@code conflictBehavior=rename} says.
     *
     * @param name that OneDrive chose
     */
    record Renamed(String name) implements Landing {
    }

    /**
     * In an item whose name is spelled differently but is the same name to OneDrive: {@code Sales.sql} for {@code sales.sql}.
     * The content that this item had before was replaced.
     *
     * @param name          of the item
     * @param versionBefore id of the version that was replaced; empty if OneDrive has none, or did not say
     * @param explanation   what happened and how to get the replaced content back, in whole sentences
     */
    record OtherSpelling(String name, Optional<String> versionBefore, String explanation) implements Landing {
    }
}
